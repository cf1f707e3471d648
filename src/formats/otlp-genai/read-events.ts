import { asString, isObject, type JsonObject } from '../../base/json.ts';
import { type ChatMessage, parseText, readChatMessage, readChatMessages } from '../otlp/chat-message.ts';
import type { SpanEvent } from '../otlp/span.ts';

/** Events of one message each, up to version 1.36 of the conventions, and the role that each stands for. */
const ROLES: Readonly<Record<string, string>> = {
  'gen_ai.system.message': 'system',
  'gen_ai.user.message': 'user',
  'gen_ai.assistant.message': 'assistant',
  'gen_ai.tool.message': 'tool',
};

/** The messages that events of a span hold: one each, or all in one event of the details. */
export function readEventMessages(events: readonly SpanEvent[]): {
  input: ChatMessage[];
  output: ChatMessage[];
} {
  const input: ChatMessage[] = [];
  const output: ChatMessage[] = [];
  for (const { name, attributes, body, place } of events) {
    const role = ROLES[name];
    if (role !== undefined) input.push(readChatMessage(bodyOf(attributes, body), role, place));
    else if (name === 'gen_ai.choice') output.push(readChoice(bodyOf(attributes, body), place));
    else if (name === 'gen_ai.content.prompt')
      input.push(...readChatMessages(attributes['gen_ai.prompt'], 'user', place));
    else if (name === 'gen_ai.content.completion')
      output.push(...readChatMessages(attributes['gen_ai.completion'], 'assistant', place));
    else {
      const details: JsonObject = isObject(body) ? { ...body, ...attributes } : attributes;
      input.push(...readChatMessages(details['gen_ai.input.messages'], 'user', place));
      output.push(...readChatMessages(details['gen_ai.output.messages'], 'assistant', place));
    }
  }
  return { input, output };
}

/** The message itself: the body of a log record, JSON text in one attribute, or the attributes. */
function bodyOf(attributes: JsonObject, body: unknown): JsonObject {
  const content = parseText(attributes['gen_ai.event.content'] ?? body);
  if (isObject(content)) return content;
  const plain = Object.entries(attributes).map(([key, value]): [string, unknown] => [
    key.replace(/^gen_ai\.event\./, ''),
    key === 'content' || key === 'role' || key === 'id' ? value : parseText(value),
  ]);
  const text = asString(content);
  return { ...Object.fromEntries(plain), ...(text !== undefined && { content: text }) };
}

function readChoice(value: JsonObject, place: ChatMessage['place']): ChatMessage {
  const { message } = value;
  // Some write the message's members beside it: calls stand there, its text in the message.
  if (isObject(message))
    return readChatMessage({ tool_calls: value.tool_calls, ...message }, 'assistant', place);
  return readChatMessage({ content: message, ...value }, 'assistant', place);
}
