import { asString, type JsonObject } from '../../base/json.ts';
import { asText, type ChatMessage, type ChatPart, resultPart, textParts } from '../otlp/chat-message.ts';
import { readNumbered } from '../otlp/numbered-keys.ts';
import { placeOfAttribute, type Span } from '../otlp/span.ts';

/** Messages that were flattened into attributes under a prefix: role, content or contents, calls, the call answered. */
export function readFlatMessages(
  span: Span,
  attributes: JsonObject,
  prefix: string,
  role: string,
): ChatMessage[] {
  return readNumbered(attributes, prefix).map((item, index) => {
    const fields = unprefix(Object.fromEntries(item), 'message.');
    const own = asString(fields.role) ?? role;
    const place = placeOfAttribute(span, `${prefix}.${index}.message.content`);
    return { role: own, parts: readParts(fields, own), place };
  });
}

function readParts(fields: JsonObject, role: string): ChatPart[] {
  const callId = asString(fields.tool_call_id);
  const contents = readNumbered(fields, 'contents').flatMap(readContentPart);
  const content = asText(fields.content);
  const text = content ?? contents.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
  if (role === 'tool' || role === 'function' || callId !== undefined) return [resultPart(callId, text)];
  const calls = readNumbered(fields, 'tool_calls').map((entry): ChatPart => {
    const call = unprefix(Object.fromEntries(entry), 'tool_call.');
    const id = asString(call.id);
    return {
      kind: 'call',
      ...(id !== undefined && { id }),
      name: asString(call['function.name']) ?? 'unknown',
      args: call['function.arguments'],
    };
  });
  // One call without a number of its own: an older spelling.
  const single = asString(fields.function_call_name);
  if (single !== undefined)
    calls.push({ kind: 'call', name: single, args: fields.function_call_arguments_json });
  return [...(contents.length > 0 ? contents : textParts(content)), ...calls];
}

function readContentPart(entry: ReadonlyMap<string, unknown>): ChatPart[] {
  const part = unprefix(Object.fromEntries(entry), 'message_content.');
  const text = asString(part.text);
  if (text !== undefined && text !== '')
    return [{ kind: part.type === 'reasoning' ? 'reasoning' : 'text', text }];
  const image = asString(part['image.image.url']) ?? asString(part['image.url']);
  if (image === undefined) return [];
  return [
    {
      kind: 'image',
      reference: image.startsWith('data:') ? `inline ${image.slice(5, image.indexOf(','))}` : image,
    },
  ];
}

/** Keys without the name of what they belong to; nested exports may have it or not. */
function unprefix(fields: JsonObject, prefix: string): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key.startsWith(prefix) ? key.slice(prefix.length) : key,
      value,
    ]),
  );
}
