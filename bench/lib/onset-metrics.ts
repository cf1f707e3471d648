import { scoreOnset } from '../../src/bench/metrics/onset.ts';
import { scoreSteps } from '../../src/bench/metrics/step-sets.ts';
import { mean } from '../../src/bench/statistics/percentile.ts';

/** How many predictions of the onset fall where, over runs that have one. */
export interface OnsetScore {
  readonly exact: number;
  readonly within1: number;
  readonly within2: number;
  readonly within5: number;
  readonly runs: number;
}

export function scoreOnsets(
  pairs: readonly { readonly predicted: number | undefined; readonly actual: number }[],
): OnsetScore {
  const scores = pairs.map(({ predicted, actual }) =>
    scoreOnset(predicted === undefined ? [] : [predicted], actual),
  );
  const sum = (field: 'exact' | 'within1' | 'within2' | 'within5'): number =>
    scores.reduce((total, score) => total + score[field], 0);
  return {
    exact: sum('exact'),
    within1: sum('within1'),
    within2: sum('within2'),
    within5: sum('within5'),
    runs: pairs.length,
  };
}

/** Macro F1 over runs that have labels: the mean of each run's F1. */
export function macroF1(
  pairs: readonly { readonly predicted: readonly number[]; readonly actual: readonly number[] }[],
): number {
  const labelled = pairs.filter(({ actual }) => actual.length > 0);
  return mean(labelled.map(({ predicted, actual }) => scoreSteps(predicted, actual).f1)) ?? 0;
}
