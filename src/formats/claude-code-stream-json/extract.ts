import { RunBuilder } from '../../model/run-builder.ts';
import { StreamReader } from '../claude-code/stream-reader.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';

/** One run per file: a stream that goes on after a background task finished begins with another init record. */
export async function* extractStream(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, reader } = input;
  const run = new RunBuilder({ format: 'claude-code-stream-json', path: input.path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const stream = new StreamReader(run);
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line } of batch) {
      stream.read(value, { place: { artifact: entry.path, line: line.line } });
    }
  }
  stream.finish();
  yield run;
}
