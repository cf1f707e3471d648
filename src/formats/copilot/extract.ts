import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { SessionReader } from './session-reader.ts';

/** One run per file of events, its sub-agents included. */
export async function* extractCopilot({ entry, reader, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const run = new RunBuilder({ format: 'copilot', path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const session = new SessionReader(run);
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line } of batch) session.read(value, { artifact: entry.path, line: line.line });
  }
  session.finish();
  yield run;
}
