import { percentile } from './percentile.ts';
import { type Part, ratioOf, resampleRatio, sumClusters } from './ratio.ts';
import type { Resamples } from './resample.ts';

export interface Estimate {
  readonly value: number | undefined;
  readonly interval?: { readonly low: number; readonly high: number };
}

/** Cases by cluster and the resamples of those clusters; one of these serves every figure of the same cases. */
export interface Clustered {
  readonly of: readonly number[];
  readonly resamples: Resamples;
}

/**
 * The percentile interval of resampled values (Efron and Tibshirani, 1993, chapter 13); resamples without a value are
 * left out.
 */
export function percentileInterval(
  values: Float64Array,
  level: number,
): { readonly low: number; readonly high: number } | undefined {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const low = percentile(sorted, (1 - level) / 2);
  const high = percentile(sorted, (1 + level) / 2);
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** A ratio with its interval, clusters resampled; no interval where fewer than two clusters have a case that counts. */
export function estimateRatio(
  parts: readonly (Part | undefined)[],
  { of, resamples }: Clustered,
  level: number,
): Estimate {
  const value = ratioOf(parts);
  const sums = sumClusters(parts, of, resamples.clusters);
  if (value === undefined || sums.filled < 2) return { value };
  const interval = percentileInterval(resampleRatio(sums, resamples), level);
  return interval ? { value, interval } : { value };
}

/**
 * The same for a statistic that is no ratio of sums (an area under a curve): `compute` gets how often each case counts,
 * once in the whole, and answers NaN where that allows no value.
 */
export function estimateBy(
  compute: (weights: Float64Array) => number,
  { of, resamples: { clusters, count, picks } }: Clustered,
  level: number,
): Estimate {
  const weights = new Float64Array(of.length).fill(1);
  const whole = compute(weights);
  const value = Number.isNaN(whole) ? undefined : whole;
  if (value === undefined || clusters < 2) return { value };
  const values = new Float64Array(count);
  const drawn = new Float64Array(clusters);
  for (let r = 0; r < count; r++) {
    drawn.fill(0);
    for (let i = r * clusters; i < (r + 1) * clusters; i++) {
      const cluster = picks[i] ?? 0;
      drawn[cluster] = (drawn[cluster] ?? 0) + 1;
    }
    for (let i = 0; i < of.length; i++) weights[i] = drawn[of[i] ?? 0] ?? 0;
    values[r] = compute(weights);
  }
  const interval = percentileInterval(values, level);
  return interval ? { value, interval } : { value };
}
