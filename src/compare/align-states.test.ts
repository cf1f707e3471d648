import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignStates } from './align-states.ts';
import type { WorkState } from './work-states.ts';

function statesOf(keys: readonly number[]): WorkState[] {
  return [0, ...keys].map((key) => ({ key, step: undefined, changed: [], sure: true, isTold: true }));
}

function align(a: readonly number[], b: readonly number[]): string {
  return alignStates(statesOf(a), statesOf(b))
    .map((pair) => `${pair.a}-${pair.b}`)
    .join(' ');
}

describe('alignStates', () => {
  it('pairs what both had, in the order of both', () => {
    expect(align([1, 2, 3], [1, 2, 3])).toBe('0-0 1-1 2-2 3-3');
    expect(align([1, 2, 3], [1, 3])).toBe('0-0 1-1 3-2');
    expect(align([1, 2], [3, 4])).toBe('0-0');
    expect(align([1, 2, 3], [3, 1, 2])).toBe('0-0 1-2 2-3');
  });

  it('pairs a state that came back in both time by time', () => {
    expect(align([1, 0, 2], [1, 2])).toBe('0-0 1-1 3-2');
    expect(align([1, 0, 1, 2], [1, 0, 1, 2])).toBe('0-0 1-1 2-2 3-3 4-4');
  });

  it('is a longest chain that rises on both sides', () => {
    const keys = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 9 });
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const pairs = alignStates(statesOf(a), statesOf(b));
        for (const [index, pair] of pairs.entries()) {
          expect([0, ...a][pair.a]).toBe([0, ...b][pair.b]);
          const before = pairs[index - 1];
          if (before) expect(pair.a > before.a && pair.b > before.b).toBe(true);
        }
        expect(pairs.length).toBe(1 + longestCommon(a, b));
      }),
    );
  });
});

/** Length of the longest common subsequence, the slow way. */
function longestCommon(a: readonly number[], b: readonly number[]): number {
  const best = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const row = best[i] ?? [];
      row[j] =
        a[i - 1] === b[j - 1]
          ? (best[i - 1]?.[j - 1] ?? 0) + 1
          : Math.max(best[i - 1]?.[j] ?? 0, row[j - 1] ?? 0);
    }
  return best[a.length]?.[b.length] ?? 0;
}
