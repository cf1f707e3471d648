import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SampleArtifact } from '../infer/sample.ts';
import { openRecords } from '../interpret/read-records.ts';
import type { SpecSource } from '../spec/spec.ts';

export interface Split {
  readonly learn: readonly SampleArtifact[];
  readonly heldOut: readonly SampleArtifact[];
}

/** Every third artifact is held out; at least one of several, none of a single one. */
export function splitArtifacts(samples: readonly SampleArtifact[]): Split {
  if (samples.length < 2) return { learn: samples, heldOut: [] };
  const learn = samples.filter((_, index) => index % 3 !== 1);
  const heldOut = samples.filter((_, index) => index % 3 === 1);
  return { learn, heldOut };
}

/** Learn on the first part of a single artifact and validate on the rest: with so few records there is no rest. */
const FEWEST_RECORDS = 12;
const LEARNT_SHARE = 0.6;

/** The split of a single artifact by its records, once it is known where they stand. */
export async function splitRecords(sample: SampleArtifact, source: SpecSource): Promise<Split> {
  const stream = await openRecords(source, sample.entry, sample.reader, new DiagnosticLog());
  let count = 0;
  for await (const batch of stream.records) count += batch.length;
  const from = sample.range?.from ?? 0;
  const to = Math.min(count, sample.range?.to ?? count);
  if (to - from < FEWEST_RECORDS) return { learn: [sample], heldOut: [] };
  const cut = from + Math.floor((to - from) * LEARNT_SHARE);
  return {
    learn: [{ ...sample, range: { from, to: cut } }],
    heldOut: [{ ...sample, range: { from: cut, to } }],
  };
}
