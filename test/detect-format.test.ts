import { describe, expect, it } from 'vitest';
import { expectPresent } from '../src/base/assert.ts';
import { detectFormat } from '../src/formats/detect-format.ts';
import type { Format } from '../src/formats/format.ts';
import { FORMATS } from '../src/formats/registry.ts';
import { createMemorySource } from '../src/io/memory-source.ts';
import { createSourceReader } from '../src/io/source-reader.ts';

const reader = createSourceReader(createMemorySource({ 'a.txt': 'hello' }));

async function choose(scores: number[]) {
  const [any] = FORMATS;
  const formats = scores.map(
    (score, index): Format => ({
      ...expectPresent(any, 'a format'),
      id: `f${index}`,
      units: ['file'],
      detect: async () => ({ score, reason: `because ${score}` }),
    }),
  );
  return detectFormat(expectPresent(await reader.stat('a.txt'), 'the file'), reader, formats);
}

describe('detectFormat', () => {
  it.each<[number[], string]>([
    [[0.2, 0.9], 'chosen'],
    [[0.9, 0.86], 'ambiguous'],
    [[0.9, 0.84], 'chosen'],
    [[0.4, 0.1], 'unknown'],
    [[], 'unknown'],
  ])('of scores %j makes %s, best first, with every candidate', async (scores, kind) => {
    const choice = await choose(scores);
    expect(choice.kind).toBe(kind);
    expect(choice.tried.map(({ score }) => score)).toEqual(scores.toSorted((a, b) => b - a));
    expect(choice.tried.map(({ reason }) => reason)).toEqual(
      choice.tried.map(({ score }) => `because ${score}`),
    );
    if (choice.kind === 'chosen') expect(choice.format.id).toBe(choice.tried[0]?.format);
  });
});
