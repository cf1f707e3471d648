import { findParts } from './find-lines.ts';
import { type Island, type Line, replaceLines, type Sketch } from './sketch.ts';

interface Replacement {
  readonly old: string;
  readonly new: string;
  readonly all: boolean;
  readonly lenient?: boolean;
  readonly dropsLineEnd?: boolean;
}

/**
 * An exact replacement in a file of which some lines are known. What fits no known line happened where nothing is known:
 * it becomes a piece without a place. Undefined when the sketch contradicts the replacement.
 */
export function replaceInSketch(sketch: Sketch, change: Replacement): Sketch | undefined {
  const { old } = change;
  if (old === '') return undefined;
  if (change.dropsLineEnd && change.new === '' && !old.endsWith('\n')) {
    const line = { ...change, old: `${old}\n`, dropsLineEnd: false };
    const parts = line.old.split('\n');
    const pieces = [sketch.lines, sketch.end, ...sketch.islands.map(({ now }) => now)];
    if (pieces.some((lines) => findParts(lines, parts).length > 0)) return replaceParts(sketch, line);
  }
  if (change.all || !old.includes('\n'))
    return replaceWithinLines(sketch, change) ?? replaceParts(sketch, change);
  return replaceParts(sketch, change);
}

/** A text without a newline, wherever it stands in known lines. */
function replaceWithinLines(sketch: Sketch, change: Replacement): Sketch | undefined {
  const { old, all, lenient } = change;
  if (old.includes('\n')) return undefined;
  let count = 0;
  let done = false;
  const swap = (lines: readonly Line[]): Line[] =>
    lines.flatMap((line) => {
      if (line.text?.includes(old) !== true || done) return [line];
      count += line.text.split(old).length - 1;
      if (all)
        return line.text
          .split(old)
          .join(change.new)
          .split('\n')
          .map((text) => ({ text }));
      // The first place is the one for programs; tools that want a single one are checked below.
      done = lenient === true;
      const at = line.text.indexOf(old);
      const text = line.text.slice(0, at) + change.new + line.text.slice(at + old.length);
      return text.split('\n').map((part) => ({ text: part }));
    });
  const lines = swap(sketch.lines);
  const islands = sketch.islands.map((island) => ({ ...island, now: swap(island.now) }));
  const end = swap(sketch.end);
  if (count > 1 && !all && !lenient) return undefined;
  if (count > 0) return { ...sketch, lines, islands, end };
  if (!isOpen(sketch)) return lenient ? sketch : undefined;
  return lenient ? sketch : addIsland(sketch, change, true);
}

function replaceParts(sketch: Sketch, change: Replacement): Sketch | undefined {
  const parts = change.old.split('\n');
  const found = findParts(sketch.lines, parts);
  const [best, second] = found;
  if (
    best &&
    (change.lenient ||
      !second ||
      second.known < best.known ||
      !overlapsFairly(best.known, second.known, parts))
  ) {
    const lines = putParts(sketch.lines, best.at, parts, change.new);
    return lines && { ...sketch, lines };
  }
  if (best && second) return undefined;
  for (const [index, island] of sketch.islands.entries()) {
    const place = findParts(island.now, parts)[0];
    const now = place && putParts(island.now, place.at, parts, change.new);
    if (now) return { ...sketch, islands: sketch.islands.with(index, { ...island, now }) };
  }
  const inEnd = findParts(sketch.end, parts)[0];
  const end = inEnd && putParts(sketch.end, inEnd.at, parts, change.new);
  if (end) return { ...sketch, end };
  if (change.lenient) return sketch;
  return isOpen(sketch) ? addIsland(sketch, change, false) : undefined;
}

/** Two places that are known equally well can't be told apart. */
function overlapsFairly(best: number, second: number, parts: readonly string[]): boolean {
  return best === second && parts.length > 0;
}

function putParts(
  lines: readonly Line[],
  at: number,
  parts: readonly string[],
  text: string,
): Line[] | undefined {
  const last = parts.length - 1;
  const first = lines[at];
  const final = lines[at + last];
  // A line that was not known is taken to be the text, from its start to its end.
  for (const [offset, part] of parts.entries()) {
    const line = lines[at + offset];
    if (line && line.text === undefined && !(offset === last && part === '')) line.text = part;
  }
  const prefix = (first?.text ?? '').slice(0, (first?.text ?? '').length - (parts[0] ?? '').length);
  const fresh: (string | Line)[] = (prefix + text).split('\n');
  const ending = fresh.at(-1);
  if (parts[last] === '' && last > 0) {
    // The text ends with a newline: the line after it stays as it is, unless the new text runs into it.
    if (ending === '') fresh.pop();
    else if (!final) return undefined;
    else if (final.text === undefined) return undefined;
    else fresh[fresh.length - 1] = `${String(ending)}${final.text}`;
    return replaceLines(lines, at, at + last + (ending === '' ? 0 : 1), fresh);
  }
  const suffix = (final?.text ?? '').slice((last === 0 ? prefix.length : 0) + (parts[last] ?? '').length);
  fresh[fresh.length - 1] = `${String(ending)}${suffix}`;
  return replaceLines(lines, at, at + last + 1, fresh);
}

/** Whether something of the file is not known. */
export function isOpen(sketch: Sketch): boolean {
  return sketch.open || sketch.lines.some(({ text }) => text === undefined);
}

function addIsland(sketch: Sketch, change: Replacement, partial: boolean): Sketch {
  const before = change.old
    .replace(/\n$/, '')
    .split('\n')
    .map((text) => ({ text }));
  const texts = change.new.replace(/\n$/, '').split('\n');
  const now = replaceLines(before, 0, before.length, change.new === '' ? [] : texts);
  const island: Island = { before, now, partial };
  return { ...sketch, islands: [...sketch.islands, island] };
}
