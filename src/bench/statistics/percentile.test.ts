import { expect, it } from 'vitest';
import { mean, percentile } from './percentile.ts';

it('interpolates between neighbours as numpy does', () => {
  const values = [15, 20, 35, 40, 50];
  // numpy.quantile gives 29, 16, 48 and 15.5.
  expect([0.4, 0.05, 0.95, 0.025].map((share) => percentile(values, share))).toEqual([29, 16, 48, 15.5]);
  expect([percentile(values, 0), percentile(values, 1), percentile([3], 0.7)]).toEqual([15, 50, 3]);
});

it('knows nothing of no values', () => {
  expect([percentile([], 0.5), mean([])]).toEqual([undefined, undefined]);
  expect(mean([1, 2, 6])).toBe(3);
});
