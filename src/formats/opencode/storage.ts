import { asNumber, asString, at } from '../../base/json.ts';
import { dirName, joinPath } from '../../base/path.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import {
  isMessageInfo,
  isPart,
  isSession,
  type Placed,
  type SessionInfo,
  type StoredMessage,
  sessionInfo,
} from './schema.ts';

/** A session with its own file, where that is there. */
export interface StoredSession {
  readonly entry?: Entry;
  readonly info: SessionInfo;
}

/** So many sessions of a project are looked through for sub-agents of one of them. */
const MAX_SIBLINGS = 1000;

/**
 * The storage folder of OpenCode. Sessions stand in `session/<project>/`, their messages in `message/<session>/`, and
 * the parts of a message in `part/<message>/`, or all parts of all messages in `part/`; first versions had the folders
 * `info`, `message/<session>` and `part/<session>/<message>` under `session/`.
 */
export class Storage {
  private readonly reader: ArtifactReader;
  private readonly root: string;
  /** Parts that lie in `part/` without a folder, by message. */
  private loose: Map<string, Entry[]> | undefined;

  constructor(reader: ArtifactReader, root: string) {
    this.reader = reader;
    this.root = root;
  }

  /** The storage that holds a session's file: two folders up. */
  static around(reader: ArtifactReader, session: Entry): Storage {
    return new Storage(reader, joinPath(dirName(session.path), '../..'));
  }

  /** Every session, project by project; last those of which only messages are there. */
  async sessions(log: DiagnosticLog): Promise<StoredSession[]> {
    const found: StoredSession[] = [];
    for (const { kind, path, name } of await this.reader.list(joinPath(this.root, 'session'))) {
      if (kind !== 'directory' || name === 'message' || name === 'part') continue;
      found.push(...(await this.sessionsIn(path, log, Number.POSITIVE_INFINITY)));
    }
    const known = new Set(found.map(({ info }) => info.id));
    for (const folder of ['message', 'session/message']) {
      for (const { kind, path, name } of await this.reader.list(joinPath(this.root, folder))) {
        if (kind !== 'directory' || known.has(name)) continue;
        known.add(name);
        log.add('missing-artifact', 'warning', 'the own file of a session is not there', { artifact: path });
        found.push({ info: { id: name } });
      }
    }
    return found;
  }

  /** The sessions that lie in the folder of one of them. */
  siblings(session: Entry, log: DiagnosticLog): Promise<StoredSession[]> {
    return this.sessionsIn(dirName(session.path), log, MAX_SIBLINGS);
  }

  private async sessionsIn(folder: string, log: DiagnosticLog, limit: number): Promise<StoredSession[]> {
    const entries = (await this.reader.list(folder)).filter(isJson);
    if (entries.length > limit) {
      const message = `of ${entries.length} sessions the first ${limit} were looked at for sub-agents`;
      log.add('limit-reached', 'info', message, { artifact: folder });
    }
    const found: StoredSession[] = [];
    for (const entry of entries.slice(0, limit)) {
      const info = await readSession(this.reader, entry);
      if (info) found.push({ entry, info });
      else {
        log.add('unexpected-shape', 'warning', 'a file among sessions is none', { artifact: entry.path });
      }
    }
    return found;
  }

  /** The messages of a session in the order in which they were made, each with its parts. */
  async *messages(sessionId: string, log: DiagnosticLog): AsyncGenerator<StoredMessage> {
    const folder = await this.messageFolder(sessionId);
    if (folder === undefined) {
      const message = 'the messages of the session are not there';
      log.add('missing-artifact', 'warning', message, {
        artifact: joinPath(this.root, `message/${sessionId}`),
      });
      return;
    }
    const infos: Placed[] = [];
    for (const entry of (await this.reader.list(folder)).filter(isJson)) {
      const info = await this.readObject(entry, log);
      if (info && isMessageInfo(info.value)) infos.push(info);
      else if (info) log.fold('unexpected-shape', 'warning', 'a message has no id or role', info.place);
    }
    infos.sort(
      (a, b) => timeOf(a) - timeOf(b) || compareText(asString(a.value.id) ?? '', asString(b.value.id) ?? ''),
    );
    for (const info of infos) {
      yield { info, parts: await this.parts(sessionId, asString(info.value.id) ?? '', log) };
    }
  }

  private async messageFolder(sessionId: string): Promise<string | undefined> {
    if (!isPlainName(sessionId)) return undefined;
    for (const name of [`message/${sessionId}`, `session/message/${sessionId}`]) {
      const folder = joinPath(this.root, name);
      if ((await this.reader.stat(folder))?.kind === 'directory') return folder;
    }
    return undefined;
  }

  private async parts(sessionId: string, messageId: string, log: DiagnosticLog): Promise<Placed[]> {
    const placed: Placed[] = [];
    for (const entry of await this.partFiles(sessionId, messageId, log)) {
      const part = await this.readObject(entry, log);
      if (part && isPart(part.value)) placed.push(part);
      else if (part) log.fold('unexpected-shape', 'warning', 'a part has no type', part.place);
    }
    return placed;
  }

  private async partFiles(sessionId: string, messageId: string, log: DiagnosticLog): Promise<Entry[]> {
    if (!isPlainName(messageId)) return [];
    for (const name of [`part/${messageId}`, `session/part/${sessionId}/${messageId}`]) {
      const files = (await this.reader.list(joinPath(this.root, name))).filter(isJson);
      // Ids grow with time in their own alphabet, which natural order would break.
      if (files.length > 0) return files.sort((a, b) => compareText(a.name, b.name));
    }
    this.loose ??= await this.findLoose(log);
    return this.loose.get(messageId) ?? [];
  }

  private async findLoose(log: DiagnosticLog): Promise<Map<string, Entry[]>> {
    const byMessage = new Map<string, Entry[]>();
    const files = (await this.reader.list(joinPath(this.root, 'part'))).filter(isJson);
    for (const entry of files.sort((a, b) => compareText(a.name, b.name))) {
      const messageId = asString((await this.readObject(entry, log))?.value.messageID);
      if (messageId === undefined) continue;
      const known = byMessage.get(messageId);
      if (known) known.push(entry);
      else byMessage.set(messageId, [entry]);
    }
    return byMessage;
  }

  private async readObject(entry: Entry, log: DiagnosticLog): Promise<Placed | undefined> {
    const document = await this.reader.json(entry.path);
    log.addAll(document?.diagnostics ?? []);
    const value = document?.value;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { value: { ...value }, place: { artifact: entry.path } }
      : undefined;
  }
}

/** What a session's file says; undefined when it is none. */
export async function readSession(reader: ArtifactReader, entry: Entry): Promise<SessionInfo | undefined> {
  const value = (await reader.json(entry.path))?.value;
  return isSession(value) ? sessionInfo.safeParse(value).data : undefined;
}

function isJson({ kind, name }: Entry): boolean {
  return kind === 'file' && name.endsWith('.json');
}

/** Ids come from files: only a plain name is looked up. */
function isPlainName(id: string): boolean {
  return /^[\w-]{1,120}$/.test(id);
}

function timeOf({ value }: Placed): number {
  return asNumber(at(value, 'time', 'created')) ?? 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
