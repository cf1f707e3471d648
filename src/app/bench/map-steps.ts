import type { Prediction } from '../../bench/bench-case.ts';

/**
 * A prediction in the numbering of the labels. `steps[i]` is the run's step for the label's step `i + 1`, `null` where there is none. Steps that the
 * labels do not count say nothing that could be right or wrong: they are left out.
 */
export function mapToLabels(prediction: Prediction, steps: readonly (number | null)[]): Prediction {
  const labelOf = new Map(steps.map((step, index) => [step, index + 1] as const));
  const mapAll = (list: readonly number[]): number[] => list.flatMap((step) => labelOf.get(step) ?? []);
  return {
    ...prediction,
    steps: steps.length,
    onset: prediction.onset.flatMap(({ step, share }) => {
      const label = labelOf.get(step);
      return label === undefined ? [] : [{ step: label, share }];
    }),
    incorrect: mapAll(prediction.incorrect),
    unuseful: mapAll(prediction.unuseful),
  };
}
