import { asString } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { SessionNotes } from '../shared/session-notes.ts';
import type { SessionInfo } from './schema.ts';
import type { Storage, StoredSession } from './storage.ts';
import { type Delegation, ThreadReader } from './thread-reader.ts';

interface Opened {
  readonly session: StoredSession;
  readonly thread: ThreadBuilder;
}

/** A session with those of its sub-agents, which are sessions of their own and name it as their parent. */
export async function readSessionTree(
  run: RunBuilder,
  storage: Storage,
  session: StoredSession,
  children: ReadonlyMap<string, readonly StoredSession[]>,
): Promise<void> {
  const notes = new SessionNotes(run);
  noteSession(run, session.info);
  const seen = new Set([session.info.id]);
  const open: Opened[] = [{ session, thread: run }];
  for (let next = open.shift(); next; next = open.shift()) {
    const { info, entry } = next.session;
    if (entry) run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
    const reader = new ThreadReader(run, next.thread, notes);
    for await (const message of storage.messages(info.id, run.log)) {
      for (const { place } of [message.info, ...message.parts]) {
        run.artifact({ path: place.artifact, use: 'steps' });
      }
      reader.read(message);
    }
    for (const child of children.get(info.id) ?? []) {
      if (seen.has(child.info.id)) continue;
      seen.add(child.info.id);
      const call = findStart(child.info, reader.delegations);
      open.push({ session: child, thread: openBranch(run, call, child.info) });
    }
    reportMissing(run, reader.delegations, seen);
  }
  notes.finish();
}

export function noteSession(run: RunBuilder, info: SessionInfo): void {
  const { version, directory, time } = info;
  run.agent = { name: 'opencode', ...(version !== undefined && { version }) };
  run.formatVersion ??= version;
  run.initialCwd ??= directory;
  run.startedAt ??= toMillis(time?.created);
}

function openBranch(run: RunBuilder, call: PendingStep | undefined, info: SessionInfo): ThreadBuilder {
  const name = asString(call?.facts.args?.subagent_type) ?? info.title;
  return run.branch(call, name === undefined ? {} : { name });
}

/** The call that names the session; else the first that names none and during which it was made. */
function findStart(info: SessionInfo, delegations: readonly Delegation[]): PendingStep | undefined {
  const named = delegations.find(({ sessionId }) => sessionId === info.id);
  if (named) return named.call;
  const created = toMillis(info.time?.created) ?? 0;
  return delegations.find(({ call, sessionId }) => {
    const { startedAt } = call.facts;
    const endedAt = call.result?.endedAt;
    if (sessionId !== undefined || startedAt === undefined) return false;
    return startedAt <= created && (endedAt === undefined || created <= endedAt);
  })?.call;
}

/** Says which sub-agents' sessions are not among those that were seen. */
export function reportMissing(
  run: RunBuilder,
  delegations: readonly Delegation[],
  seen: ReadonlySet<string>,
): void {
  for (const { call, sessionId } of delegations) {
    if (sessionId === undefined || seen.has(sessionId)) continue;
    const message = `the session of sub-agent ${sessionId.slice(0, 80)} is not there, so its steps are unknown`;
    run.log.add('missing-artifact', 'warning', message, call.facts.place);
  }
}
