import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearScale, roundDomain, ticksOf } from './scale.ts';

describe('linearScale', () => {
  it('maps the ends of the domain to the ends of the range and keeps values inside', () => {
    const scale = linearScale([0, 4], [100, 20]);
    expect([0, 1, 4, -3, 9].map(scale.at)).toEqual([100, 80, 20, 100, 20]);
  });
  it('puts a domain without width into the middle', () => {
    expect(linearScale([2, 2], [0, 10]).at(2)).toBe(5);
  });
});

describe('ticksOf', () => {
  it('gives round numbers inside of the domain', () => {
    expect(ticksOf([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksOf([-0.3, 0.3], 6)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
    expect(ticksOf([0, 0], 5)).toEqual([0]);
    expect(ticksOf([Number.NaN, 1], 5)).toEqual([]);
  });
  it('gives a handful for whatever domain', () => {
    const ends = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(ends, ([low, size]) => {
        const ticks = ticksOf([low, low + size], 5);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks).toEqual(ticks.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('roundDomain', () => {
  it('holds every value between round ends', () => {
    expect(roundDomain([0, 1, 157])).toEqual([0, 200]);
    expect(roundDomain([-0.18, 0.23])).toEqual([-0.2, 0.4]);
    expect(roundDomain([])).toEqual([0, 1]);
    expect(roundDomain([Number.NaN, Number.POSITIVE_INFINITY])).toEqual([0, 1]);
  });
  it('gives equal values some room', () => {
    const [low, high] = roundDomain([5, 5]);
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(5);
  });
});
