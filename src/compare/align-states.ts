import type { WorkState } from './work-states.ts';

/** Indices of a state that both lists hold. */
export interface StatePair {
  readonly a: number;
  readonly b: number;
}

/**
 * States that both runs had, in the order of both: the longest chain of pairs that goes forward in each list
 * (patience sorting, n log n). The states before the runs are the first pair. Of a state that came back, the first time
 * in one run goes with the first time in the other, the second with the second.
 */
export function alignStates(a: readonly WorkState[], b: readonly WorkState[]): StatePair[] {
  const inB = new Map<number, number[]>();
  for (const [index, state] of b.entries()) {
    const times = inB.get(state.key);
    if (times) times.push(index);
    else inB.set(state.key, [index]);
  }
  const seen = new Map<number, number>();
  const pairs: StatePair[] = [];
  for (const [index, state] of a.entries()) {
    const time = seen.get(state.key) ?? 0;
    seen.set(state.key, time + 1);
    const other = inB.get(state.key)?.[time];
    if (other !== undefined) pairs.push({ a: index, b: other });
  }
  return longestRising(pairs);
}

/** The longest part of a list, rising in `a` already, that rises in `b` too. */
function longestRising(pairs: readonly StatePair[]): StatePair[] {
  /** For each length the index of the pair that ends a chain so long and has the smallest `b`. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[ends[middle] ?? -1]?.b ?? 0) < pair.b) low = middle + 1;
      else high = middle;
    }
    before.push(low > 0 ? ends[low - 1] : undefined);
    ends[low] = index;
  }
  const chain: StatePair[] = [];
  for (let at = ends.at(-1); at !== undefined; at = before[at]) {
    const pair = pairs[at];
    if (pair) chain.push(pair);
  }
  return chain.reverse();
}
