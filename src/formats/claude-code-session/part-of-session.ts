import { asString } from '../../base/json.ts';
import { dirName, joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { isAgentFile } from './detect.ts';

/**
 * The session that a sub-agent's file belongs to: `<session>/subagents/agent-<id>.jsonl` to `<session>.jsonl`. Such a
 * file is read with its session; it is a run of its own only where the session's file is not there. The reader may
 * stand in the file's own folder, so the session's name is found from above: by the id in the records, else by looking.
 */
export async function partOfSession(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  const folder = dirName(entry.path);
  if (!isAgentFile(entry.name)) return undefined;
  if (!(await isFile(joinPath(folder, `../subagents/${entry.name}`), reader))) return undefined;
  const above = joinPath(folder, '../..');
  const named = await sessionIdIn(entry, reader);
  if (named !== undefined) {
    const session = await sessionOf(entry.name, above, named, reader);
    if (session !== undefined) return session;
  }
  for (const { kind, name } of await reader.list(above)) {
    const session = kind === 'directory' ? await sessionOf(entry.name, above, name, reader) : undefined;
    if (session !== undefined) return session;
  }
  return undefined;
}

async function sessionOf(
  agentFile: string,
  above: string,
  session: string,
  reader: ArtifactReader,
): Promise<string | undefined> {
  const path = joinPath(above, `${session}.jsonl`);
  const isIts = await isFile(joinPath(above, `${session}/subagents/${agentFile}`), reader);
  return isIts && (await isFile(path, reader)) ? path : undefined;
}

async function isFile(path: string, reader: ArtifactReader): Promise<boolean> {
  return (await reader.stat(path))?.kind === 'file';
}

async function sessionIdIn(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  const head = (await reader.head(entry.path)) ?? '';
  const [first] = splitJsonLine(head.slice(0, head.indexOf('\n') + 1)).objects;
  const id = asString(first?.value.sessionId);
  // Only a plain name is looked up.
  return id !== undefined && /^[\w-]+$/.test(id) ? id : undefined;
}
