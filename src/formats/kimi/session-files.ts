import { at, isObject } from '../../base/json.ts';
import { baseName, dirName, joinPath } from '../../base/path.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { type SessionState, sessionState } from './schema.ts';

/** A context file of a sub-agent beside its session's: `<session>_read_1.jsonl`, `<session>_sub_2.jsonl`. */
const SUB_CONTEXT = /^(.+)_(read|sub|task|agent)_?(\d{1,6})?\.jsonl$/;
/** A sub-agent's wire file where the session's files lie in one folder. */
const SUB_WIRE = /^subagent_([\w-]{1,80})\.jsonl$/;
/** Where each agent of a session has a folder of its own. */
const WIRE = 'wire.jsonl';

export interface SubContext {
  readonly entry: Entry;
  readonly kind: string;
}

/** Context files of the sub-agents of a session, in natural order. */
export async function listSubContexts(path: string, reader: ArtifactReader): Promise<SubContext[]> {
  const stem = baseName(path).replace(/\.jsonl$/, '');
  const found: SubContext[] = [];
  for (const entry of await reader.list(dirName(path))) {
    const match = entry.kind === 'file' ? SUB_CONTEXT.exec(entry.name) : null;
    if (match?.[1] === stem) found.push({ entry, kind: match[2] ?? '' });
  }
  return found;
}

/** The wire file of a sub-agent, seen from the wire file of the agent that started it. */
export async function findSubWire(
  path: string,
  agentId: string,
  reader: ArtifactReader,
): Promise<Entry | undefined> {
  // The id comes from the log: only a plain name is looked up.
  if (!/^[\w-]{1,80}$/.test(agentId)) return undefined;
  const folder = dirName(path);
  const inside = baseName(path) === WIRE ? joinPath(folder, `../${agentId}/${WIRE}`) : undefined;
  for (const candidate of [inside, joinPath(folder, `subagent_${agentId}.jsonl`)]) {
    const entry = candidate === undefined ? undefined : await reader.stat(candidate);
    if (entry?.kind === 'file' && entry.path !== path) return entry;
  }
  return undefined;
}

export interface FoundState {
  readonly entry: Entry;
  readonly state: SessionState;
}

/** Both are written when a session begins; a file of another session in the folder has another time. */
const SAME_START = 60_000;

/** `state.json` of the session that a wire file belongs to. */
export async function findState(
  path: string,
  startedAt: Millis | undefined,
  reader: ArtifactReader,
): Promise<FoundState | undefined> {
  const folder = dirName(path);
  const own = baseName(path).replace(/\.jsonl$/, '.state.json');
  const inside = baseName(path) === WIRE ? [joinPath(folder, '../../state.json')] : [];
  for (const candidate of [...inside, joinPath(folder, own), joinPath(folder, 'state.json')]) {
    const found = await readState(candidate, reader);
    const created = toMillis(found?.state.createdAt);
    if (!found) continue;
    if (created === undefined || startedAt === undefined || Math.abs(created - startedAt) < SAME_START) {
      return found;
    }
  }
  return undefined;
}

async function readState(path: string, reader: ArtifactReader): Promise<FoundState | undefined> {
  const entry = await reader.stat(path);
  if (entry?.kind !== 'file') return undefined;
  const parsed = sessionState.safeParse((await reader.json(path))?.value);
  return parsed.success ? { entry, state: parsed.data } : undefined;
}

/** The file that a sub-agent's file is read with; undefined for a session's own file. */
export async function partOfSession(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  const folder = dirName(entry.path);
  const context = SUB_CONTEXT.exec(entry.name);
  if (context) return existing(joinPath(folder, `${context[1]}.jsonl`), reader);
  if (entry.name === WIRE) {
    const main = joinPath(folder, `../main/${WIRE}`);
    return main === entry.path ? undefined : existing(main, reader, entry.path);
  }
  const agentId = SUB_WIRE.exec(entry.name)?.[1];
  if (agentId === undefined) return undefined;
  for (const { kind, name } of await reader.list(folder)) {
    if (kind !== 'file' || !name.endsWith('.state.json')) continue;
    const found = await readState(joinPath(folder, name), reader);
    if (!isObject(at(found?.state.agents, agentId))) continue;
    return existing(joinPath(folder, name.replace(/\.state\.json$/, '.jsonl')), reader);
  }
  return undefined;
}

async function existing(path: string, reader: ArtifactReader, self?: string): Promise<string | undefined> {
  const entry = await reader.stat(path);
  return entry?.kind === 'file' && entry.path !== self ? entry.path : undefined;
}

/** Ids of sub-agents in the result of the call that started them: one, or a list of a swarm's. */
export function agentIdsIn(text: string | undefined): string[] {
  const found = text?.slice(0, 20_000).matchAll(/^[ \t-]{0,8}agent_id: ([\w-]{1,80})$/gm) ?? [];
  return [...new Set([...found].flatMap(([, id]) => id ?? []))];
}

/** Ids of all agents that have a folder of their own beside the main agent's. */
export async function listAgents(path: string, reader: ArtifactReader): Promise<string[]> {
  if (baseName(path) !== WIRE) return [];
  const entries = await reader.list(joinPath(dirName(path), '..'));
  return entries.flatMap(({ kind, name }) => (kind === 'directory' ? [name] : []));
}
