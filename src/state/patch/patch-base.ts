import type { PatchFile, PatchHunk } from './parse-patch.ts';
import { EMPTY_SKETCH, type Line, type Sketch } from './sketch.ts';

/** Lines of context that diffs show by default around a change. */
const CONTEXT = 3;
/** A hunk further down than this is not laid out. */
const FURTHEST_LINE = 200_000;

/** The file before and after a patch, as far as the patch shows it; both share the lines that stay. */
export interface PatchedPair {
  readonly before: Sketch;
  readonly after: Sketch;
}

/** What a patch tells of a file: the lines of its hunks by their numbers, everything else unknown. */
export function layOutPatch(file: PatchFile): PatchedPair | undefined {
  if (file.kind === 'create') {
    const lines = file.hunks.flatMap((hunk) => hunk.lines).map(({ text }) => ({ text }));
    return { before: EMPTY_SKETCH, after: { ...EMPTY_SKETCH, lines } };
  }
  const before: Line[] = [];
  const after: Line[] = [];
  for (const hunk of file.hunks) {
    const start = startOf(hunk);
    if (start < before.length || start > FURTHEST_LINE) return undefined;
    while (before.length < start) {
      const line: Line = { text: undefined };
      before.push(line);
      after.push(line);
    }
    for (const { kind, text } of hunk.lines) {
      const line: Line = { text };
      if (kind !== 'added') before.push(line);
      if (kind !== 'removed') after.push(line);
    }
  }
  const open = file.kind !== 'delete' && !reachesEnd(file.hunks);
  return {
    before: { ...EMPTY_SKETCH, lines: before, open },
    after: { ...EMPTY_SKETCH, lines: after, open },
  };
}

/** The file after a patch, where the file before is known: undefined when the patch is not for it. */
export function applyHunks(before: Sketch, hunks: readonly PatchHunk[]): Sketch | undefined {
  const after: Line[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const start = startOf(hunk);
    if (start < at || start > before.lines.length) return undefined;
    for (; at < start; at++) push(after, before.lines[at]);
    for (const { kind, text } of hunk.lines) {
      if (kind === 'added') {
        after.push({ text });
        continue;
      }
      const line = before.lines[at++];
      if (line === undefined || (line.text !== undefined && line.text !== text)) return undefined;
      if (kind === 'same') after.push(line);
    }
  }
  for (; at < before.lines.length; at++) push(after, before.lines[at]);
  return { ...before, lines: after };
}

function push(lines: Line[], line: Line | undefined): void {
  if (line) lines.push(line);
}

/** Index of the first old line that a hunk shows, or before which it adds. */
function startOf({ oldStart, lines }: PatchHunk): number {
  // Without old lines the number names the line after which something is added.
  return lines.some(({ kind }) => kind !== 'added') ? Math.max(0, oldStart - 1) : oldStart;
}

/** A last hunk with less context below than above ends where the file does. */
function reachesEnd(hunks: readonly PatchHunk[]): boolean {
  const last = hunks.at(-1);
  if (!last) return false;
  const { lines } = last;
  let below = 0;
  while (below < lines.length && lines[lines.length - 1 - below]?.kind === 'same') below++;
  const above = lines.findIndex(({ kind }) => kind !== 'same');
  return (
    below < CONTEXT && (above >= CONTEXT || hunks.some((hunk) => hunk.lines[CONTEXT - 1]?.kind === 'same'))
  );
}
