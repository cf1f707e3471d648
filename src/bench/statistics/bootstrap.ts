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
 * The same for a statistic that is no ratio of sums (an area under a curve): `compute` gets the indexes of the cases of
 * each resample, and answers NaN where they allow no value.
 */
export function estimateBy(
  compute: (cases: readonly number[]) => number,
  { of, resamples: { clusters, count, picks } }: Clustered,
  level: number,
): Estimate {
  const members: number[][] = Array.from({ length: clusters }, () => []);
  for (const [index, cluster] of of.entries()) members[cluster]?.push(index);
  const whole = compute(of.map((_, index) => index));
  const value = Number.isNaN(whole) ? undefined : whole;
  if (value === undefined || clusters < 2) return { value };
  const values = new Float64Array(count);
  for (let r = 0; r < count; r++) {
    const cases: number[] = [];
    for (let i = r * clusters; i < (r + 1) * clusters; i++) cases.push(...(members[picks[i] ?? 0] ?? []));
    values[r] = compute(cases);
  }
  const interval = percentileInterval(values, level);
  return interval ? { value, interval } : { value };
}
