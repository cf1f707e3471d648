import { scoreSteps } from '../../src/bench/metrics/step-sets.ts';

/** Macro F1 over runs that have labels: the mean of each run's F1. */
export function macroF1(
  pairs: readonly { readonly predicted: readonly number[]; readonly actual: readonly number[] }[],
): number {
  const labelled = pairs.filter(({ actual }) => actual.length > 0);
  const sum = labelled.reduce((all, { predicted, actual }) => all + scoreSteps(predicted, actual).f1, 0);
  return sum / Math.max(1, labelled.length);
}
