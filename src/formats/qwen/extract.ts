import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { QwenChat } from './chat.ts';

/** One run per chat file. */
export async function* extractQwen({ reader, entry, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const run = new RunBuilder({ format: 'qwen', path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const chat = new QwenChat(run);
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line, length } of batch) {
      chat.read(value, length, { artifact: entry.path, line: line.line });
    }
  }
  chat.finish();
  yield run;
}
