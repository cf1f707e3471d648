import { isObject, type JsonObject } from '../../base/json.ts';
import { splitLines } from '../../base/text.ts';
import { peekObjects } from '../shared/peek-json.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { chatHeader, chatMessage, content, streamEvent } from './schema.ts';
import { unwrapConsole } from './unwrap-console.ts';

/** Shapes in which Gemini CLI leaves a conversation behind, and two that hold none. */
export type GeminiKind =
  /** `{sessionId, projectHash, messages: […]}`. */
  | 'chat document'
  /** The same as lines: a header, messages, changes of the header. */
  | 'chat lines'
  /** A list of contents as the model gets them: a checkpoint. */
  | 'contents'
  /** A document with such a list under `history`. */
  | 'history'
  /** Events of `--output-format stream-json`, bare or in an activity log. */
  | 'stream'
  /** `logs.json`: what was typed, no calls. */
  | 'prompts'
  /** Recorded answers of the service, for replaying in tests: no results of calls. */
  | 'answers';

/** Which of them a file is, by its first text; undefined when it is none. `share` is how much of what was seen fits. */
export function findKind(head: string): { readonly kind: GeminiKind; readonly share: number } | undefined {
  const text = head.trimStart();
  if (text.startsWith('[')) return kindOfList(text);
  if (isDocument(text, 'messages', chatMessage, CUT_MESSAGE) && hasHeader(text))
    return { kind: 'chat document', share: 1 };
  if (isDocument(text, 'history', content, CUT_CONTENT)) return { kind: 'history', share: 1 };
  return kindOfLines(head);
}

/** Beginnings of elements that are longer than what detection sees. */
const CUT_CONTENT = /^\[?\s*\{\s*(?:"role"\s*:\s*"(?:user|model)"\s*,\s*)?"parts"\s*:\s*\[/;
const CUT_MESSAGE = /^\[?\s*\{\s*"id"\s*:\s*"[^"]{1,100}"\s*,\s*"(?:timestamp|type)"\s*:\s*"/;

/** Whether the text is one object that has a list under this key, of elements of this kind. */
function isDocument(
  text: string,
  key: string,
  schema: typeof content | typeof chatMessage,
  cut: RegExp,
): boolean {
  const at = findTopList(text, key);
  if (at === undefined) return false;
  const [first] = peekObjects(text, at, 1);
  if (first) return schema.safeParse(first).success;
  const start = text.slice(at, at + 300);
  return cut.test(start) || /^\s*\]/.test(start.replace(/^\[/, ''));
}

/** Where the list under a key of the document begins; deeper keys of the same name, and later lines, do not count. */
function findTopList(text: string, key: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      const end = endOfString(text, i);
      if (depth === 1 && text.slice(i + 1, end) === key) {
        const list = /^\s*:\s*\[/.exec(text.slice(end + 1, end + 60));
        if (list) return end + list[0].length;
      }
      i = end;
    } else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return undefined;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== 34) i += text.charCodeAt(i) === 92 ? 2 : 1;
  return i;
}

function hasHeader(text: string): boolean {
  return /"sessionId"\s*:\s*"/.test(text) && /"projectHash"\s*:\s*"/.test(text);
}

function kindOfList(text: string): { kind: GeminiKind; share: number } | undefined {
  const seen = peekObjects(text, 0, 8);
  if (seen.length === 0) {
    const isCut = CUT_CONTENT.test(text.slice(0, 300));
    return isCut ? { kind: 'contents', share: 1 } : undefined;
  }
  const contents = seen.filter((value) => content.safeParse(value).success).length;
  if (contents > 0) return { kind: 'contents', share: contents / seen.length };
  const prompts = seen.filter(
    (value) => typeof value.sessionId === 'string' && typeof value.messageId === 'number',
  );
  return prompts.length > 0 ? { kind: 'prompts', share: prompts.length / seen.length } : undefined;
}

function kindOfLines(head: string): { kind: GeminiKind; share: number } | undefined {
  const counts: Record<'chat lines' | 'stream' | 'answers', number> = {
    'chat lines': 0,
    stream: 0,
    answers: 0,
  };
  let total = 0;
  for (const line of splitLines(head).slice(0, 200)) {
    for (const { value } of splitJsonLine(line).objects) {
      total++;
      const kind = kindOfRecord(value);
      if (kind) counts[kind]++;
    }
  }
  const [best] = (['chat lines', 'stream', 'answers'] as const).toSorted((a, b) => counts[b] - counts[a]);
  return best !== undefined && counts[best] > 0 ? { kind: best, share: counts[best] / total } : undefined;
}

function kindOfRecord(value: JsonObject): 'chat lines' | 'stream' | 'answers' | undefined {
  if (typeof value.method === 'string' && value.method.startsWith('generateContent')) return 'answers';
  if (isObject(value.$set) || typeof value.$rewindTo === 'string') return 'chat lines';
  if (chatHeader.safeParse(value).success) return 'chat lines';
  // Messages of other tools have an id and a type too, and their own fields besides.
  if (
    chatMessage.safeParse(value).success &&
    'content' in value &&
    !('message' in value) &&
    !('uuid' in value)
  )
    return 'chat lines';
  if (isActivity(value) || streamEvent.safeParse(value).success) return 'stream';
  return undefined;
}

/** A line of an activity log: what went to the console or over the network. */
function isActivity(value: JsonObject): boolean {
  const known = value.type === 'console' || value.type === 'network';
  return (
    known &&
    typeof value.sessionId === 'string' &&
    (isObject(value.payload) || unwrapConsole(value) !== undefined)
  );
}
