import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { PiSession } from './session.ts';

/** One run per session file. */
export async function* extractPi({ reader, entry, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const run = new RunBuilder({ format: 'pi', path });
  run.agent = { name: 'pi' };
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const session = new PiSession(run);
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line, length } of batch) {
      session.read(value, length, { artifact: entry.path, line: line.line });
    }
  }
  session.finish();
  yield run;
}
