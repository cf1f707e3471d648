import { expect, it } from 'vitest';
import { pairedDifference } from './paired-bootstrap.ts';
import type { Part } from './ratio.ts';
import { drawResamples } from './resample.ts';

const shares = (values: readonly number[]): Part[] => values.map((over) => ({ over, under: 1 }));
const single = (n: number) => ({
  of: Array.from({ length: n }, (_, index) => index),
  resamples: drawResamples(n, 2000, 1),
});

it('finds no difference of a system with itself', () => {
  const values = shares([1, 0, 0, 1, 1]);
  const same = pairedDifference(values, values, single(5), 0.95);
  expect(same).toEqual({ a: 0.6, b: 0.6, difference: 0, interval: { low: 0, high: 0 }, p: 1 });
});

it('has the smallest p-value where every resample differs, and the sign of the first minus the second', () => {
  // Every resample gives -1: 2 x (0 + 1) / (2000 + 1).
  const worse = pairedDifference(shares([0, 0, 0]), shares([1, 1, 1]), single(3), 0.95);
  expect(worse).toMatchObject({ difference: -1, interval: { low: -1, high: -1 } });
  expect(worse.p).toBeCloseTo(2 / 2001, 12);
});

it('is the mirror image with the systems swapped', () => {
  const a = shares([1, 1, 0, 1, 0, 1, 1, 0]);
  const b = shares([0, 1, 0, 0, 1, 1, 0, 0]);
  const forth = pairedDifference(a, b, single(8), 0.95);
  const back = pairedDifference(b, a, single(8), 0.95);
  expect(back.difference).toBeCloseTo(-(forth.difference ?? Number.NaN), 12);
  expect(back.interval?.low).toBeCloseTo(-(forth.interval?.high ?? Number.NaN), 9);
  expect(back.p).toBe(forth.p);
});

it('is narrower than what two independent intervals would say, for what is hard is hard for both', () => {
  // The second is right on one case less; on the other 49 they agree, whatever that case is worth.
  const a = shares(Array.from({ length: 50 }, (_, i) => i % 2));
  const b = shares(Array.from({ length: 50 }, (_, i) => (i === 1 ? 0 : i % 2)));
  const { interval } = pairedDifference(a, b, single(50), 0.95);
  // The case is drawn k times of 50, k nearly Poisson(1): 97.5% of the draws have k <= 3.
  expect(interval).toEqual({ low: 0, high: expect.closeTo(3 / 50, 9) });
});

it('says nothing where one system has no value', () => {
  expect(pairedDifference([undefined], shares([1]), single(1), 0.95)).toEqual({
    a: undefined,
    b: 1,
    difference: undefined,
  });
});
