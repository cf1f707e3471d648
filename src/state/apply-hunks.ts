import type { ContextHunk } from '../model/effect.ts';

/** How alike lines must be: as they are; without blanks at their ends; without blanks on both sides. */
const LIKENESS: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.trimEnd(),
  (line) => line.trim(),
];
/** Lines times hunks beyond which the content counts as unknown. */
const WORK_LIMIT = 2e7;

/**
 * Hunks that name their place by the lines around it, applied from the top: each takes the first place behind the one
 * before where its old lines stand, exactly if anywhere, else apart from blanks. Undefined when one fits nowhere, and
 * where tools of this kind differ (text put in without any old lines, a file without a newline at its end).
 */
export function applyHunks(before: string, hunks: readonly ContextHunk[]): string | undefined {
  if (!before.endsWith('\n')) return undefined;
  const lines = before.slice(0, -1).split('\n');
  if (lines.length * hunks.length > WORK_LIMIT) return undefined;
  const made: string[] = [];
  let at = 0;
  let kept = 0;
  for (const hunk of hunks) {
    for (const name of hunk.under) {
      const found = seek(lines, [name], at, false);
      if (found === undefined) return undefined;
      at = found + 1;
    }
    let [old, now] = [hunk.old, hunk.new];
    if (old.length === 0) return undefined;
    let found = seek(lines, old, at, hunk.atEnd);
    if (found === undefined && old.at(-1) === '') {
      // A blank line below the hunk belongs to the patch, not to the file.
      old = old.slice(0, -1);
      if (now.at(-1) === '') now = now.slice(0, -1);
      if (old.length > 0) found = seek(lines, old, at, hunk.atEnd);
    }
    if (found === undefined || found < kept) return undefined;
    for (; kept < found; kept++) made.push(lines[kept] ?? '');
    for (const line of now) made.push(line);
    kept = found + old.length;
    at = kept;
  }
  for (; kept < lines.length; kept++) made.push(lines[kept] ?? '');
  return made.length === 0 ? '' : `${made.join('\n')}\n`;
}

/** The first place from `start` on where lines stand; a hunk for the end of the file stands only there. */
function seek(
  lines: readonly string[],
  wanted: readonly string[],
  start: number,
  atEnd: boolean,
): number | undefined {
  const last = lines.length - wanted.length;
  const first = atEnd ? Math.max(start, last) : start;
  for (const plain of LIKENESS) {
    const texts = wanted.map(plain);
    for (let at = first; at <= last; at++) {
      if (texts.every((text, offset) => plain(lines[at + offset] ?? '') === text)) return at;
    }
  }
  return undefined;
}
