import { asString, at, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';

/** A thread that was started, and the id of the call that asked for it. */
export interface Spawn {
  readonly thread: string;
  readonly call?: string;
}

const THREAD_ID = /^[\w-]{8,80}$/;

/** What a record says of a sub-agent that was started: the answer to the call, or the event about it. */
export function readSpawn(record: JsonObject): Spawn | undefined {
  const kind = at(record, 'payload', 'type');
  if (kind === 'function_call_output') return fromOutput(record);
  if (kind === 'collab_agent_spawn_end') return made(at(record, 'payload', 'new_thread_id'), record);
  if (kind !== 'sub_agent_activity') return undefined;
  const spawn = made(at(record, 'payload', 'agent_thread_id'), record);
  return spawn && { thread: spawn.thread };
}

function made(id: unknown, record: JsonObject): Spawn | undefined {
  const thread = asString(id);
  if (thread === undefined || !THREAD_ID.test(thread)) return undefined;
  const call = asString(at(record, 'payload', 'call_id'));
  return call === undefined ? { thread } : { thread, call };
}

/** `spawn_agent` answers with `{"agent_id": …}` as JSON text; other calls of the kind name no new thread so. */
function fromOutput(record: JsonObject): Spawn | undefined {
  const output = asString(at(record, 'payload', 'output'));
  if (output === undefined || output.length > 4000 || !output.includes('"agent_id"')) return undefined;
  return made(at(parseJsonText(output), 'agent_id'), record);
}

/** The thread that started this one, by the first line of its file; undefined for a session that nobody started. */
export function readParentThread(meta: JsonObject): string | undefined {
  const source = at(meta, 'payload', 'source', 'subagent', 'thread_spawn', 'parent_thread_id');
  return asString(source) ?? asString(at(meta, 'payload', 'parent_thread_id'));
}
