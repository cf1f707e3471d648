import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zipFiles } from '../../test/support/zip-files.ts';
import { createMemorySource } from './memory-source.ts';
import { nestArchives } from './nested-archives.ts';
import { createMemoryReader } from './open-reader.ts';

const inner = zipFiles({ 'c/d.json': '{"deep":true}' });
const outer = zipFiles({ 'a/b.txt': 'plain', 'inner.zip': inner });
const damaged = Buffer.from(zipFiles({ 'x.txt': 'x'.repeat(100) }));
damaged[40] = (damaged[40] ?? 0) ^ 0xff;

describe('a reader whose paths lead into archives', () => {
  const reader = createMemoryReader({
    'runs/outer.zip': outer,
    'runs/notes.txt': 'no archive',
    'alone.log.gz': gzipSync('one\ntwo\n'),
    'damaged.zip': damaged,
    'cut.zip': outer.subarray(0, 60),
  });

  it('keeps the archive a file, and lists its members', async () => {
    expect(await reader.stat('runs/outer.zip')).toMatchObject({ kind: 'file', size: outer.length });
    expect((await reader.list('runs/outer.zip')).map(({ path, kind }) => [path, kind])).toEqual([
      ['runs/outer.zip/a', 'directory'],
      ['runs/outer.zip/inner.zip', 'file'],
    ]);
  });

  it('reads members, those of an archive in the archive too', async () => {
    expect((await reader.text('runs/outer.zip/a/b.txt'))?.text).toBe('plain');
    expect((await reader.json('runs/outer.zip/inner.zip/c/d.json'))?.value).toEqual({ deep: true });
    expect((await reader.text('alone.log.gz/alone.log'))?.text).toBe('one\ntwo\n');
    expect((await reader.at('runs/outer.zip/inner.zip').text('c/d.json'))?.text).toBe('{"deep":true}');
  });

  it.each(['runs/notes.txt/x', 'runs/outer.zip/none', 'runs/none/x', 'damaged.zip/x.txt', 'cut.zip/a/b.txt'])(
    'answers with nothing for %s',
    async (path) => {
      expect(await reader.text(path)).toBeUndefined();
      expect(await reader.list(path)).toEqual([]);
    },
  );

  it('knows what lies in an archive', async () => {
    const paths = ['runs', 'runs/outer.zip', 'runs/outer.zip/a', 'runs/outer.zip/inner.zip/c'];
    const answers = await Promise.all(paths.map((path) => reader.source.isInArchive(path)));
    expect(answers).toEqual([false, false, true, true]);
  });

  it('says why nothing of a cut archive can be read', async () => {
    expect((await reader.source.archive('cut.zip'))?.diagnostics).toMatchObject([
      { code: 'damaged-archive' },
    ]);
    expect(await reader.source.archive('runs/notes.txt')).toBeUndefined();
  });

  it('goes only so deep', async () => {
    const three = zipFiles({ '2.zip': zipFiles({ '1.zip': zipFiles({ 'x.txt': 'x' }) }) });
    const source = nestArchives(createMemorySource({ '3.zip': three }), 2);
    expect(await source.stat('3.zip/2.zip/1.zip')).toMatchObject({ kind: 'file' });
    expect(await source.open('3.zip/2.zip/1.zip/x.txt')).toBeUndefined();
    expect(await source.archive('3.zip/2.zip/1.zip')).toBeUndefined();
  });
});
