import { expect, it } from 'vitest';
import { createRandom } from './random.ts';

it('gives the published sequence of mulberry32', () => {
  // Worked out apart, with integers of any size.
  const one = createRandom(1);
  expect([one(), one(), one()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  const other = createRandom(12345);
  expect([other(), other()]).toEqual([0.9797282677609473, 0.3067522644996643]);
});

it('spreads evenly', () => {
  const random = createRandom(7);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 10_000; i++) {
    const bin = Math.floor(random() * 10);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  // 1,000 each, standard deviation 30.
  expect(Math.min(...counts)).toBeGreaterThan(880);
  expect(Math.max(...counts)).toBeLessThan(1120);
});
