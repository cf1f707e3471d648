/**
 * One line of a file, without its newline; `text` is undefined while nobody knows it. The same object stands in every
 * version that holds the line, so that what is learnt of it later holds for all of them.
 */
export interface Line {
  text: string | undefined;
}

/** A piece of a file whose place is not known: what it was when it was first met, and what it is now. */
export interface Island {
  readonly before: readonly Line[];
  readonly now: readonly Line[];
  /** The pieces begin or end within a line. */
  readonly partial: boolean;
}

/** A file of which some lines are known: by their numbers, from its end, or without their place. */
export interface Sketch {
  /** From the first line on. */
  readonly lines: readonly Line[];
  /** Lines of unknown number follow, then those of `end`. */
  readonly open: boolean;
  readonly end: readonly Line[];
  readonly islands: readonly Island[];
  /** Lines that were laid out from the unknown ones since the original, in order; none is known to begin with. */
  readonly laid: readonly Line[];
}

export const EMPTY_SKETCH: Sketch = { lines: [], open: false, end: [], islands: [], laid: [] };

/** A file of which nothing is known. */
export const UNKNOWN_SKETCH: Sketch = { lines: [], open: true, end: [], islands: [], laid: [] };

export function toLines(text: string): Line[] {
  return splitText(text).map((line) => ({ text: line }));
}

/** Lines of a text; a newline at the end begins none. */
export function splitText(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A file whose whole content is known. */
export function sketchOf(content: string): Sketch {
  return { ...EMPTY_SKETCH, lines: toLines(content) };
}

/** Whether numbers of lines hold: no change without a place made the file longer or shorter. */
export function hasNumbers({ islands }: Sketch): boolean {
  return islands.every(({ before, now }) => before.length === now.length);
}

/** Whether two lines are the same, as far as they are known. */
export function sameLine(a: Line | undefined, b: Line | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.text !== undefined && a.text === b.text);
}

export function sameLines(a: readonly Line[], b: readonly Line[]): boolean {
  return a.length === b.length && a.every((line, index) => sameLine(line, b[index]));
}

/** Lines from..to (indices, `to` excluded) become other texts; what stays equal at both ends keeps its identity. */
export function replaceLines(
  lines: readonly Line[],
  from: number,
  to: number,
  texts: readonly (string | Line)[],
): Line[] {
  let head = 0;
  while (from + head < to && head < texts.length && isText(lines[from + head], texts[head])) head++;
  let tail = 0;
  while (
    to - tail > from + head &&
    texts.length - tail > head &&
    isText(lines[to - tail - 1], texts[texts.length - tail - 1])
  )
    tail++;
  const fresh = texts
    .slice(head, texts.length - tail)
    .map((text) => (typeof text === 'string' ? { text } : text));
  return [...lines.slice(0, from + head), ...fresh, ...lines.slice(to - tail)];
}

function isText(line: Line | undefined, text: string | Line | undefined): boolean {
  if (line === undefined || text === undefined) return false;
  return typeof text === 'string' ? line.text === text : line === text;
}
