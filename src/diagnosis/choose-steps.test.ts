import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSteps } from './choose-steps.ts';

describe('chooseSteps', () => {
  it('takes the steps whose labels are likely and leaves the rest', () => {
    expect(chooseSteps([0.05, 0.9, 0.1, 0.8], 0.1)).toEqual([false, true, false, true]);
  });

  it('takes many middling steps where nothing is likely, but none below the floor', () => {
    expect(chooseSteps([0.3, 0.3, 0.3], 0.1)).toEqual([true, true, true]);
    expect(chooseSteps([0.3, 0.3, 0.3], 0.4)).toEqual([false, false, false]);
  });

  it('takes none of a run without steps', () => {
    expect(chooseSteps([], 0.1)).toEqual([]);
    expect(chooseSteps([0, 0], 0)).toEqual([false, false]);
  });

  it('never passes over a step for a less probable one', () => {
    const probabilities = fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0, max: 0.5, noNaN: true }), (values, floor) => {
        const chosen = chooseSteps(values, floor);
        const taken = values.filter((_, index) => chosen[index]);
        const left = values.filter((value, index) => !chosen[index] && value >= floor);
        expect(taken.every((value) => value >= floor)).toBe(true);
        expect(Math.min(1, ...taken)).toBeGreaterThanOrEqual(Math.max(0, ...left));
      }),
    );
  });
});
