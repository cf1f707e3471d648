import { hashText } from '../../base/hash.ts';
import { asArray, asString, isObject, type JsonObject } from '../../base/json.ts';
import { readContent } from '../shared/content-text.ts';

/** A call inside an assistant message. */
export interface ChatCall {
  readonly id: string;
  readonly name: string;
  /** An object, or JSON text. */
  readonly args: unknown;
  readonly path: readonly (string | number)[];
}

/** A result inside a tool's or a user's message. */
export interface ChatResult {
  readonly id: string;
  readonly text: string;
  readonly images: readonly string[];
  readonly failed: boolean;
}

/** One message of a request, or an answer, whichever provider's shape it has. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
  readonly images: readonly string[];
  readonly reasoning: readonly string[];
  readonly calls: readonly ChatCall[];
  readonly results: readonly ChatResult[];
  /** Keys to it in the record. */
  readonly path: readonly (string | number)[];
}

type Path = readonly (string | number)[];

/** Messages of a request body: OpenAI's `messages`, or Anthropic's with `system` beside them. */
export function readMessages(body: JsonObject, path: Path): ChatMessage[] {
  const messages: ChatMessage[] = [];
  if (body.system !== undefined && body.system !== null) {
    messages.push(readMessage({ role: 'system', content: body.system }, [...path, 'system']));
  }
  for (const [index, message] of (asArray(body.messages) ?? []).entries()) {
    if (isObject(message)) messages.push(readMessage(message, [...path, 'messages', index]));
  }
  return messages;
}

export function readMessage(message: JsonObject, path: Path): ChatMessage {
  const blocks = asArray(message.content) ?? [];
  const { text, images } = readContent(asArray(message.content)?.filter(isPlain) ?? message.content);
  const results = blocks.flatMap((block) =>
    isObject(block) && block.type === 'tool_result' ? [readResult(block.tool_use_id, block)] : [],
  );
  const role = readRole(message.role);
  const answered = role === 'tool' ? [readResult(message.tool_call_id ?? '', message)] : results;
  return {
    role,
    text: role === 'tool' ? '' : text,
    images: role === 'tool' ? [] : images,
    reasoning: readReasoning(message, blocks),
    calls: readCalls(message, blocks, path),
    results: answered,
    path,
  };
}

/** Blocks that are part of what is said; the others are calls, results and reasoning. */
function isPlain(block: unknown): boolean {
  if (!isObject(block)) return true;
  const type = asString(block.type) ?? 'text';
  return type === 'text' || type.startsWith('image') || type === 'input_text' || type === 'input_image';
}

function readRole(role: unknown): ChatMessage['role'] {
  if (role === 'assistant' || role === 'user') return role;
  if (role === 'tool' || role === 'function') return 'tool';
  return role === 'system' || role === 'developer' ? 'system' : 'user';
}

function readResult(id: unknown, holder: JsonObject): ChatResult {
  const { text, images } = readContent(holder.content);
  return { id: asString(id) ?? '', text, images, failed: holder.is_error === true };
}

/** Reasoning as proxies pass it on: a text beside the content, or blocks. A block that stands there twice counts once. */
function readReasoning(message: JsonObject, blocks: readonly unknown[]): string[] {
  const beside = asString(message.reasoning_content) ?? asString(message.reasoning) ?? '';
  const thinking = [...blocks, ...(asArray(message.thinking_blocks) ?? [])].flatMap((block) =>
    isObject(block) && block.type === 'thinking' ? [asString(block.thinking) ?? ''] : [],
  );
  const joined = thinking.join('\n');
  const texts = beside !== '' && joined.includes(beside) ? thinking : [beside, ...thinking];
  return [...new Set(texts)].filter((text) => text !== '');
}

function readCalls(message: JsonObject, blocks: readonly unknown[], path: Path): ChatCall[] {
  const calls: ChatCall[] = [];
  for (const [index, block] of blocks.entries()) {
    if (!isObject(block) || block.type !== 'tool_use') continue;
    const at = [...path, 'content', index];
    calls.push({
      id: asString(block.id) ?? '',
      name: asString(block.name) ?? 'unknown',
      args: block.input,
      path: at,
    });
  }
  for (const [index, call] of (asArray(message.tool_calls) ?? []).entries()) {
    if (!isObject(call)) continue;
    const spec = isObject(call.function) ? call.function : call;
    const at = [...path, 'tool_calls', index];
    const name = asString(spec.name) ?? 'unknown';
    calls.push({ id: asString(call.id) ?? '', name, args: spec.arguments, path: at });
  }
  // The predecessor of `tool_calls`: one call, without an id.
  if (calls.length === 0 && isObject(message.function_call)) {
    const { name, arguments: args } = message.function_call;
    calls.push({ id: '', name: asString(name) ?? 'unknown', args, path: [...path, 'function_call'] });
  }
  return calls;
}

/** Whether an assistant message says or asks for anything. */
export function isTelling({ text, calls }: ChatMessage): boolean {
  return text.trim() !== '' || calls.length > 0;
}

/** Equal for an answer and for the message that later requests repeat it as, however either is written. */
export function keyOf(message: ChatMessage): string {
  const { role, text, calls, results, images } = message;
  const names = calls.map(({ id, name }) => `${id} ${name}`);
  const answers = results.map(({ id, text: shown }) => [id, shown.trim()]);
  return String(hashText(JSON.stringify([role, text.trim(), names, answers, images.length])));
}

/** The key of its words alone: some agents repeat a refused answer without its calls. */
export function wordsKeyOf({ role, text }: ChatMessage): string {
  return String(hashText(JSON.stringify([role, text.trim(), [], [], 0])));
}
