import { expect, it } from 'vitest';
import { type OnsetScore, scoreOnset } from './onset.ts';

it('measures the first candidate, and the rank of the right one', () => {
  expect(scoreOnset([7, 4, 5], 5)).toEqual({
    exact: 0,
    within1: 0,
    within2: 1,
    within5: 1,
    reciprocalRank: 1 / 3,
  });
  expect(scoreOnset([5], 5)).toEqual({ exact: 1, within1: 1, within2: 1, within5: 1, reciprocalRank: 1 });
});

it('ranks a repeated candidate once, and finds nothing without any', () => {
  expect(scoreOnset([7, 7, 5], 5).reciprocalRank).toBe(1 / 2);
  expect(scoreOnset([], 5)).toEqual({ exact: 0, within1: 0, within2: 0, within5: 0, reciprocalRank: 0 });
});

it('takes the mean over all orders of drawn candidates', () => {
  const orders = permutations([1, 2, 3, 4]);
  expect(orders).toHaveLength(24);
  for (const actual of [1, 3, 9]) {
    const drawn = scoreOnset([1, 2, 3, 4], actual, true);
    const each = orders.map((order) => scoreOnset(order, actual));
    for (const field of Object.keys(drawn) as (keyof OnsetScore)[]) {
      expect(drawn[field]).toBeCloseTo(each.reduce((sum, one) => sum + one[field], 0) / 24, 12);
    }
  }
});

function permutations(items: readonly number[]): number[][] {
  let orders: number[][] = [[]];
  for (const item of items) {
    orders = orders.flatMap((order) =>
      Array.from({ length: order.length + 1 }, (_, at) => [...order.slice(0, at), item, ...order.slice(at)]),
    );
  }
  return orders;
}
