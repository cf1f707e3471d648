import type { Resamples } from './resample.ts';

/**
 * A figure as a ratio of two sums over cases: a mean is `value / 1`, a micro F1 is `2 hits / (predicted + labelled)`.
 * Sums add up over clusters, which makes a bootstrap cheap.
 */
export interface Part {
  readonly over: number;
  readonly under: number;
}

/** The ratio of the sums; undefined when nothing counts. */
export function ratioOf(parts: Iterable<Part | undefined>): number | undefined {
  let over = 0;
  let under = 0;
  for (const part of parts) {
    if (!part) continue;
    over += part.over;
    under += part.under;
  }
  return under === 0 ? undefined : over / under;
}

/** Each cluster's two sums. `parts[i]` belongs to cluster `of[i]`; a case without a part adds nothing. */
export function sumClusters(
  parts: readonly (Part | undefined)[],
  of: readonly number[],
  clusters: number,
): { readonly over: Float64Array; readonly under: Float64Array; readonly filled: number } {
  const over = new Float64Array(clusters);
  const under = new Float64Array(clusters);
  const filled = new Set<number>();
  for (const [index, part] of parts.entries()) {
    const cluster = of[index];
    if (!part || cluster === undefined) continue;
    over[cluster] = (over[cluster] ?? 0) + part.over;
    under[cluster] = (under[cluster] ?? 0) + part.under;
    filled.add(cluster);
  }
  return { over, under, filled: filled.size };
}

/** The ratio in each resample; NaN where a resample drew no case that counts. */
export function resampleRatio(
  sums: { readonly over: Float64Array; readonly under: Float64Array },
  { clusters, count, picks }: Resamples,
): Float64Array {
  const ratios = new Float64Array(count);
  for (let r = 0; r < count; r++) {
    let over = 0;
    let under = 0;
    const end = (r + 1) * clusters;
    for (let i = r * clusters; i < end; i++) {
      const cluster = picks[i] ?? 0;
      over += sums.over[cluster] ?? 0;
      under += sums.under[cluster] ?? 0;
    }
    ratios[r] = under === 0 ? Number.NaN : over / under;
  }
  return ratios;
}
