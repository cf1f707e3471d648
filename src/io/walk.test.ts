import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../test/support/temporary-folder.ts';
import type { ByteSource } from './byte-source.ts';
import { createDiskSource } from './disk-source.ts';
import { createMemorySource } from './memory-source.ts';
import { type WalkedFolder, type WalkOptions, walk } from './walk.ts';

async function collect(source: ByteSource, options: WalkOptions = {}): Promise<WalkedFolder[]> {
  const folders: WalkedFolder[] = [];
  for await (const folder of walk(source, options)) folders.push(folder);
  return folders;
}

describe('walk', () => {
  it('gives each folder before its subfolders, in natural order, without the skipped ones', async () => {
    const source = createMemorySource({
      'run10/a.json': '1',
      'run9/sub/b.json': '1',
      'run9/z.json': '1',
      '.git/config': '1',
      'run9/node_modules/x.js': '1',
      '.codetracer/out.json': '1',
      'top.json': '1',
    });
    const folders = await collect(source);
    expect(folders.map(({ path, entries }) => [path, entries.map(({ name }) => name)])).toEqual([
      ['', ['run9', 'run10', 'top.json']],
      ['run9', ['sub', 'z.json']],
      ['run9/sub', ['b.json']],
      ['run10', ['a.json']],
    ]);
    expect((await collect(source, { from: 'run9' })).map(({ path }) => path)).toEqual(['run9', 'run9/sub']);
  });

  it('enters only what it is told to, asked after the folder was seen', async () => {
    const source = createMemorySource({ 'run/a/x': '', 'other/b/y': '' });
    const runs = new Set<string>();
    const seen: string[] = [];
    for await (const { path } of walk(source, { enters: (below) => !runs.has(below.split('/')[0] ?? '') })) {
      seen.push(path);
      if (path === 'run') runs.add('run');
    }
    expect(seen).toEqual(['', 'other', 'other/b', 'run']);
  });

  it('reports links that leave the source and ends in spite of cycles', async () => {
    const top = await makeTemporaryFolder();
    const root = join(top, 'root');
    await mkdir(join(root, 'b', 'c'), { recursive: true });
    await mkdir(join(top, 'elsewhere'));
    await writeFile(join(root, 'b', 'c', 'f'), '');
    await symlink('..', join(root, 'b', 'c', 'up'));
    await symlink('b', join(root, 'a'));
    await symlink('../elsewhere', join(root, 'out'));
    const folders = await collect(createDiskSource(root));
    expect(folders.map(({ path }) => path)).toEqual(['', 'b', 'b/c']);
    expect(folders[0]?.problems).toEqual([{ path: 'out', reason: 'link that leaves the folder' }]);
    const wider = await collect(createDiskSource(top), { from: 'root' });
    expect(wider.map(({ path }) => path)).toEqual(['root', 'root/b', 'root/b/c', 'root/out']);
  });

  it('reports a folder that can not be read and goes on', async () => {
    const source = createMemorySource({ 'a/x': '', 'b/y': '' });
    const barred: ByteSource = {
      ...source,
      list: async (path) =>
        path === 'a' ? { entries: [], problem: 'permission denied' } : source.list(path),
    };
    const folders = await collect(barred);
    expect(folders.map(({ path, problems }) => [path, problems.length])).toEqual([
      ['', 0],
      ['a', 1],
      ['b', 0],
    ]);
    const missing = await collect(source, { from: 'nowhere' });
    expect(missing).toEqual([
      { path: 'nowhere', entries: [], problems: [{ path: 'nowhere', reason: 'no such folder' }] },
    ]);
  });

  it('goes as deep as the tree does', async () => {
    const folders = await collect(createMemorySource({ [`${'d/'.repeat(5000)}f`]: '' }));
    expect(folders).toHaveLength(5001);
  });
});
