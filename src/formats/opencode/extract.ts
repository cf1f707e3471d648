import { asObject, asString, pointer } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { placeIn } from '../shared/place-in.ts';
import { SessionNotes } from '../shared/session-notes.ts';
import { detectStream } from './detect.ts';
import { noteSession, readSessionTree, reportMissing } from './read-session.ts';
import { isMessageInfo, isPart, type Placed, sessionInfo } from './schema.ts';
import { readSession, Storage, type StoredSession } from './storage.ts';
import { ThreadReader } from './thread-reader.ts';

/** A run per session that no other started: of a storage folder, of one session's file, an export, or a printed stream. */
export async function* extractOpencode(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { reader, entry } = input;
  if (entry.kind === 'directory') {
    yield* extractStorage(input);
    return;
  }
  const head = (await reader.head(entry.path)) ?? '';
  if (detectStream(head).score > 0 || /\.(?:jsonl|ndjson|log|txt)$/.test(entry.name)) {
    yield await extractStream(input);
    return;
  }
  const info = await readSession(reader, entry);
  yield info ? await extractOne(input, { entry, info }) : await extractExport(input);
}

async function* extractStorage({ reader, entry, path }: ExtractInput): AsyncGenerator<RunBuilder> {
  const storage = new Storage(reader, entry.path);
  const first = new RunBuilder({ format: 'opencode', path });
  const sessions = await storage.sessions(first.log);
  const children = byParent(sessions);
  const ids = new Set(sessions.map(({ info }) => info.id));
  let made = 0;
  for (const session of sessions) {
    const { id, parentID } = session.info;
    if (parentID !== undefined && ids.has(parentID)) continue;
    const run = new RunBuilder({ format: 'opencode', path: `${path}#${id}` });
    // What was found wrong with the storage as a whole stands with its first run.
    if (made++ === 0) run.log.addAll(first.log.list());
    await readSessionTree(run, storage, session, children);
    yield run;
  }
  if (made > 0) return;
  first.agent = { name: 'opencode' };
  first.log.add('missing-artifact', 'warning', 'the storage holds no session', { artifact: entry.path });
  yield first;
}

async function extractOne(
  { reader, entry, path }: ExtractInput,
  session: StoredSession,
): Promise<RunBuilder> {
  const run = new RunBuilder({ format: 'opencode', path });
  const storage = Storage.around(reader, entry);
  const siblings = await storage.siblings(entry, run.log);
  await readSessionTree(run, storage, session, byParent(siblings));
  return run;
}

function byParent(sessions: readonly StoredSession[]): Map<string, StoredSession[]> {
  const children = new Map<string, StoredSession[]>();
  for (const session of sessions) {
    const { parentID } = session.info;
    if (parentID === undefined) continue;
    const known = children.get(parentID);
    if (known) known.push(session);
    else children.set(parentID, [session]);
  }
  return children;
}

/** `opencode export`: one document with the session and its messages. */
async function extractExport({ reader, entry, path }: ExtractInput): Promise<RunBuilder> {
  const run = new RunBuilder({ format: 'opencode', path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  run.agent = { name: 'opencode' };
  const notes = new SessionNotes(run);
  const thread = new ThreadReader(run, run, notes);
  const document = await reader.json(entry.path, ['messages']);
  const info = sessionInfo.safeParse(asObject(document?.value)?.info);
  if (info.success) noteSession(run, info.data);
  for await (const batch of document?.elements('messages') ?? []) {
    for (const { index, value } of batch) {
      const place = { artifact: entry.path, pointer: pointer('messages', index) };
      const message = asObject(value);
      const said = message?.info;
      if (!isMessageInfo(said)) {
        run.log.fold('unexpected-shape', 'warning', 'a message has no id or role', place);
        continue;
      }
      const listed: readonly unknown[] = Array.isArray(message?.parts) ? message.parts : [];
      const parts = listed.flatMap((part, at): Placed[] => {
        const here = placeIn(place, 'parts', at);
        if (isPart(part)) return [{ value: part, place: here }];
        run.log.fold('unexpected-shape', 'warning', 'a part has no type', here);
        return [];
      });
      thread.read({ info: { value: said, place: placeIn(place, 'info') }, parts });
    }
  }
  run.log.addAll(document?.diagnostics ?? []);
  reportMissing(run, thread.delegations, new Set());
  notes.finish();
  return run;
}

/** `opencode run --format json`: a line per part, when it is done; no prompts. */
async function extractStream({ reader, entry, path }: ExtractInput): Promise<RunBuilder> {
  const run = new RunBuilder({ format: 'opencode', path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  run.agent = { name: 'opencode' };
  const notes = new SessionNotes(run);
  const thread = new ThreadReader(run, run, notes);
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line } of batch) {
      const place = { artifact: entry.path, line: line.line };
      notes.time(toMillis(value.timestamp));
      notes.session(asString(value.sessionID), place);
      if (isPart(value.part)) {
        notes.wentOn();
        thread.readPart({ value: value.part, place: placeIn(place, 'part') });
      } else if (value.type === 'error') thread.readError(value.error, placeIn(place, 'error'));
      else run.log.fold('unknown-record', 'info', 'a line holds no part', place);
    }
  }
  notes.finish();
  return run;
}
