/** Where a predicted onset falls; chances where the prediction is drawn, else 0 or 1. */
export interface OnsetScore {
  readonly exact: number;
  readonly within1: number;
  readonly within2: number;
  readonly within5: number;
  /** 1 / rank of the labelled step among the candidates; 0 when it is not among them. */
  readonly reciprocalRank: number;
}

export const NO_ONSET: OnsetScore = { exact: 0, within1: 0, within2: 0, within5: 0, reciprocalRank: 0 };

/**
 * The first candidate against the labelled step (`within k`: at most k steps off), and the reciprocal rank of the labelled
 * step over all candidates (Voorhees, 1999). `drawn`: candidates come in any order, all equally likely; every field is
 * the mean over the orders, which for m candidates makes the reciprocal rank (1 + 1/2 + ... + 1/m) / m.
 */
export function scoreOnset(ranked: readonly number[], actual: number, drawn = false): OnsetScore {
  const candidates = [...new Set(ranked)];
  const heads = drawn ? candidates : candidates.slice(0, 1);
  const within = (k: number): number =>
    heads.length === 0 ? 0 : heads.filter((step) => Math.abs(step - actual) <= k).length / heads.length;
  return {
    exact: within(0),
    within1: within(1),
    within2: within(2),
    within5: within(5),
    reciprocalRank: reciprocalRank(candidates, actual, drawn),
  };
}

function reciprocalRank(candidates: readonly number[], actual: number, drawn: boolean): number {
  const index = candidates.indexOf(actual);
  if (index < 0) return 0;
  if (!drawn) return 1 / (index + 1);
  return candidates.reduce((sum, _, i) => sum + 1 / (i + 1), 0) / candidates.length;
}
