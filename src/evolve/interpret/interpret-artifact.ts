import type { ExtractInput } from '../../formats/format.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractorSpec } from '../spec/spec.ts';
import { openRecords } from './read-records.ts';
import { RecordReader } from './record-reader.ts';
import { newTally, type Tally } from './tally.ts';

/** Which of the records are read, by their number from 0: for validation on a part of an artifact. */
export interface RecordRange {
  readonly from: number;
  readonly to: number;
}

export interface Interpretation {
  readonly run: RunBuilder;
  readonly tally: Tally;
}

/** The id of the format that a spec makes. */
export function learntId(spec: Pick<ExtractorSpec, 'name'>): string {
  return `learnt:${spec.name}`;
}

/** Reads one artifact as a spec says: one run, streaming, in bounded work. Never throws for content. */
export async function interpretArtifact(
  spec: ExtractorSpec,
  { reader, entry, path }: ExtractInput,
  range: RecordRange = { from: 0, to: Number.POSITIVE_INFINITY },
): Promise<Interpretation> {
  const run = new RunBuilder({ format: learntId(spec), path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const tally = newTally();
  const stream = await openRecords(spec.source, entry, reader, run.log);
  const rules = new RecordReader(spec, run, tally);
  if (stream.document !== undefined)
    rules.facts.readDocument(stream.document, { artifact: entry.path, pointer: '' });
  let number = 0;
  for await (const batch of stream.records) {
    for (const record of batch) {
      const index = number++;
      if (index >= range.from && index < range.to && !rules.exhausted) rules.push(record);
    }
    if (number >= range.to || rules.exhausted) break;
  }
  return { run, tally };
}
