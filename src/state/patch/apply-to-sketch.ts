import { exhaustive } from '../../base/assert.ts';
import type { ContentChange, ContextHunk } from '../../model/effect.ts';
import { applyHunks } from '../apply-hunks.ts';
import { applySed } from '../apply-sed.ts';
import { findParts } from './find-lines.ts';
import { type PatchHunk, parsePatchText } from './parse-patch.ts';
import { replaceInSketch } from './replace-text.ts';
import { hasNumbers, type Line, replaceLines, type Sketch, sketchOf, splitText, toLines } from './sketch.ts';

/** Lines beyond which a file with unknown parts is not laid out. */
const MOST_LINES = 200_000;
/** Stands for a line that is not known while a program is applied to the text. */
const MARK = '\ue000';
const MARKED = /^\ue000(\d{1,9})\ue000$/;

/**
 * A change of a file of which some lines are known; undefined when it does not fit what is known, or can't be told.
 * Lines that are not known are taken not to fit the patterns of a program.
 */
export function applyToSketch(sketch: Sketch, change: ContentChange): Sketch | undefined {
  switch (change.kind) {
    case 'set':
      return sketchOf(change.content);
    case 'append': {
      const lines = toLines(change.content);
      if (sketch.open || sketch.end.length > 0) return { ...sketch, end: [...sketch.end, ...lines] };
      return { ...sketch, lines: [...sketch.lines, ...lines] };
    }
    case 'replace':
      if (change.old === '' && sketch.lines.length === 0 && !sketch.open) return sketchOf(change.new);
      return replaceInSketch(sketch, change);
    case 'splice':
      return splice(sketch, change.from, change.to, change.content);
    case 'sequence': {
      let now: Sketch | undefined = sketch;
      for (const part of change.changes) now = now && applyToSketch(now, part);
      return now;
    }
    case 'sed':
      return applyProgram(sketch, change.script, change.flags);
    case 'patch':
      return applyPatch(sketch, change.diff, change.reverse ?? false);
    case 'hunks':
      return applyContextHunks(sketch, change.hunks);
    case 'undo':
    case 'unknown':
      return undefined;
    default:
      return exhaustive(change);
  }
}

/** Each hunk as the exact replacement of its lines; hunks without old lines have no place that is known. */
function applyContextHunks(sketch: Sketch, hunks: readonly ContextHunk[]): Sketch | undefined {
  if (!sketch.open && sketch.lines.every(({ text }) => text !== undefined)) {
    const after = applyHunks(sketch.lines.map(({ text }) => `${text ?? ''}\n`).join(''), hunks);
    return after === undefined
      ? undefined
      : { ...sketch, lines: replaceLines(sketch.lines, 0, sketch.lines.length, splitText(after)) };
  }
  let now: Sketch | undefined = sketch;
  for (const { old, new: text } of hunks)
    now = now && replaceInSketch(now, { old: old.join('\n'), new: text.join('\n'), all: false });
  return now;
}

/** The same file with at least so many lines laid out, where it has them at all. */
function layOut(sketch: Sketch, count: number): Sketch | undefined {
  const { lines, open, laid } = sketch;
  if (lines.length >= count) return sketch;
  if (!open || count > MOST_LINES) return undefined;
  const more = Array.from({ length: count - lines.length }, (): Line => ({ text: undefined }));
  return { ...sketch, lines: [...lines, ...more], laid: [...laid, ...more] };
}

function splice(sketch: Sketch, from: number, to: number, content: string): Sketch | undefined {
  if (from < 1 || !hasNumbers(sketch)) return undefined;
  const last = to < from ? from - 1 : to;
  const wide = layOut(sketch, last) ?? (sketch.open ? undefined : sketch);
  if (!wide || from > wide.lines.length + 1) return undefined;
  const { lines } = wide;
  return { ...wide, lines: replaceLines(lines, from - 1, Math.min(last, lines.length), splitText(content)) };
}

function applyProgram(sketch: Sketch, script: string, flags: readonly string[]): Sketch | undefined {
  const numbers = [...script.matchAll(/\d{1,7}/g)].map(([digits]) => Number(digits));
  // Without line numbers the pieces are changed like the rest; with them nobody knows.
  if (numbers.length > 0 && !hasNumbers(sketch)) return undefined;
  const furthest = Math.max(0, ...numbers.filter((number) => number < MOST_LINES));
  const wide = layOut(sketch, furthest) ?? sketch;
  const known = wide.lines;
  const text = known.map((line, index) => line.text ?? `${MARK}${index}${MARK}`).join('\n');
  const after = applySed(known.length === 0 ? '' : `${text}\n`, script, flags);
  if (after === undefined) return undefined;
  const texts: (string | Line)[] = [];
  for (const line of splitText(after)) {
    const index = MARKED.exec(line)?.[1];
    const kept = index === undefined ? undefined : known[Number(index)];
    if (kept === undefined && line.includes(MARK)) return undefined;
    texts.push(kept ?? line);
  }
  const islands = wide.islands.map((island) => ({
    ...island,
    now: numbers.length > 0 ? island.now : (swapLines(island.now, script, flags) ?? island.now),
  }));
  return { ...wide, lines: replaceLines(known, 0, known.length, texts), islands };
}

function swapLines(lines: readonly Line[], script: string, flags: readonly string[]): Line[] | undefined {
  const text = lines.map((line) => `${line.text ?? ''}\n`).join('');
  const result = text === '' ? '' : applySed(text, script, flags);
  return result === undefined ? undefined : replaceLines(lines, 0, lines.length, splitText(result));
}

function applyPatch(sketch: Sketch, diff: string, reverse: boolean): Sketch | undefined {
  const [file] = parsePatchText(diff);
  if (!file || file.hunks.length === 0 || file.truncated) return undefined;
  if (file.kind === 'create' && !reverse) return sketchOf(textOf(file.hunks, 'removed'));
  let made = sketch;
  let shift = 0;
  for (const hunk of file.hunks) {
    const old = hunk.lines
      .filter(({ kind }) => kind !== (reverse ? 'removed' : 'added'))
      .map(({ text }) => text);
    const now = hunk.lines
      .filter(({ kind }) => kind !== (reverse ? 'added' : 'removed'))
      .map(({ text }) => text);
    const start = (reverse ? hunk.newStart : hunk.oldStart) - (old.length === 0 ? 0 : 1) + shift;
    const wide = layOut(made, start + old.length) ?? made;
    const at = placeOf(wide.lines, start, old);
    if (at === undefined) return undefined;
    for (const [offset, text] of old.entries()) {
      const line = wide.lines[at + offset];
      if (line) line.text ??= text;
    }
    made = { ...wide, lines: replaceLines(wide.lines, at, at + old.length, now) };
    shift += now.length - old.length;
  }
  return made;
}

function textOf(hunks: readonly PatchHunk[], without: 'removed' | 'added'): string {
  const lines = hunks.flatMap((hunk) => hunk.lines).filter(({ kind }) => kind !== without);
  return lines.map(({ text }) => `${text}\n`).join('');
}

/** Patch programs look for the old lines around the named place; lines that nobody knows decide only when no others do. */
function placeOf(lines: readonly Line[], start: number, old: readonly string[]): number | undefined {
  const named = fits(lines, start, old);
  const isKnown = named && lines.slice(start, start + old.length).some(({ text }) => text?.trim());
  if (isKnown || old.length === 0) return named ? start : undefined;
  return findParts(lines, [...old, ''])[0]?.at ?? (named ? start : undefined);
}

function fits(lines: readonly Line[], at: number, texts: readonly string[]): boolean {
  return (
    at >= 0 &&
    at + texts.length <= lines.length &&
    texts.every((text, offset) => {
      const line = lines[at + offset];
      return line?.text === undefined || line.text === text;
    })
  );
}
