import type { JsonObject } from '../../base/json.ts';
import type { ArtifactReader, Entry } from '../../formats/port.ts';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { RecordRange } from '../interpret/interpret-artifact.ts';
import { openRecords } from '../interpret/read-records.ts';
import { countCharacters } from '../interpret/tally.ts';
import type { SpecSource } from '../spec/spec.ts';

/** An artifact to learn from or to validate on: a file, or a folder that is one artifact. */
export interface SampleArtifact {
  readonly reader: ArtifactReader;
  readonly entry: Entry;
  /** The part of its records to use; all unless told. */
  readonly range?: RecordRange;
}

/** A record of a sample. */
export interface SampleRecord {
  readonly value: JsonObject;
  /** Which of the samples it stands in, and its number in there, both from 0. */
  readonly sample: number;
  readonly index: number;
}

const MAX_RECORDS = 6000;
const MAX_PER_SAMPLE = 2500;
const MAX_CHARACTERS = 60_000_000;

/** The first records of every sample, and the documents around them; bounded, so that learning has bounded work. */
export async function readSamples(
  source: SpecSource,
  samples: readonly SampleArtifact[],
): Promise<{ records: SampleRecord[]; documents: unknown[] }> {
  const records: SampleRecord[] = [];
  const documents: unknown[] = [];
  let characters = 0;
  for (const [sample, { reader, entry, range }] of samples.entries()) {
    const stream = await openRecords(source, entry, reader, new DiagnosticLog());
    if (stream.document !== undefined) documents.push(stream.document);
    const from = range?.from ?? 0;
    const to = Math.min(range?.to ?? Number.POSITIVE_INFINITY, from + MAX_PER_SAMPLE);
    let index = 0;
    for await (const batch of stream.records) {
      for (const { value } of batch) {
        const number = index++;
        if (number < from || number >= to || records.length >= MAX_RECORDS || characters >= MAX_CHARACTERS)
          continue;
        characters += countCharacters(value);
        records.push({ value, sample, index: number });
      }
      if (index >= to || records.length >= MAX_RECORDS || characters >= MAX_CHARACTERS) break;
    }
  }
  return { records, documents };
}
