import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { readSubagents } from './read-subagents.ts';
import { SessionReader } from './session-reader.ts';

/** One run per session file, with the sub-agents whose files lie beside it. */
export async function* extractSession(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, reader } = input;
  const run = new RunBuilder({ format: 'claude-code-session', path: input.path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const session = new SessionReader(run);
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line, length } of batch) {
      session.read(value, { place: { artifact: entry.path, line: line.line } }, length);
    }
  }
  await readSubagents(session, run, entry.path, reader);
  session.finish();
  yield run;
}
