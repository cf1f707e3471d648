import { expect, it } from 'vitest';
import { mean } from '../statistics/percentile.ts';
import { brierReference, calibrationError, reliabilityTable, squaredError } from './calibration.ts';
import { spreadOf } from './spread.ts';

const JUDGED = [
  ...[0.9, 0.8, 0.5, 0.5, 0.2].map((belief) => ({ belief, failed: true })),
  ...[0.7, 0.5, 0.1].map((belief) => ({ belief, failed: false })),
];

it('scores beliefs by their squared error', () => {
  // 0.01 + 0.04 + 0.25 + 0.25 + 0.64 + 0.49 + 0.25 + 0.01 = 1.94, over 8.
  expect(mean(JUDGED.map(squaredError))).toBeCloseTo(0.2425, 12);
  // 5 of 8 failed: 5/8 x 3/8.
  expect(brierReference(JUDGED)).toBeCloseTo(0.234375, 12);
  expect(brierReference([])).toBeUndefined();
});

it('puts beliefs into bins of equal width, 1 into the last', () => {
  const table = reliabilityTable([...JUDGED, { belief: 1, failed: true }], 4);
  expect(table.map(({ n }) => n)).toEqual([2, 0, 4, 3]);
  expect(table[2]).toMatchObject({ low: 0.5, high: 0.75, failed: 0.5 });
  expect(table[2]?.belief).toBeCloseTo(0.55, 12);
  expect(table[1]).toEqual({ low: 0.25, high: 0.5, n: 0, belief: undefined, failed: undefined });
  // |0.15 - 0.5| x 2 + |0.55 - 0.5| x 4 + |0.9 - 1| x 3, over 9.
  expect(calibrationError(table)).toBeCloseTo((0.7 + 0.2 + 0.3) / 9, 12);
});

it('sums costs up', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, p95: expect.closeTo(3.85, 12), sum: 10 });
  expect(spreadOf([])).toEqual({ sum: 0 });
});
