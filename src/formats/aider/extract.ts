import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readSessions, type Session } from './read-sessions.ts';
import type { Chunk } from './schema.ts';
import { SessionReader } from './session-reader.ts';
import { splitChunks } from './split-chunks.ts';

interface Held {
  readonly session: Session;
  readonly chunks: readonly Chunk[];
  readonly number: number;
  /** Sessions without a word right before it. */
  readonly emptyBefore: number;
}

/** One run per session (`#3` is the third of its file). One in which nothing was said or printed is counted, and is no run. */
export async function* extractAider(input: ExtractInput): AsyncIterable<RunBuilder> {
  const log = new DiagnosticLog();
  let held: Held | undefined;
  let number = 0;
  let emptyBefore = 0;
  for await (const session of readSessions(input.reader, input.entry.path, log)) {
    number++;
    const chunks = splitChunks(session);
    if (chunks.length === 0) {
      emptyBefore++;
      continue;
    }
    // One is held back: the name of the first depends on whether there are more, and the last takes what was found in the file.
    if (held) yield readHeld(input, held, `#${held.number}`);
    held = { session, chunks, number, emptyBefore };
    emptyBefore = 0;
  }
  const last = held ? readHeld(input, held, number > 1 ? `#${held.number}` : '') : startRun(input, '');
  last.log.addAll(log.list());
  yield last;
}

function startRun({ entry, path }: ExtractInput, fragment: string): RunBuilder {
  const run = new RunBuilder({ format: 'aider', path: path + fragment });
  run.agent = { name: 'aider' };
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  return run;
}

function readHeld(input: ExtractInput, { session, chunks, emptyBefore }: Held, fragment: string): RunBuilder {
  const run = startRun(input, fragment);
  const artifact = input.entry.path;
  run.startedAt = session.startedAt;
  if (emptyBefore > 0) {
    const place = { artifact, line: session.line };
    run.log.add('no-steps', 'info', `${emptyBefore} sessions before this one hold nothing`, place);
  }
  new SessionReader(run, artifact).read(chunks);
  return run;
}
