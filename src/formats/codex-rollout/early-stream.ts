import { asNumber, asObject, asString, asText, at, type JsonObject } from '../../base/json.ts';
import { readContent } from '../shared/content-text.ts';
import { shellText } from './read-call.ts';

/** Whether a line is of `codex exec --json` before October 2025: `{id, msg: {type}}`. */
export function isEarlyEvent(record: JsonObject): boolean {
  return typeof record.id === 'string' && typeof asObject(record.msg)?.type === 'string';
}

/** The lines above such events: the settings, and the prompt. */
export function isEarlySettings(record: JsonObject): boolean {
  const keys = Object.keys(record);
  if (keys.length === 1) return typeof record.prompt === 'string';
  return typeof record.model === 'string' && typeof record.sandbox === 'string' && record.type === undefined;
}

/** Such a line as the event that later versions write for it; undefined for what has no like. */
export function toStreamEvent(record: JsonObject): JsonObject | undefined {
  const msg = asObject(record.msg);
  if (!msg) return undefined;
  const type = asString(msg.type) ?? '';
  const id = asString(msg.call_id);
  switch (type) {
    case 'agent_message':
      return { type: 'item.completed', item: { type: 'agent_message', text: msg.message } };
    case 'agent_reasoning':
    case 'agent_reasoning_raw_content':
      return { type: 'item.completed', item: { type: 'reasoning', text: msg.text } };
    case 'exec_command_begin':
    case 'exec_command_end':
      return itemEvent(type, { type: 'command_execution', id, ...readCommand(msg) });
    case 'patch_apply_begin':
    case 'patch_apply_end':
      return itemEvent(type, {
        type: 'file_change',
        id,
        changes: readChanges(msg),
        status: ending(msg.success),
      });
    case 'mcp_tool_call_begin':
    case 'mcp_tool_call_end':
      return itemEvent(type, { type: 'mcp_tool_call', id, ...readMcp(msg) });
    case 'web_search_end':
      return itemEvent(type, { type: 'web_search', id, query: msg.query });
    case 'plan_update':
      return {
        type: 'item.completed',
        item: { type: 'todo_list', id: `plan ${asText(record.id) ?? ''}`, items: msg.plan },
      };
    case 'token_count':
      return { type: 'tokens', usage: at(msg, 'info', 'total_token_usage') ?? msg };
    case 'task_complete':
      return { type: 'turn.completed' };
    case 'error':
    case 'stream_error':
      return { type: 'error', message: msg.message };
    default:
      return undefined;
  }
}

function itemEvent(type: string, item: JsonObject): JsonObject {
  return { type: type.endsWith('_begin') ? 'item.started' : 'item.completed', item };
}

function readCommand(msg: JsonObject): JsonObject {
  const streams = [asString(msg.stdout), asString(msg.stderr)].filter(
    (part) => part !== undefined && part !== '',
  );
  const output = asString(msg.aggregated_output) ?? streams.join('\n');
  const code = asNumber(msg.exit_code);
  return {
    command: shellText(msg.command),
    ...(msg.type === 'exec_command_end' && { aggregated_output: output }),
    ...(code !== undefined && { exit_code: code }),
  };
}

/** Changes by path, as later versions list them. */
function readChanges(msg: JsonObject): JsonObject[] {
  return Object.entries(asObject(msg.changes) ?? {}).map(([path, change]) => ({
    path,
    kind: Object.keys(asObject(change) ?? {})[0] ?? 'update',
    change,
  }));
}

function readMcp(msg: JsonObject): JsonObject {
  const failure = asString(at(msg, 'result', 'Err'));
  const ok = at(msg, 'result', 'Ok');
  return {
    server: at(msg, 'invocation', 'server'),
    tool: at(msg, 'invocation', 'tool'),
    arguments: at(msg, 'invocation', 'arguments'),
    ...(failure !== undefined && { error: { message: failure }, status: 'failed' }),
    ...(ok !== undefined && {
      result: { content: [{ type: 'text', text: readContent(at(ok, 'content')).text }] },
      status: 'completed',
    }),
  };
}

function ending(success: unknown): string | undefined {
  return typeof success === 'boolean' ? (success ? 'completed' : 'failed') : undefined;
}
