import { baseName, dirName, joinPath } from '../../base/path.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import { addUsage } from '../../model/usage.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { ChatReader } from './chat-reader.ts';

/** A session's own file carries the first letters of its id: `session-<time>-<8 letters>.jsonl`. */
const SESSION = /^session-.{1,40}-([\w-]{8})\.jsonl?$/;

/** Reads the sub-agents of a session: `<session id>/<agent id>.jsonl` beside it. */
export async function readSubagents(
  chat: ChatReader,
  run: RunBuilder,
  entry: Entry,
  reader: ArtifactReader,
): Promise<void> {
  const { sessionId } = chat;
  // The id comes from the log: only a plain name is looked up.
  if (sessionId === undefined || !/^[\w-]{1,100}$/.test(sessionId)) return;
  if (!SESSION.test(entry.name)) return;
  const work = [{ chat, folder: joinPath(dirName(entry.path), sessionId) }];
  for (let next = work.shift(); next; next = work.shift()) {
    for (const file of await reader.list(next.folder)) {
      if (file.kind !== 'file' || !file.name.endsWith('.jsonl')) continue;
      const id = file.name.slice(0, -'.jsonl'.length);
      const parent = next.chat.agents.get(id);
      const thread = run.branch(parent, parent ? { name: parent.facts.tool } : { name: id });
      const child = new ChatReader(run, thread);
      run.artifact({ path: file.path, size: file.size, use: 'steps' });
      for await (const batch of readFileRecords(reader, file.path, run.log)) {
        for (const { value, line } of batch) child.read(value, { artifact: file.path, line: line.line });
      }
      child.finish();
      run.totalUsage = addUsage(run.totalUsage, child.usage);
      // A sub-agent's own sub-agents lie in a folder of its name beside the session too.
      if (id !== sessionId) work.push({ chat: child, folder: joinPath(dirName(entry.path), id) });
    }
  }
}

/** The session that a sub-agent's file is read with: the one whose id is the name of its folder. */
export async function partOfChat(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  if (!entry.name.endsWith('.jsonl') || SESSION.test(entry.name)) return undefined;
  const head = (await reader.head(entry.path, 4096)) ?? '';
  if (!/"kind"\s*:\s*"subagent"/.test(head)) return undefined;
  const folder = await folderName(entry, reader);
  const above = joinPath(dirName(entry.path), '..');
  for (const file of folder === undefined ? [] : await reader.list(above)) {
    if (file.kind !== 'file' || SESSION.exec(file.name)?.[1] !== folder?.slice(0, 8)) continue;
    const first = (await reader.head(file.path, 4096)) ?? '';
    if (first.includes(`"sessionId":"${folder}"`)) return file.path;
  }
  return undefined;
}

/** The name of the folder that a file lies in; the reader may stand in it, so it is looked for from above. */
async function folderName(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  const folder = dirName(entry.path);
  const plain = baseName(folder);
  if (plain !== '' && plain !== '..') return plain;
  for (const { kind, name, path } of await reader.list(joinPath(folder, '..'))) {
    if (kind === 'directory' && (await reader.stat(joinPath(path, entry.name)))) return name;
  }
  return undefined;
}
