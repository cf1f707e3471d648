import { isObject, type JsonObject } from '../../base/json.ts';
import { nestsTooDeeply } from '../../base/json-depth.ts';
import { RecentMap } from '../../base/recent-map.ts';

export interface SplitLine {
  readonly objects: readonly { readonly value: JsonObject; readonly text: string }[];
  /** Whether text that belongs to no object stood there too. */
  readonly other: boolean;
  /** Whether an object begins that does not end, or is no valid JSON. */
  readonly unfinished: boolean;
  /** Whether an object was left out because it nests deeper than any honest one. */
  readonly tooDeep: boolean;
}

/** After so many false starts the rest of a line is given up, so that hostile lines cost linear time. */
const MAX_FALSE_STARTS = 8;

/** Lines that are remembered: detection shows the first lines of a file to one format after the other. */
const REMEMBERED_LINES = 400;
const REMEMBERED_LENGTH = 16 * 1024;
const remembered = new RecentMap<string, SplitLine>(REMEMBERED_LINES);

/**
 * Finds the JSON objects on a line that holds several, or holds other text too. An object starts with `{"`. The answer
 * for a line that was just split is the same one again: it must not be changed.
 */
export function splitJsonLine(text: string): SplitLine {
  if (text.length > REMEMBERED_LENGTH) return split(text);
  const known = remembered.get(text);
  if (known) return known;
  const made = split(text);
  remembered.set(text, made);
  return made;
}

function split(text: string): SplitLine {
  const objects: { value: JsonObject; text: string }[] = [];
  let other = false;
  let unfinished = false;
  let tooDeep = false;
  let falseStarts = 0;
  let from = 0;
  while (from < text.length) {
    const start = findStart(text, from);
    if (text.slice(from, start).trim() !== '') other = true;
    if (start === text.length) break;
    const end = findEnd(text, start);
    const object = end === undefined ? '' : text.slice(start, end);
    const value = parse(object);
    if (value && end !== undefined) {
      if (nestsTooDeeply(value, object)) tooDeep = true;
      else objects.push({ value, text: object });
      from = end;
      continue;
    }
    unfinished = true;
    if (++falseStarts >= MAX_FALSE_STARTS) break;
    from = start + 1;
  }
  return { objects, other: other && !unfinished, unfinished, tooDeep };
}

/** The next `{` that is followed by `"`, or the end of the text. */
function findStart(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    let next = at + 1;
    while (text[next] === ' ') next++;
    if (text[next] === '"') return at;
  }
  return text.length;
}

/** The index after the brace that closes the one at `start`; undefined when none does. */
function findEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      const close = findQuote(text, i + 1);
      if (close === undefined) return undefined;
      i = close;
    } else if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return i + 1;
  }
  return undefined;
}

function findQuote(text: string, from: number): number | undefined {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i;
  }
  return undefined;
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
