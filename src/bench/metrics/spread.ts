import type { Spread } from '../score-report.ts';
import { percentile } from '../statistics/percentile.ts';

/** Median, 95th percentile and sum of what answers cost. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const median = percentile(sorted, 0.5);
  const p95 = percentile(sorted, 0.95);
  const sum = sorted.reduce((total, value) => total + value, 0);
  return median === undefined || p95 === undefined ? { sum } : { median, p95, sum };
}
