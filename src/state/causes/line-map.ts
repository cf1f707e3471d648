import { matchLines } from './match-lines.ts';

/** Where a line came from: its index in the text before; `moved` when it stood elsewhere and was put here. */
export interface LineBefore {
  readonly index: number;
  readonly moved: boolean;
}

/** A line shorter than this (a brace, `pass`) says nothing of where it came from when it turns up elsewhere. */
const TELLING = 8;

/**
 * Maps lines (from 0) of a text back to the text before it. What both share at their starts and ends is never split into
 * lines, so that a small edit of a long file is mapped in one look at its characters.
 */
export class LineMap {
  private readonly before: string;
  private readonly after: string;
  /** Whole lines that both share at the start. */
  private readonly head: number;
  /** Offsets of the parts that differ: whole lines. */
  private readonly from: number;
  private readonly toBefore: number;
  private readonly toAfter: number;
  private middlePart: Middle | undefined;

  constructor(before: string, after: string) {
    this.before = before;
    this.after = after;
    const shorter = Math.min(before.length, after.length);
    let same = 0;
    while (same < shorter && before.charCodeAt(same) === after.charCodeAt(same)) same++;
    this.from = before.lastIndexOf('\n', same - 1) + 1;
    if (same === 0) this.from = 0;
    this.head = countNewlines(before, 0, this.from);
    let [endBefore, endAfter] = [before.length, after.length];
    while (
      endBefore > this.from &&
      endAfter > this.from &&
      before.charCodeAt(endBefore - 1) === after.charCodeAt(endAfter - 1)
    ) {
      endBefore--;
      endAfter--;
    }
    // The shared end begins where a line begins in both texts.
    const begins = startsLine(before, endBefore) && startsLine(after, endAfter);
    const newline = begins ? endAfter - 1 : after.indexOf('\n', endAfter);
    const shared = newline < 0 && !begins ? 0 : after.length - newline - 1;
    this.toBefore = before.length - shared;
    this.toAfter = after.length - shared;
  }

  /** Line (from 0) of the text before; undefined for a line that the text after brought in, or that it does not have. */
  back(line: number): LineBefore | undefined {
    if (line < this.head) return { index: line, moved: false };
    const { matched, moved, linesBefore, linesAfter } = this.middle;
    const inside = line - this.head;
    if (inside >= linesAfter) return { index: line - linesAfter + linesBefore, moved: false };
    const own = matched[inside] ?? -1;
    if (own >= 0) return { index: this.head + own, moved: false };
    const origin = moved.get(inside);
    return origin === undefined ? undefined : { index: this.head + origin, moved: true };
  }

  private get middle(): Middle {
    this.middlePart ??= compareMiddles(
      linesOf(this.before.slice(this.from, this.toBefore), this.toBefore < this.before.length),
      linesOf(this.after.slice(this.from, this.toAfter), this.toAfter < this.after.length),
    );
    return this.middlePart;
  }
}

interface Middle {
  readonly matched: Int32Array;
  /** New place to old place, of lines that were taken away in one place and put in at another. */
  readonly moved: ReadonlyMap<number, number>;
  readonly linesBefore: number;
  readonly linesAfter: number;
}

function compareMiddles(before: readonly string[], after: readonly string[]): Middle {
  const matched = matchLines(before, after);
  const kept = new Set(matched);
  const gone = new Map<string, number>();
  for (const [index, line] of before.entries()) {
    if (kept.has(index) || line.trim().length < TELLING) continue;
    gone.set(line, gone.has(line) ? -1 : index);
  }
  const moved = new Map<number, number>();
  const taken = new Map<number, number>();
  for (const [index, line] of after.entries()) {
    const origin = matched[index] === -1 ? gone.get(line) : undefined;
    if (origin === undefined || origin < 0) continue;
    const other = taken.get(origin);
    // Put in twice: neither can be told to be the one that was taken away.
    if (other === undefined) moved.set(index, origin);
    else moved.delete(other);
    taken.set(origin, index);
  }
  return { matched, moved, linesBefore: before.length, linesAfter: after.length };
}

/** Lines of a part of a text; a part that goes on behind its last newline has no empty line there. */
function linesOf(part: string, goesOn: boolean): string[] {
  const lines = part.split('\n');
  if (goesOn && lines.at(-1) === '') lines.pop();
  return part === '' && goesOn ? [] : lines;
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) === 10;
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
