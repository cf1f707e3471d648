import { upperBound } from '../../base/order.ts';

/** Largest table, in cells, that two stretches without an anchor are compared with line by line. */
const LARGEST_TABLE = 200_000;

/**
 * For every line of `after` the index of the line of `before` that it is, -1 for one that is new. Lines that stand once
 * in both anchor the comparison (the longest run of them in the same order); what lies between two anchors is compared
 * line by line where it is small enough, and from both ends where not. Close to linear in the number of lines.
 */
export function matchLines(before: readonly string[], after: readonly string[]): Int32Array {
  const matched = new Int32Array(after.length).fill(-1);
  let fromBefore = 0;
  let fromAfter = 0;
  for (const [old, now] of [...anchors(before, after), [before.length, after.length] as const]) {
    matchStretch(before, after, { fromBefore, toBefore: old, fromAfter, toAfter: now }, matched);
    if (now < after.length) matched[now] = old;
    fromBefore = old + 1;
    fromAfter = now + 1;
  }
  return matched;
}

type Pair = readonly [before: number, after: number];

/** Lines that stand once in both, the longest run of them that keeps its order. */
function anchors(before: readonly string[], after: readonly string[]): Pair[] {
  const once = new Map<string, { old: number; now: number }>();
  for (const [index, line] of before.entries()) {
    const known = once.get(line);
    once.set(line, { old: known ? -1 : index, now: -1 });
  }
  const seen = new Set<string>();
  for (const [index, line] of after.entries()) {
    const known = once.get(line);
    if (known) known.now = seen.has(line) ? -1 : index;
    seen.add(line);
  }
  const pairs: Pair[] = [];
  for (const { old, now } of once.values()) if (old >= 0 && now >= 0) pairs.push([old, now]);
  pairs.sort((a, b) => a[0] - b[0]);
  return longestRising(pairs);
}

/** The longest subsequence whose second numbers rise (patience sorting). */
function longestRising(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, [, now]] of pairs.entries()) {
    const place = upperBound(tails, now, (tail) => pairs[tail]?.[1] ?? 0);
    previous.push(place > 0 ? (tails[place - 1] ?? -1) : -1);
    tails[place] = index;
  }
  const run: Pair[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) run.push(pair);
  }
  return run.reverse();
}

/** Bounds of what lies between two anchors, ends exclusive. */
interface Stretch {
  readonly fromBefore: number;
  readonly toBefore: number;
  readonly fromAfter: number;
  readonly toAfter: number;
}

function matchStretch(
  before: readonly string[],
  after: readonly string[],
  { fromBefore, toBefore, fromAfter, toAfter }: Stretch,
  matched: Int32Array,
): void {
  let [a, b, endA, endB] = [fromBefore, fromAfter, toBefore, toAfter];
  while (a < endA && b < endB && before[a] === after[b]) matched[b++] = a++;
  while (endA > a && endB > b && before[endA - 1] === after[endB - 1]) matched[--endB] = --endA;
  const [rows, columns] = [endA - a, endB - b];
  if (rows === 0 || columns === 0 || rows * columns > LARGEST_TABLE) return;
  // Longest common subsequence; table[i][j] is its length for the rest from row i and column j on.
  const width = columns + 1;
  const table = new Uint16Array((rows + 1) * width);
  const cell = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      table[i * width + j] =
        before[a + i] === after[b + j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (before[a + i] === after[b + j]) matched[b + j++] = a + i++;
    else if (cell(i + 1, j) >= cell(i, j + 1)) i++;
    else j++;
  }
}
