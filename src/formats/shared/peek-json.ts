import { isObject, type JsonObject } from '../../base/json.ts';
import { nestsTooDeeply } from '../../base/json-depth.ts';

interface Peeked {
  readonly text: string;
  readonly from: number;
  readonly limit: number;
  readonly objects: readonly JsonObject[];
}

/** The last answers, latest first: detection asks about the head of one file for one format after the other. */
const lastPeeked: Peeked[] = [];
const REMEMBERED = 8;

/**
 * The objects that begin the array at or after `from`, as far as the text goes: for detection, which sees only the
 * head of a file. Arrays inside the array (pairs of records) are stepped into. At most `limit` objects.
 */
export function peekObjects(text: string, from = 0, limit = 3): JsonObject[] {
  const known = lastPeeked.find(
    (last) =>
      last.from === from && last.limit === limit && last.text.length === text.length && last.text === text,
  );
  if (known) return [...known.objects];
  const objects = peek(text, from, limit);
  if (lastPeeked.length >= REMEMBERED) lastPeeked.pop();
  lastPeeked.unshift({ text, from, limit, objects });
  return [...objects];
}

function peek(text: string, from: number, limit: number): JsonObject[] {
  const objects: JsonObject[] = [];
  let at = text.indexOf('[', from);
  while (at >= 0 && at < text.length && objects.length < limit) {
    if (text.charCodeAt(at) !== 123) {
      // Only brackets, commas and white space stand between objects.
      if (!/[[\],\s]/.test(text.charAt(at))) break;
      at++;
      continue;
    }
    const end = endOfObject(text, at);
    if (end === undefined) break;
    const object = text.slice(at, end);
    const value = tryParse(object);
    if (!value) break;
    if (nestsTooDeeply(value, object)) break;
    objects.push(value);
    at = end;
  }
  return objects;
}

/** The index after the object that begins at `start`; undefined when the text ends before. */
export function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 92) i++;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return i + 1;
  }
  return undefined;
}

function tryParse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
