import { asArray, asNumber, asObject, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { Usage } from '../../model/usage.ts';
import { readContent } from '../shared/content-text.ts';
import { readUsage } from '../shared/read-usage.ts';

/** A call as the model wrote it. */
export interface MiniCall {
  readonly id: string | undefined;
  readonly name: string;
  /** JSON text or object, as recorded. */
  readonly arguments: unknown;
  /** Keys from the message to the call. */
  readonly path: readonly (string | number)[];
}

/** One message of a trajectory, whatever API it was written for, with the fields that we read taken apart. */
export interface MiniMessage {
  /** `assistant`, `user`, `system`, `tool`, `exit`, or what else was recorded. */
  readonly role: string;
  readonly text: string;
  /** Where the text stands in the message. */
  readonly textKey: string;
  readonly images: readonly string[];
  /** Reasoning that the provider returned beside the text. */
  readonly reasoning: readonly string[];
  readonly calls: readonly MiniCall[];
  /** Commands as the harness took them out of the message; undefined where it recorded none (v1). */
  readonly actions: readonly JsonObject[] | undefined;
  /** The call that a `tool` message answers. */
  readonly callId: string | undefined;
  readonly usage: Usage | undefined;
  readonly model: string | undefined;
  readonly time: Millis | undefined;
  readonly extra: JsonObject;
  /** What is not as any version writes it, so that something may be lost here. */
  readonly oddity: string | undefined;
}

const ROLES: readonly string[] = ['assistant', 'user', 'system', 'developer', 'tool', 'exit'];

/** A message from a record; undefined when it is no message at all. */
export function readMiniMessage(record: unknown): MiniMessage | undefined {
  if (!isObject(record)) return undefined;
  const role = roleOf(record);
  if (role === undefined) return undefined;
  const extra = asObject(record.extra) ?? {};
  const response = record.object === 'response' ? record : (asObject(extra.response) ?? {});
  const { text, key, images } = textOf(record);
  const created = response.created ?? response.created_at;
  return {
    role,
    text,
    textKey: key,
    images,
    reasoning: reasoningOf(record, response, text),
    calls: callsOf(record),
    actions: asArray(extra.actions)?.filter(isObject),
    callId: asString(record.tool_call_id) ?? asString(record.call_id),
    usage: usageOf(response, extra),
    model: asString(response.model),
    time: toMillis(extra.timestamp) ?? toMillis(created),
    extra,
    oddity: oddityOf(record, role, key),
  };
}

function oddityOf(record: JsonObject, role: string, textKey: string): string | undefined {
  if (!ROLES.includes(role)) return 'a message has a role that no version writes';
  const content = record[textKey];
  const isText = typeof content === 'string' || Array.isArray(content);
  const hasNone = content === null || content === undefined;
  if (isText || (hasNone && (role !== 'assistant' || record.tool_calls !== undefined))) return undefined;
  return 'the content of a message is no text';
}

function roleOf(record: JsonObject): string | undefined {
  if (typeof record.role === 'string') return record.role;
  // The Responses API: an answer is a document with `output`, a result an item without a role.
  if (record.object === 'response') return 'assistant';
  return record.type === 'function_call_output' ? 'tool' : undefined;
}

function textOf(record: JsonObject): { text: string; key: string; images: readonly string[] } {
  if (record.object === 'response' && Array.isArray(record.output)) {
    const messages = record.output.filter((item) => isObject(item) && item.type === 'message');
    const parts = messages.map((item) => readContent(at(item, 'content')).text);
    return { text: parts.join('\n\n'), key: 'output', images: [] };
  }
  const key = record.content === undefined && record.output !== undefined ? 'output' : 'content';
  return { ...readContent(record[key]), key };
}

/** Provider's reasoning in the places where clients put it; the same text is kept once. */
function reasoningOf(record: JsonObject, response: JsonObject, text: string): string[] {
  const answer = at(response, 'choices', 0, 'message');
  const places = [
    record.reasoning_content,
    record.reasoning,
    at(record, 'provider_specific_fields', 'reasoning_content'),
    at(answer, 'reasoning_content'),
    at(answer, 'reasoning'),
    ...thinkingBlocks(record),
    ...reasoningItems(record),
  ];
  const kept: string[] = [];
  for (const place of places) {
    if (typeof place !== 'string' || place.trim() === '' || place === text) continue;
    if (!kept.some((known) => known.includes(place))) kept.push(place);
  }
  return kept;
}

function thinkingBlocks(record: JsonObject): unknown[] {
  const blocks = [...(asArray(record.thinking_blocks) ?? []), ...(asArray(record.content) ?? [])];
  return blocks.map((block) => at(block, 'thinking'));
}

function reasoningItems(record: JsonObject): unknown[] {
  const items = record.object === 'response' ? (asArray(record.output) ?? []) : [];
  const reasoning = items.filter((item) => isObject(item) && item.type === 'reasoning');
  return reasoning.map((item) => readContent(at(item, 'summary')).text);
}

function callsOf(record: JsonObject): MiniCall[] {
  const calls: MiniCall[] = [];
  for (const [index, call] of (asArray(record.tool_calls) ?? []).entries()) {
    const name = asString(at(call, 'function', 'name')) ?? asString(at(call, 'name')) ?? 'bash';
    const args = at(call, 'function', 'arguments') ?? at(call, 'arguments');
    calls.push({ id: asString(at(call, 'id')), name, arguments: args, path: ['tool_calls', index] });
  }
  if (calls.length > 0) return calls;
  const key = record.object === 'response' ? 'output' : 'content';
  for (const [index, item] of (asArray(record[key]) ?? []).entries()) {
    if (!isObject(item)) continue;
    if (item.type === 'function_call') {
      const id = asString(item.call_id) ?? asString(item.id);
      calls.push({ id, name: asString(item.name) ?? 'bash', arguments: item.arguments, path: [key, index] });
    } else if (item.type === 'tool_use') {
      const name = asString(item.name) ?? 'bash';
      calls.push({ id: asString(item.id), name, arguments: item.input, path: [key, index] });
    }
  }
  return calls;
}

function usageOf(response: JsonObject, extra: JsonObject): Usage | undefined {
  const usage = readUsage(response.usage);
  const cost = asNumber(extra.cost);
  return cost === undefined ? usage : { ...usage, costUsd: cost };
}
