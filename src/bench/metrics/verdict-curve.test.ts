import { expect, it } from 'vitest';
import { areaByWeights, areaUnderCurve, foundAccusedCurve } from './verdict-curve.ts';

const JUDGED = [
  ...[0.9, 0.8, 0.5, 0.5, 0.2].map((belief) => ({ belief, failed: true })),
  ...[0.7, 0.5, 0.1].map((belief) => ({ belief, failed: false })),
];

it('passes through every threshold that makes a difference', () => {
  expect(
    foundAccusedCurve(JUDGED).map(({ threshold, found, accused }) => [threshold, found, accused]),
  ).toEqual([
    [1 + Number.EPSILON, 0, 0],
    [0.9, 0.2, 0],
    [0.8, 0.4, 0],
    [0.7, 0.4, 1 / 3],
    [0.5, 0.8, 2 / 3],
    [0.2, 1, 2 / 3],
    [0.1, 1, 1],
  ]);
});

it('has the area of the pairs that stand right', () => {
  // Of 15 pairs: 0.9 and 0.8 beat all 3; each 0.5 beats one and ties one; 0.2 beats one: 3 + 3 + 1.5 + 1.5 + 1 = 10.
  expect(areaUnderCurve(JUDGED)).toBeCloseTo(10 / 15, 12);
  const points = foundAccusedCurve(JUDGED);
  const trapezoids = points
    .slice(1)
    .map(
      (point, i) =>
        ((point.accused - (points[i]?.accused ?? 0)) * (point.found + (points[i]?.found ?? 0))) / 2,
    );
  expect(trapezoids.reduce((sum, area) => sum + area, 0)).toBeCloseTo(10 / 15, 12);
});

it('counts cases as often as their weights say', () => {
  const weights = [2, 0, 1, 0, 3, 1, 0, 2];
  const repeated = JUDGED.flatMap((one, index) => Array.from({ length: weights[index] ?? 0 }, () => one));
  expect(areaByWeights(JUDGED)(new Float64Array(weights))).toBeCloseTo(areaUnderCurve(repeated), 12);
});

it('needs failed and solved runs', () => {
  expect(areaUnderCurve(JUDGED.slice(0, 5))).toBeNaN();
  expect(foundAccusedCurve(JUDGED.slice(5))).toEqual([]);
});
