import { asArray, asString, at, isObject, type JsonObject, pointer } from '../../base/json.ts';
import { readContent } from '../shared/content-text.ts';
import { parseArguments } from '../shared/render-action.ts';
import { readTextResult, splitTextCalls } from './text-calls.ts';

export interface ViewCall {
  readonly id?: string;
  readonly name: string;
  readonly args?: JsonObject;
}

/** One message of a view: what the model was shown, or its answer, in one shape for all interfaces. */
export interface ViewMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
  readonly reasoning: readonly string[];
  readonly calls: readonly ViewCall[];
  /** Calls that name no tool (some versions lost the name when they wrote the file): they are left out. */
  readonly nameless?: number;
  readonly images: readonly string[];
  /** On results: the call that they answer. */
  readonly callId?: string;
  readonly toolName?: string;
  /** JSON pointer of the message in its document. */
  readonly pointer: string;
}

/** Messages of the chat interface, or items of the responses interface, in order; `base` is the list's key. */
export function readView(list: readonly unknown[], ...base: readonly (string | number)[]): ViewMessage[] {
  const messages: ViewMessage[] = [];
  for (const [index, item] of list.entries()) {
    if (!isObject(item)) continue;
    messages.push(readMessage(item, pointer(...base, index)));
  }
  return messages;
}

export function readMessage(item: JsonObject, place: string): ViewMessage {
  const type = asString(item.type);
  if (type === 'function_call') return readItemCall(item, place);
  if (type === 'function_call_output') {
    const id = asString(item.call_id);
    return { ...plain('tool', item.output, place), ...(id !== undefined && { callId: id }) };
  }
  if (type === 'reasoning') return { ...plain('assistant', '', place), reasoning: readSummary(item) };
  if (item.role === 'tool') return readResult(item, place);
  if (item.role === 'assistant' || type === 'output_text') return readAnswer(item, place);
  if (item.role === 'system' || item.role === 'developer') return plain('system', item.content, place);
  const message = plain('user', item.content, place);
  const result = readTextResult(message.text);
  return result ? { ...message, role: 'tool', text: result.output, toolName: result.name } : message;
}

function plain(role: ViewMessage['role'], content: unknown, place: string): ViewMessage {
  const { text, images } = readContent(content);
  return { role, text, images, reasoning: [], calls: [], pointer: place };
}

function readResult(item: JsonObject, place: string): ViewMessage {
  const callId = asString(item.tool_call_id);
  const toolName = asString(item.name);
  return {
    ...plain('tool', item.content, place),
    ...(callId !== undefined && { callId }),
    ...(toolName !== undefined && { toolName }),
  };
}

function readAnswer(item: JsonObject, place: string): ViewMessage {
  const message = plain('assistant', item.content, place);
  const blocks = asArray(item.thinking_blocks) ?? [];
  const reasoning = [...blocks.map((block) => at(block, 'thinking')), item.reasoning_content].flatMap(
    (text) => (typeof text === 'string' && text.trim() !== '' ? [text] : []),
  );
  const recorded = asArray(item.tool_calls) ?? [];
  const calls = recorded.flatMap(readToolCall);
  const nameless = recorded.length - calls.length;
  if (calls.length > 0 || !message.text.includes('<function=')) {
    return { ...message, reasoning, calls, ...(nameless > 0 && { nameless }) };
  }
  return { ...message, reasoning, ...splitTextCalls(message.text) };
}

function readToolCall(call: unknown): ViewCall[] {
  const name = asString(at(call, 'function', 'name')) ?? asString(at(call, 'name'));
  if (name === undefined) return [];
  const id = asString(at(call, 'id'));
  const args = parseArguments(at(call, 'function', 'arguments') ?? at(call, 'arguments'));
  return [{ name, ...(id !== undefined && { id }), ...(args && { args }) }];
}

function readItemCall(item: JsonObject, place: string): ViewMessage {
  const id = asString(item.call_id) ?? asString(item.id);
  const args = parseArguments(item.arguments);
  const call = {
    name: asString(item.name) ?? 'unknown',
    ...(id !== undefined && { id }),
    ...(args && { args }),
  };
  return { ...plain('assistant', '', place), calls: [call] };
}

function readSummary(item: JsonObject): string[] {
  const parts = [...(asArray(item.summary) ?? []), ...(asArray(item.content) ?? [])];
  return parts.flatMap((part) => asString(at(part, 'text')) ?? []).filter((text) => text.trim() !== '');
}

/** Calls that are steps: every one but `finish`. */
export function countSteps(messages: readonly ViewMessage[]): number {
  return messages.reduce((sum, { calls }) => sum + calls.filter(isStep).length, 0);
}

export function isStep(call: ViewCall): boolean {
  return call.name !== 'finish';
}
