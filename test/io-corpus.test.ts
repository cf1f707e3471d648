import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asObject } from '../src/base/json.ts';
import { splitLines } from '../src/base/text.ts';
import { openDiskReader } from '../src/io/open-reader.ts';
import { walk } from '../src/io/walk.ts';
import { CORPUS, hasCorpus } from './support/corpus.ts';
import { readAllElements, readAllLines } from './support/read-all.ts';

/** Every so many files: enough of each format, in a few seconds. */
const STRIDE = 7;
const ARRAYS = ['', 'messages', 'trajectory', 'history', 'steps'];

async function samplePaths(ending: RegExp): Promise<string[]> {
  const { source } = await openDiskReader(CORPUS);
  const paths: string[] = [];
  for await (const { path, entries } of walk(source)) {
    for (const { name, kind } of entries)
      if (kind === 'file' && ending.test(name)) paths.push(join(path, name));
  }
  return paths.filter((_, index) => index % STRIDE === 0);
}

describe.runIf(hasCorpus)('the reader on real artifacts', () => {
  it('scans JSON documents to what JSON.parse gives', async () => {
    const reader = await openDiskReader(CORPUS, { limits: { wholeJsonBytes: 0, chunkBytes: 5000 } });
    const paths = await samplePaths(/\.(?:json|traj)$/);
    expect(paths.length).toBeGreaterThan(100);
    for (const path of paths) {
      const content = await readFile(join(CORPUS, path), 'utf8');
      if (content === '') continue;
      const document = await reader.json(path, ARRAYS);
      let value: unknown = document?.value;
      for (const key of ARRAYS) {
        const elements = document ? await readAllElements(document, key) : [];
        if (elements.length === 0) continue;
        const array = elements.map((element) => element.value);
        value = key === '' ? array : { ...asObject(value), [key]: array };
      }
      expect(value, path).toEqual(JSON.parse(content));
      expect(document?.diagnostics, path).toEqual([]);
    }
  });

  it('splits text into the lines that stand there', async () => {
    const reader = await openDiskReader(CORPUS, { limits: { chunkBytes: 5000 } });
    const paths = await samplePaths(/\.(?:jsonl|log|txt|cast|md)$/);
    expect(paths.length).toBeGreaterThan(100);
    for (const path of paths) {
      const content = (await readFile(join(CORPUS, path), 'utf8')).replace(/^\ufeff/, '');
      const lines = await readAllLines(reader, path);
      expect(lines.map(({ text }) => text).join('\n'), path).toBe(splitLines(content).join('\n'));
    }
  });
});
