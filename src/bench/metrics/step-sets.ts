/** How a predicted set of steps meets a labelled one; a drawn prediction has expected, not whole counts. */
export interface SetScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly hits: number;
  readonly predicted: number;
  readonly labelled: number;
}

/**
 * Precision = hits / predicted, recall = hits / labelled, F1 = 2 hits / (predicted + labelled); each is 0 where its
 * denominator is. Repeated steps count once. `drawn`: the prediction is one step drawn from `predicted`, and every field
 * is the mean over the draws.
 */
export function scoreSteps(
  predicted: readonly number[],
  labelled: readonly number[],
  drawn = false,
): SetScore {
  const guess = new Set(predicted);
  const truth = new Set(labelled);
  const hits = [...guess].filter((step) => truth.has(step)).length;
  if (!drawn) return fromCounts(hits, guess.size, truth.size);
  const chance = guess.size === 0 ? 0 : hits / guess.size;
  const right = fromCounts(Math.min(1, truth.size), 1, truth.size);
  return {
    precision: chance * right.precision,
    recall: chance * right.recall,
    f1: chance * right.f1,
    hits: chance,
    predicted: guess.size === 0 ? 0 : 1,
    labelled: truth.size,
  };
}

function fromCounts(hits: number, predicted: number, labelled: number): SetScore {
  return {
    precision: predicted === 0 ? 0 : hits / predicted,
    recall: labelled === 0 ? 0 : hits / labelled,
    f1: hits === 0 ? 0 : (2 * hits) / (predicted + labelled),
    hits,
    predicted,
    labelled,
  };
}

/** Steps of both lists, each once. */
export function uniteSteps(a: readonly number[], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])];
}
