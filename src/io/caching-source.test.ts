import { describe, expect, it } from 'vitest';
import type { ByteSource } from './byte-source.ts';
import { CACHE_LIMITS, createCachingSource } from './caching-source.ts';
import { createMemorySource } from './memory-source.ts';

const FILES = { 'a/one.txt': 'one', 'a/two.txt': 'two!', 'a/b/three.txt': 'three', 'top.txt': 'top' };

/** A source that notes what it is asked. */
function spied(): { source: ByteSource; asked: string[] } {
  const inner = createMemorySource(FILES);
  const asked: string[] = [];
  return {
    asked,
    source: {
      name: inner.name,
      list: (folder) => (asked.push(`list ${folder}`), inner.list(folder)),
      stat: (path) => (asked.push(`stat ${path}`), inner.stat(path)),
      open: (path) => (asked.push(`open ${path}`), inner.open(path)),
      identity: (folder) => inner.identity(folder),
    },
  };
}

async function readText(source: ByteSource, path: string): Promise<string | undefined> {
  const file = await source.open(path);
  const bytes = await file?.read(0, 100);
  await file?.close();
  return bytes && Buffer.from(bytes).toString();
}

describe('createCachingSource', () => {
  it('answers as the source does', async () => {
    const plain = createMemorySource(FILES);
    const cached = createCachingSource(createMemorySource(FILES));
    for (const round of [1, 2]) {
      for (const folder of ['', 'a', 'a/b', 'none']) {
        expect([round, await cached.list(folder)]).toEqual([round, await plain.list(folder)]);
      }
      for (const path of ['', 'a', 'a/one.txt', 'a/none', 'none/x', 'top.txt', '..', '../x']) {
        expect([path, await cached.stat(path)]).toEqual([path, await plain.stat(path)]);
        expect([path, await readText(cached, path)]).toEqual([path, await readText(plain, path)]);
      }
    }
  });

  it('asks once for a listing, its entries and a small file', async () => {
    const { source, asked } = spied();
    const cached = createCachingSource(source);
    await cached.list('a');
    expect((await cached.stat('a/one.txt'))?.size).toBe(3);
    expect(await cached.stat('a/none')).toBeUndefined();
    await cached.list('a');
    expect([await readText(cached, 'a/two.txt'), await readText(cached, 'a/two.txt')]).toEqual([
      'two!',
      'two!',
    ]);
    expect(asked).toEqual(['list a', 'open a/two.txt']);
  });

  it('forgets what is over its limits and keeps no large file', async () => {
    const { source, asked } = spied();
    const cached = createCachingSource(source, { ...CACHE_LIMITS, entries: 4, fileBytes: 4, totalBytes: 6 });
    for (const folder of ['a', '', 'a']) await cached.list(folder);
    expect(asked.splice(0)).toEqual(['list a', 'list ', 'list a']);
    for (const path of ['a/b/three.txt', 'a/b/three.txt']) await readText(cached, path);
    expect(asked.splice(0)).toEqual(['open a/b/three.txt', 'open a/b/three.txt']);
    for (const path of ['a/two.txt', 'top.txt', 'top.txt', 'a/two.txt']) await readText(cached, path);
    expect(asked).toEqual(['open a/two.txt', 'open top.txt', 'open a/two.txt']);
  });
});
