import { describe, expect, it } from 'vitest';
import { foundCurve, readingOrder, shareToHalf } from './reading-order.ts';

describe('readingOrder', () => {
  it('takes candidates within the run first, then the rest in order', () => {
    expect(readingOrder([4, 9, 2, 4], 5)).toEqual([4, 2, 1, 3, 5]);
  });
});

describe('shareToHalf', () => {
  it('counts what is read until half of the labels, rounded up, are found', () => {
    // Order 4 2 1 3 5: the second of the labels 3, 4 and 5 is the fourth step read.
    expect(shareToHalf([4, 2], [3, 4, 5], 5)).toBe(4 / 5);
    expect(shareToHalf([4, 2], [4], 5)).toBe(1 / 5);
    expect(shareToHalf([], [1, 10], 10)).toBe(1 / 10);
  });

  it('knows nothing without labels within the run', () => {
    expect([shareToHalf([1], [], 5), shareToHalf([1], [6], 5)]).toEqual([undefined, undefined]);
  });

  it('takes the mean place of drawn candidates', () => {
    // Over all orders of five steps the first of two labels stands at 2, the second at 4 on average.
    const all = [1, 2, 3, 4, 5];
    expect(shareToHalf(all, [2, 4], 5, true)).toBeCloseTo(2 / 5, 12);
    expect(shareToHalf(all, [2, 4, 5], 5, true)).toBeCloseTo((2 * 6) / 4 / 5, 12);
  });
});

describe('foundCurve', () => {
  it('rises from nothing to everything as the order finds labels', () => {
    // Order 4 2 1 3; labels 4 and 3 are found by the first and the last step.
    expect(foundCurve([4, 2], [3, 4], 4, 4)).toEqual([0, 0.5, 0.5, 0.5, 1]);
    expect(foundCurve([4, 2], [3, 4], 4, 2)).toEqual([0, 0.5, 1]);
    // Half of a step counts half.
    expect(foundCurve([1], [1], 1, 2)).toEqual([0, 0.5, 1]);
  });

  it('is the diagonal for a draw from the whole run', () => {
    const curve = foundCurve([1, 2, 3, 4], [2], 4, 4, true);
    expect(curve).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});
