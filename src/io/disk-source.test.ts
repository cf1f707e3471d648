import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAllLines } from '../../test/support/read-all.ts';
import { makeTemporaryFolder } from '../../test/support/temporary-folder.ts';
import { createDiskSource } from './disk-source.ts';
import { openDiskReader } from './open-reader.ts';

/** `top/{secret.txt, batch/{report.json, run/{10.json, 9.json, sub/x.txt}}}` */
async function makeTree() {
  const top = await makeTemporaryFolder();
  const run = join(top, 'batch', 'run');
  await mkdir(join(run, 'sub'), { recursive: true });
  await writeFile(join(top, 'secret.txt'), 'secret');
  await writeFile(join(top, 'batch', 'report.json'), '{"ok": true}');
  await writeFile(join(run, '10.json'), 'ten');
  await writeFile(join(run, '9.json'), 'nine');
  await writeFile(join(run, 'sub', 'x.txt'), 'a\nb\n');
  return { top, batch: join(top, 'batch'), run };
}

describe('a reader of the disk', () => {
  it('lists in natural order with paths relative to the run', async () => {
    const { run } = await makeTree();
    const reader = await openDiskReader(run);
    expect(await reader.list('')).toEqual([
      { path: '9.json', name: '9.json', kind: 'file', size: 4 },
      { path: '10.json', name: '10.json', kind: 'file', size: 3 },
      { path: 'sub', name: 'sub', kind: 'directory', size: 0 },
    ]);
    expect(await reader.list('sub')).toMatchObject([{ path: 'sub/x.txt' }]);
    expect(await reader.list('9.json')).toEqual([]);
    expect(await reader.list('nowhere')).toEqual([]);
    expect(await reader.stat('')).toEqual({ path: '', name: 'run', kind: 'directory', size: 0 });
    expect(await readAllLines(reader, 'sub/x.txt')).toHaveLength(2);
  });

  it('reaches up to its boundary and no further', async () => {
    const { run, batch, top } = await makeTree();
    const reader = await openDiskReader(run, { boundary: batch });
    expect(await reader.stat('../report.json')).toMatchObject({ path: '../report.json', size: 12 });
    expect((await reader.text('../report.json'))?.text).toBe('{"ok": true}');
    expect(await reader.list('..')).toMatchObject([{ path: '../report.json' }, { path: '' }]);
    for (const path of [
      '../../secret.txt',
      '../..',
      join(top, 'secret.txt'),
      'sub/../../../secret.txt',
      'a\0b',
    ]) {
      expect(await reader.stat(path)).toBeUndefined();
      expect(await reader.text(path)).toBeUndefined();
      expect(await reader.list(path)).toEqual([]);
    }
    const closed = await openDiskReader(run);
    expect(await closed.stat('../report.json')).toBeUndefined();
  });

  it('moves to another run of the same source', async () => {
    const { run, batch } = await makeTree();
    const reader = await openDiskReader(batch);
    const moved = reader.at('run').at('sub');
    expect(await moved.list('')).toMatchObject([{ path: 'x.txt' }]);
    expect((await moved.text('../../report.json'))?.text).toContain('ok');
    expect(moved.at('../..').root).toBe('');
    expect(moved.at('../../..').root).toBe('run/sub');
    await expect(openDiskReader(batch, { boundary: run })).rejects.toMatchObject({ code: 'unreadable' });
    await expect(openDiskReader(join(run, 'nowhere'))).rejects.toMatchObject({ code: 'unreadable' });
    await expect(openDiskReader(join(run, '9.json'))).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('follows links inside the boundary and refuses those that leave it', async () => {
    const { run, top } = await makeTree();
    await symlink('sub/x.txt', join(run, 'inside.txt'));
    await symlink('sub', join(run, 'folder'));
    await symlink(join(top, 'secret.txt'), join(run, 'outside.txt'));
    await symlink(top, join(run, 'up'));
    await symlink('gone', join(run, 'broken'));
    const reader = await openDiskReader(run);
    expect((await reader.list('')).map(({ name }) => name)).toEqual([
      '9.json',
      '10.json',
      'folder',
      'inside.txt',
      'sub',
    ]);
    expect((await reader.text('inside.txt'))?.text).toBe('a\nb\n');
    expect((await reader.text('folder/x.txt'))?.text).toBe('a\nb\n');
    for (const path of [
      'outside.txt',
      'up/secret.txt',
      'up/batch/run/9.json/../../../secret.txt',
      'broken',
    ]) {
      expect(await reader.text(path)).toBeUndefined();
      expect(await reader.stat(path)).toBeUndefined();
    }
    const { entries } = await createDiskSource(run).list('');
    expect(entries.filter(({ kind }) => kind === 'refused')).toMatchObject([
      { name: 'broken', reason: 'broken link' },
      { name: 'outside.txt', reason: 'link that leaves the folder' },
      { name: 'up', reason: 'link that leaves the folder' },
    ]);
  });

  it('never opens a pipe, which would block', async () => {
    const { run } = await makeTree();
    execFileSync('mkfifo', [join(run, 'pipe')]);
    const reader = await openDiskReader(run);
    expect(await reader.text('pipe')).toBeUndefined();
    expect((await reader.list('')).map(({ name }) => name)).not.toContain('pipe');
  });

  it('shows the beginning of a file without splitting a character, and cuts text at the limit', async () => {
    const { run } = await makeTree();
    await writeFile(join(run, 'long.txt'), 'aé😀z');
    const reader = await openDiskReader(run, { limits: { textBytes: 5 } });
    expect(await Promise.all([1, 2, 3, 6, 7, 8].map((bytes) => reader.head('long.txt', bytes)))).toEqual([
      'a',
      'a',
      'aé',
      'aé',
      'aé😀',
      'aé😀z',
    ]);
    expect(await reader.text('long.txt')).toMatchObject({
      text: 'aé',
      diagnostics: [{ code: 'limit-reached', place: { artifact: 'long.txt', bytes: [3, 8] } }],
    });
    expect(await reader.head('nowhere')).toBeUndefined();
  });
});
