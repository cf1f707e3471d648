import type { Line } from './sketch.ts';

/** Places looked at for one text at most: a line like `}` may stand everywhere. */
const MOST_PLACES = 20_000;

/** A place where a text of several lines stands, as far as the lines are known. */
export interface Found {
  /** Index of the line in which the text begins. */
  readonly at: number;
  /** How many of its lines are known there. */
  readonly known: number;
}

/**
 * Where a text of two or more parts (lines, of which the first may begin and the last end within a line) can stand.
 * Unknown lines fit everything, but at least one line must be known and not blank. Best known places first.
 */
export function findParts(lines: readonly Line[], parts: readonly string[]): Found[] {
  const places = new Map<string, number[]>();
  for (const [index, { text }] of lines.entries()) {
    if (text === undefined) continue;
    const same = places.get(text);
    if (same) same.push(index);
    else places.set(text, [index]);
  }
  const starts = new Set<number>();
  const last = parts.length - 1;
  for (const [offset, part] of parts.entries()) {
    if (part.trim() === '' && parts.some((other) => other.trim() !== '')) continue;
    const found = offset === 0 || offset === last ? endsIn(lines, part, offset === 0) : places.get(part);
    for (const index of found ?? []) {
      if (index >= offset && starts.size < MOST_PLACES) starts.add(index - offset);
    }
  }
  const result: Found[] = [];
  for (const at of starts) {
    const known = countKnown(lines, parts, at);
    if (known > 0) result.push({ at, known });
  }
  return result.sort((a, b) => b.known - a.known || a.at - b.at);
}

function endsIn(lines: readonly Line[], part: string, isFirst: boolean): number[] {
  const found: number[] = [];
  for (const [index, { text }] of lines.entries()) {
    if (text !== undefined && (isFirst ? text.endsWith(part) : text.startsWith(part))) found.push(index);
  }
  return found;
}

/** How many lines are known to fit; 0 when one does not fit, or when the place reaches beyond the lines. */
function countKnown(lines: readonly Line[], parts: readonly string[], at: number): number {
  const last = parts.length - 1;
  // The last part is empty where the text ends in a newline: no line need follow.
  const needed = parts[last] === '' ? last : parts.length;
  if (at < 0 || at + needed > lines.length) return 0;
  let known = 0;
  for (let offset = 0; offset < needed; offset++) {
    const text = lines[at + offset]?.text;
    const part = parts[offset] ?? '';
    if (text === undefined) continue;
    const fits = offset === 0 ? text.endsWith(part) : offset === last ? text.startsWith(part) : text === part;
    if (!fits) return 0;
    if (part.trim() !== '' || parts.every((other) => other.trim() === '')) known++;
  }
  return known;
}
