/**
 * Which steps of a run to label, given each one's probability: the most probable ones, as many as make the F1 that can
 * be expected of them largest (labels taken as independent; the expectation of the ratio by the ratio of expectations,
 * as in the plug-in rules for F-measures). One threshold for all runs marks too much in runs with many faults and
 * nothing in those with few. Steps below `floor` are never labelled: a run may have no labels at all.
 */
export function chooseSteps(probabilities: readonly number[], floor: number): boolean[] {
  const order = probabilities.map((_, index) => index);
  order.sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0) || a - b);
  // Expected number of labelled steps, given that there are any.
  const sum = probabilities.reduce((total, p) => total + p, 0);
  const none = probabilities.reduce((product, p) => product * (1 - p), 1);
  const labelled = none < 1 ? sum / (1 - none) : 0;
  const chosen = probabilities.map(() => false);
  let hits = 0;
  let best = { score: 0, count: 0 };
  for (const [rank, index] of order.entries()) {
    hits += probabilities[index] ?? 0;
    const score = (2 * hits) / (rank + 1 + labelled);
    if (score > best.score) best = { score, count: rank + 1 };
  }
  for (const index of order.slice(0, best.count)) chosen[index] = (probabilities[index] ?? 0) >= floor;
  return chosen;
}

/**
 * The label of each step of a run, given the probability of either kind: chosen apart, and where both are, the more
 * probable one. No step is both.
 */
export function chooseLabels(
  incorrect: readonly number[],
  unuseful: readonly number[],
  floors: { readonly incorrect: number; readonly unuseful: number },
): ('incorrect' | 'unuseful' | undefined)[] {
  const wrong = chooseSteps(incorrect, floors.incorrect);
  const idle = chooseSteps(unuseful, floors.unuseful);
  return incorrect.map((p, index) => {
    if (wrong[index] && idle[index]) return p >= (unuseful[index] ?? 0) ? 'incorrect' : 'unuseful';
    if (wrong[index]) return 'incorrect';
    return idle[index] ? 'unuseful' : undefined;
  });
}
