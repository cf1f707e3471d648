import type { Millis } from '../../model/ids.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import { StreamReader } from '../claude-code/stream-reader.ts';
import type { ExtractInput } from '../format.ts';
import { CastDecoder, type CastLine, castPlace, readCastLines } from '../shared/cast.ts';
import { readJsonRecords } from '../shared/json-records.ts';
import { readTypedPrompt } from './typed-prompt.ts';

/** One run per recording; a step's times are those of the events that printed its call and its result. */
export async function* extractCast(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, reader } = input;
  const run = new RunBuilder({ format: 'claude-code-stream-json-in-asciinema', path: input.path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const stream = new StreamReader(run);
  const decoder = new CastDecoder(entry.path, run.log);
  const placeOf = (line: CastLine) => castPlace(entry.path, line);
  const lines = readCastLines(reader.lines(entry.path), decoder);
  const source = { artifact: entry.path, placeOf, log: run.log, marker: '{"type":"' };
  for await (const batch of readJsonRecords(lines, source)) {
    for (const { value, line } of batch) {
      const time = timeOf(line, decoder.startedAt);
      stream.read(value, { place: placeOf(line), ...(time !== undefined && { time }) });
    }
  }
  setTask(run, decoder.typed, entry.path);
  stream.finish();
  yield run;
}

function timeOf(line: CastLine, startedAt: Millis | undefined): Millis | undefined {
  return startedAt === undefined ? undefined : (Math.round(startedAt + line.times[1] * 1000) as Millis);
}

/** The task is what was typed as the prompt of the agent's command. */
function setTask(run: RunBuilder, typed: readonly CastLine[], artifact: string): void {
  const prompt = readTypedPrompt(typed);
  if (!prompt) return;
  const place = { artifact, castEvents: prompt.events };
  run.task ??= { text: prompt.text, place };
}
