import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { readSubagents } from './read-subagents.ts';
import { TranscriptReader } from './transcript-reader.ts';

/** One run per transcript, with those of its sub-agents. */
export async function* extractCursor({ entry, reader, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const run = new RunBuilder({ format: 'cursor', path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  run.agent = { name: 'cursor' };
  const main = new TranscriptReader(run, run);
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line } of batch) main.read(value, { artifact: entry.path, line: line.line });
  }
  main.finish();
  await readSubagents(main, run, entry, reader);
  yield run;
}
