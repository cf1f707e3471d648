import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Format } from '../../src/formats/format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractRuns } from './extract-one.ts';

export const FIXTURES = join(import.meta.dirname, '../fixtures');

/** Runs of a fixture cut at every tenth of its length, by bytes: a cut may fall inside a character. */
export async function extractCuts(format: Format, path: string): Promise<Run[]> {
  const bytes = readFileSync(join(FIXTURES, path));
  const name = path.slice(path.lastIndexOf('/') + 1);
  const runs: Run[] = [];
  for (let tenth = 0; tenth < 10; tenth++) {
    const reader = createMemoryReader({ [name]: bytes.subarray(0, Math.floor((bytes.length * tenth) / 10)) });
    runs.push(...(await extractRuns(format, reader, name)));
  }
  return runs;
}

/** Scores of all formats for a file, best first. */
export async function scoreFormats(text: string, name: string): Promise<{ id: string; score: number }[]> {
  const reader = createMemoryReader({ [name]: text });
  const entry = await reader.stat(name);
  if (!entry) throw new Error(`${name} is not there`);
  const head = (await reader.head(name)) ?? '';
  const scores: { id: string; score: number }[] = [];
  for (const format of FORMATS) {
    if (!format.units.includes('file')) continue;
    const { score } = await format.detect({ entry, reader, head, entries: [] });
    scores.push({ id: format.id, score });
  }
  return scores.sort((a, b) => b.score - a.score);
}
