import { type Clustered, percentileInterval } from './bootstrap.ts';
import { type Part, ratioOf, resampleRatio, sumClusters } from './ratio.ts';

export interface Difference {
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly difference: number | undefined;
  readonly interval?: { readonly low: number; readonly high: number };
  readonly p?: number;
}

/**
 * The difference of one figure of two systems on the same cases. Both are worked out on the same resamples, so what is
 * hard about a task cancels out. The p-value is two-sided: twice the smaller share of resamples on either side of zero,
 * zeros on both, with one added to counts and resamples (Davison and Hinkley, 1997, section 4.2), so it is never 0; of
 * equal systems it is 1. A resample without a value for either system is left out.
 */
export function pairedDifference(
  a: readonly (Part | undefined)[],
  b: readonly (Part | undefined)[],
  { of, resamples }: Clustered,
  level: number,
): Difference {
  const valueA = ratioOf(a);
  const valueB = ratioOf(b);
  if (valueA === undefined || valueB === undefined) return { a: valueA, b: valueB, difference: undefined };
  const point = { a: valueA, b: valueB, difference: valueA - valueB };
  const sumsA = sumClusters(a, of, resamples.clusters);
  const sumsB = sumClusters(b, of, resamples.clusters);
  if (Math.min(sumsA.filled, sumsB.filled) < 2) return point;
  const ratiosB = resampleRatio(sumsB, resamples);
  const differences = resampleRatio(sumsA, resamples)
    .map((ratio, r) => ratio - (ratiosB[r] ?? Number.NaN))
    .filter((difference) => !Number.isNaN(difference));
  const interval = percentileInterval(differences, level);
  return interval ? { ...point, interval, p: twoSided(differences) } : point;
}

function twoSided(differences: Float64Array): number {
  let below = 0;
  let above = 0;
  for (const difference of differences) {
    if (difference <= 0) below++;
    if (difference >= 0) above++;
  }
  return Math.min(1, (2 * (Math.min(below, above) + 1)) / (differences.length + 1));
}
