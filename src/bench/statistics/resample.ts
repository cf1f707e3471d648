import { createRandom } from './random.ts';

/** Which clusters each resample holds: `picks[r * clusters + i]` is the i-th cluster that resample r drew. */
export interface Resamples {
  readonly clusters: number;
  readonly count: number;
  readonly picks: Uint32Array;
}

/**
 * Draws whole clusters with replacement, as many as there are. Runs of one task stand or fall together, so a resample
 * that drew single runs would make intervals too narrow (the cluster bootstrap; Field and Welsh, 2007).
 */
export function drawResamples(clusters: number, count: number, seed: number): Resamples {
  const random = createRandom(seed);
  const picks = new Uint32Array(clusters * count);
  for (let i = 0; i < picks.length; i++) picks[i] = Math.floor(random() * clusters);
  return { clusters, count, picks };
}

/** Numbers the clusters of cases by their names, in order of first appearance. */
export function numberClusters(names: readonly string[]): {
  readonly of: readonly number[];
  readonly count: number;
} {
  const numbers = new Map<string, number>();
  const of = names.map((name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  });
  return { of, count: numbers.size };
}
