import { asArray, asString, type JsonObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';

/** A record of a conversation log: what was said, or a call, without what the call gave. */
export interface LogEntry {
  readonly kind: 'user_message' | 'ai_response' | 'tool_call';
  readonly session: string;
  readonly at: Millis | undefined;
  readonly text: string;
  readonly tool: string | undefined;
  readonly args: unknown;
  readonly result: unknown;
}

/** A record that names a session, a time and one of the three kinds with the fields that belong to it. */
export function readCallLog(record: JsonObject): LogEntry | undefined {
  const session = asString(record.session_id);
  const kind = record.type;
  if (session === undefined || record.timestamp === undefined) return undefined;
  if (kind !== 'user_message' && kind !== 'ai_response' && kind !== 'tool_call') return undefined;
  const tool = asString(record.tool_name);
  if (kind === 'tool_call' && (tool === undefined || !('parameters' in record))) return undefined;
  if (kind === 'ai_response' && !asArray(record.tool_calls)) return undefined;
  if (kind === 'user_message' && asString(record.mode) === undefined) return undefined;
  return {
    kind,
    session,
    at: toMillis(record.timestamp),
    text: asString(record.content) ?? '',
    tool,
    args: record.parameters,
    result: record.result,
  };
}
