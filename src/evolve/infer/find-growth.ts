import { isObject } from '../../base/json.ts';
import { digestOf } from '../interpret/new-elements.ts';
import { escapeKey } from '../spec/path.ts';
import type { SpecSource } from '../spec/spec.ts';
import { readSamples, type SampleArtifact } from './sample.ts';

const SAMPLES = 4;
const RECORDS = 40;
const FEWEST_PAIRS = 3;

interface Growth {
  pairs: number;
  grown: number;
  last: { sample: number; digests: ReadonlySet<string>; size: number } | undefined;
  elements: number;
}

/**
 * The array of the records that repeats what it held in the record before and adds to it: a history that is written
 * anew with every request. Undefined when no array does so in most records.
 */
export async function findGrowth(
  source: SpecSource,
  samples: readonly SampleArtifact[],
): Promise<string | undefined> {
  const looked = samples.slice(0, SAMPLES).map((sample) => {
    const from = sample.range?.from ?? 0;
    return { ...sample, range: { from, to: Math.min(from + RECORDS, sample.range?.to ?? Infinity) } };
  });
  const { records } = await readSamples(source, looked);
  const found = new Map<string, Growth>();
  for (const { value, sample } of records) {
    for (const [path, array] of arraysOf(value)) {
      const known = found.get(path) ?? { pairs: 0, grown: 0, last: undefined, elements: 0 };
      found.set(path, known);
      const digests = new Set(array.map(digestOf));
      const { last } = known;
      known.elements += array.length;
      if (last && last.sample === sample) {
        known.pairs++;
        let kept = 0;
        for (const digest of last.digests) if (digests.has(digest)) kept++;
        if (array.length > last.size && kept >= 0.7 * last.digests.size) known.grown++;
      }
      known.last = { sample, digests, size: array.length };
    }
  }
  return [...found]
    .filter(([, { pairs, grown }]) => pairs >= FEWEST_PAIRS && grown >= 0.6 * pairs)
    .toSorted(([, a], [, b]) => b.elements - a.elements)[0]?.[0];
}

/** Arrays of objects in a record, or one object below. */
function* arraysOf(record: object): Generator<[string, readonly unknown[]]> {
  for (const [key, value] of Object.entries(record)) {
    if (key === '') continue;
    if (isHistory(value)) yield [escapeKey(key), value];
    if (!isObject(value)) continue;
    for (const [inner, below] of Object.entries(value)) {
      if (inner !== '' && isHistory(below)) yield [`${escapeKey(key)}.${escapeKey(inner)}`, below];
    }
  }
}

function isHistory(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}
