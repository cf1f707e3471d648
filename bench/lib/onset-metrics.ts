/** Where predictions of the onset fall, over runs that have one. */
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
  const within = (k: number): number =>
    pairs.filter(({ predicted, actual }) => predicted !== undefined && Math.abs(predicted - actual) <= k)
      .length;
  return { exact: within(0), within1: within(1), within2: within(2), within5: within(5), runs: pairs.length };
}

/** Macro F1 over runs that have labels: the mean of each run's F1. */
export function macroF1(
  pairs: readonly { readonly predicted: readonly number[]; readonly actual: readonly number[] }[],
): number {
  const labelled = pairs.filter(({ actual }) => actual.length > 0);
  const sum = labelled.reduce((total, { predicted, actual }) => {
    const truth = new Set(actual);
    const hits = predicted.filter((step) => truth.has(step)).length;
    return total + (hits === 0 ? 0 : (2 * hits) / (predicted.length + actual.length));
  }, 0);
  return labelled.length === 0 ? 0 : sum / labelled.length;
}
