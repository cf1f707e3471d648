import { asArray, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { readContent } from '../shared/content-text.ts';

/** A part of a message, in any of the spellings that the conventions and their users know. */
export type ChatPart =
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  | { readonly kind: 'call'; readonly id?: string; readonly name: string; readonly args: unknown }
  | {
      readonly kind: 'result';
      readonly id?: string;
      readonly text: string;
      readonly images: readonly string[];
    }
  | { readonly kind: 'image'; readonly reference: string };

export interface ChatMessage {
  readonly role: string;
  readonly parts: readonly ChatPart[];
  readonly place: SourceRef;
}

/**
 * A message as an object: with `parts` (GenAI since 1.37), or with `content` and `tool_calls` (the older events, and
 * what providers take). Text stands for itself.
 */
export function readChatMessage(value: unknown, role: string, place: SourceRef): ChatMessage {
  if (!isObject(value)) return { role, parts: textParts(asString(value)), place };
  const own = asString(value.role) ?? role;
  const parts = asArray(value.parts);
  if (parts) return { role: own, parts: parts.flatMap((part) => readPart(part)), place };
  const callId = asString(value.tool_call_id) ?? (own === 'tool' ? asString(value.id) : undefined);
  if (own === 'tool' || own === 'function' || callId !== undefined) {
    return { role: own, parts: [resultPart(callId, value.content)], place };
  }
  return {
    role: own,
    parts: [
      ...reasoningParts(value.reasoning_content ?? value.reasoning),
      ...contentParts(value.content),
      ...(asArray(value.tool_calls) ?? []).flatMap(readToolCall),
    ],
    place,
  };
}

/** Messages from a list, or from JSON text that holds one. */
export function readChatMessages(value: unknown, role: string, place: SourceRef): ChatMessage[] {
  const parsed = parseText(value);
  if (typeof parsed === 'string') return parsed === '' ? [] : [readChatMessage(parsed, role, place)];
  const list = Array.isArray(parsed) ? parsed : parsed === undefined || parsed === null ? [] : [parsed];
  return list.map((item) => readChatMessage(item, role, place));
}

/** JSON that stands in text; any other value as it is. */
export function parseText(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  return parseJsonText(value) ?? value;
}

/** A value as text: text as it stands, anything else as JSON. */
export function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function textParts(text: string | undefined): ChatPart[] {
  return text === undefined || text === '' ? [] : [{ kind: 'text', text }];
}

function reasoningParts(value: unknown): ChatPart[] {
  const text = typeof value === 'string' ? value : readContent(value).text;
  return text === '' ? [] : [{ kind: 'reasoning', text }];
}

export function resultPart(id: string | undefined, content: unknown): ChatPart {
  const isBlocks =
    Array.isArray(content) && content.some((block) => isObject(block) && typeof block.type === 'string');
  const { text, images } = isBlocks ? readContent(content) : { text: asText(content) ?? '', images: [] };
  return { kind: 'result', ...(id !== undefined && { id }), text, images };
}

function contentParts(content: unknown): ChatPart[] {
  if (typeof content === 'string') return textParts(content);
  return (asArray(content) ?? (isObject(content) ? [content] : [])).flatMap((block) => readPart(block));
}

function readToolCall(value: unknown): ChatPart[] {
  if (!isObject(value)) return [];
  const call: JsonObject = isObject(value.function) ? value.function : value;
  const id = asString(value.id);
  return [
    {
      kind: 'call',
      ...(id !== undefined && { id }),
      name: asString(call.name) ?? 'unknown',
      args: call.arguments ?? call.input,
    },
  ];
}

function readPart(part: unknown): ChatPart[] {
  if (typeof part === 'string') return textParts(part);
  if (!isObject(part)) return [];
  switch (part.type) {
    case 'tool_call':
    case 'tool_use':
    case 'server_tool_call':
      return readToolCall(part);
    case 'tool_call_response':
    case 'tool_result':
    case 'server_tool_call_response': {
      const id = asString(part.id) ?? asString(part.tool_use_id) ?? asString(part.tool_call_id);
      return [resultPart(id, part.response ?? part.result ?? part.content)];
    }
    case 'reasoning':
    case 'thinking':
      return reasoningParts(part.content ?? part.thinking ?? part.text);
    case 'blob':
      return [
        {
          kind: 'image',
          reference: `inline ${asString(part.mime_type) ?? asString(part.modality) ?? 'data'}`,
        },
      ];
    case 'uri':
    case 'file':
      return [{ kind: 'image', reference: asString(part.uri) ?? asString(part.file_id) ?? 'file' }];
    default: {
      const { text, images } = readContent([part]);
      const parts: ChatPart[] = images.map((reference) => ({ kind: 'image', reference }));
      if (text !== '') parts.push({ kind: 'text', text });
      // A part of a kind that nobody knows: its JSON is better than nothing.
      if (parts.length === 0 && at(part, 'type') !== 'text')
        parts.push({ kind: 'text', text: JSON.stringify(part) });
      return parts;
    }
  }
}
