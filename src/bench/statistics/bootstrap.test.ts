import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clustered, estimateBy, estimateRatio } from './bootstrap.ts';
import type { Part } from './ratio.ts';
import { drawResamples, numberClusters } from './resample.ts';

function clustered(names: readonly string[], count = 2000): Clustered {
  const { of, count: clusters } = numberClusters(names);
  return { of, resamples: drawResamples(clusters, count, 1) };
}

const shares = (values: readonly number[]): Part[] => values.map((over) => ({ over, under: 1 }));

describe('estimateRatio', () => {
  it('has the width that theory gives where every case is a cluster of its own', () => {
    // 30 of 100: standard error sqrt(0.3 x 0.7 / 100) = 0.0458, so 0.3 -+ 1.96 x 0.0458 = 0.210 .. 0.390.
    const values = Array.from({ length: 100 }, (_, index) => (index < 30 ? 1 : 0));
    const { value, interval } = estimateRatio(shares(values), clustered(values.map((_, i) => `${i}`)), 0.95);
    expect(value).toBeCloseTo(0.3, 12);
    expect(interval?.low).toBeCloseTo(0.21, 1);
    expect(Math.abs((interval?.high ?? 0) - 0.39)).toBeLessThan(0.015);
  });

  it('is wider where runs of a task stand or fall together', () => {
    // The same 30 of 100 in ten tasks of ten equal runs: the mean of ten draws is a tenth of a binomial(10, 0.3), of which
    // P(0) = 0.028, P(<= 1) = 0.149, P(<= 5) = 0.953 and P(<= 6) = 0.989.
    const values = Array.from({ length: 100 }, (_, index) => (index < 30 ? 1 : 0));
    const tasks = values.map((_, index) => `task ${Math.floor(index / 10)}`);
    const wide = estimateRatio(shares(values), clustered(tasks), 0.95);
    expect(wide.interval?.high).toBeCloseTo(0.6, 12);
    expect(wide.interval?.low).toBe(0);
    expect(estimateRatio(shares(values), clustered(tasks), 0.9).interval?.low).toBeCloseTo(0.1, 12);
  });

  it('weighs cases by their denominators, and gives no interval for a single cluster', () => {
    // (2 + 1) / (4 + 1), not the mean of 1/2 and 1.
    const parts = [{ over: 2, under: 4 }, { over: 1, under: 1 }, undefined];
    expect(estimateRatio(parts, clustered(['a', 'b', 'c']), 0.95).value).toBeCloseTo(0.6, 12);
    expect(estimateRatio(parts, clustered(['a', 'a', 'c']), 0.95)).toEqual({ value: 0.6 });
    expect(estimateRatio([undefined], clustered(['a']), 0.95)).toEqual({ value: undefined });
  });

  it('stays within the range of its values, holds the value in most cases, and repeats itself', () => {
    const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 12 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(cases, (items) => {
        const parts = shares(items.map(([value]) => value));
        const groups = clustered(
          items.map(([, task]) => `${task}`),
          200,
        );
        const { value = Number.NaN, interval } = estimateRatio(parts, groups, 0.95);
        if (!interval) return;
        expect(interval.low).toBeLessThanOrEqual(interval.high);
        expect(interval.low).toBeGreaterThanOrEqual(Math.min(...items.map(([v]) => v)) - 1e-9);
        expect(interval.high).toBeLessThanOrEqual(Math.max(...items.map(([v]) => v)) + 1e-9);
        expect(interval.low - 1e-9 <= value && value <= interval.high + 1e-9).toBe(true);
        expect(estimateRatio(parts, groups, 0.95)).toEqual({ value, interval });
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe('estimateBy', () => {
  it('agrees with the ratio of sums for a mean', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const groups = clustered(['a', 'b', 'a', 'c', 'd', 'b', 'e', 'e']);
    const weighted = (weights: Float64Array): number => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) / total;
    };
    const byRatio = estimateRatio(shares(values), groups, 0.9);
    const byWeights = estimateBy(weighted, groups, 0.9);
    expect(byWeights.value).toBeCloseTo(byRatio.value ?? Number.NaN, 12);
    expect(byWeights.interval?.low).toBeCloseTo(byRatio.interval?.low ?? Number.NaN, 12);
    expect(byWeights.interval?.high).toBeCloseTo(byRatio.interval?.high ?? Number.NaN, 12);
  });
});
