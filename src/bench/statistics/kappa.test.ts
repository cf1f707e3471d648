import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addCrossings, cohensKappa, crossSteps } from './kappa.ts';

it('gives the textbook value', () => {
  // 35 of 50 agree; the readers say yes 25 and 30 times of 50: expected 0.5 x 0.6 + 0.5 x 0.4 = 0.5; (0.7 - 0.5) / 0.5.
  expect(cohensKappa({ both: 20, onlyFirst: 5, onlySecond: 10, neither: 15 })).toBeCloseTo(0.4, 12);
});

it('is below 0 for readers that avoid each other', () => {
  // Observed 0, expected 0.5 x 0.5 + 0.5 x 0.5.
  expect(cohensKappa(crossSteps([1, 2], [3, 4], 4))).toBe(-1);
});

it('crosses steps within the run, each once, and adds up', () => {
  const one = crossSteps([2, 2, 3, 9], [3, 4, 0], 5);
  expect(one).toEqual({ both: 1, onlyFirst: 1, onlySecond: 1, neither: 2 });
  expect(addCrossings([one, one])).toEqual({ both: 2, onlyFirst: 2, onlySecond: 2, neither: 4 });
});

it('is undefined where chance agrees wholly', () => {
  expect(cohensKappa(crossSteps([], [], 5))).toBeUndefined();
  expect(cohensKappa(crossSteps([1, 2], [1, 2], 2))).toBeUndefined();
  expect(cohensKappa(crossSteps([], [], 0))).toBeUndefined();
});

it('is 1 for equal readings, the same both ways, and never above 1', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 11 });
  fc.assert(
    fc.property(steps, steps, (a, b) => {
      const same = cohensKappa(crossSteps(a, a, 12));
      if (same !== undefined) expect(same).toBeCloseTo(1, 12);
      const forth = cohensKappa(crossSteps(a, b, 12));
      const back = cohensKappa(crossSteps(b, a, 12));
      if (forth === undefined || back === undefined) return;
      expect(forth).toBeCloseTo(back, 12);
      expect(forth).toBeLessThanOrEqual(1 + 1e-12);
    }),
    { seed: 5 },
  );
});
