import { expect, it } from 'vitest';
import { testMcNemar } from './mcnemar.ts';

it('is exact for few cases that differ', () => {
  // 2 (1 + 13 + 78 + 286) / 2^13.
  const few = testMcNemar(3, 10);
  expect(few.method).toBe('exact');
  expect(few.p).toBeCloseTo(756 / 8192, 14);
  expect(testMcNemar(10, 3)).toEqual(few);
  // 2 / 2^6.
  expect(testMcNemar(0, 6).p).toBeCloseTo(1 / 32, 14);
});

it('finds nothing where nothing differs, or as much on either side', () => {
  expect([testMcNemar(0, 0).p, testMcNemar(4, 4).p, testMcNemar(300, 300).p]).toEqual([1, 1, 1]);
});

it('is chi-squared with continuity correction for many', () => {
  // (40 - 1)^2 / 120 = 12.675 and (4 - 1)^2 / 104; the tails are those of Python's math.erfc.
  const many = testMcNemar(80, 40);
  expect(many.method).toBe('chi-squared');
  expect(many.p).toBeCloseTo(0.00037057721471458696, 14);
  expect(testMcNemar(50, 54).p).toBeCloseTo(0.7686247922021465, 12);
});

it('passes from one method to the other without a leap', () => {
  const last = testMcNemar(60, 40).p;
  const next = testMcNemar(60, 41).p;
  expect(Math.abs(last - next)).toBeLessThan(0.02);
});
