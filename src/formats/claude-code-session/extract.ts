import { baseName, dirName, joinPath } from '../../base/path.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput, Format } from '../format.ts';
import type { ArtifactReader } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { isAgentFile } from './detect.ts';
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

/**
 * The session that a sub-agent's file belongs to: `<session>/subagents/agent-<id>.jsonl` to `<session>.jsonl`. Such a
 * file is read with its session; it is a run of its own only where the session's file is not there.
 */
export const partOfSession: NonNullable<Format['partOf']> = async (entry, reader) => {
  const folder = dirName(entry.path);
  if (!isAgentFile(entry.name) || baseName(folder) !== 'subagents') return undefined;
  return existing(`${dirName(folder)}.jsonl`, reader);
};

async function existing(path: string, reader: ArtifactReader): Promise<string | undefined> {
  const entry = await reader.stat(joinPath('', path));
  return entry?.kind === 'file' ? entry.path : undefined;
}
