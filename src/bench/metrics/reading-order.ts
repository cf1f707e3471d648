/** The order in which somebody reads a run who follows a system: its candidates first, then the rest from the start. */
export function readingOrder(ranked: readonly number[], steps: number): number[] {
  const order = new Set(ranked.filter((step) => Number.isInteger(step) && step >= 1 && step <= steps));
  for (let step = 1; step <= steps; step++) order.add(step);
  return [...order];
}

/**
 * Share of the run (0..1) that must be read to find half of the labelled steps, rounded up. `drawn`: candidates come in
 * any order. With m candidates, L of them labelled, the r-th labelled one stands on average at r (m + 1) / (L + 1), the
 * mean of an order statistic drawn without replacement; labelled steps outside of the candidates follow in order.
 * Undefined without labels within the run.
 */
export function shareToHalf(
  ranked: readonly number[],
  labelled: readonly number[],
  steps: number,
  drawn = false,
): number | undefined {
  const truth = new Set(labelled.filter((step) => step >= 1 && step <= steps));
  if (truth.size === 0) return undefined;
  const needed = Math.ceil(truth.size / 2);
  const order = readingOrder(ranked, steps);
  if (drawn) {
    const candidates = new Set(ranked);
    const first = order.filter((step) => candidates.has(step));
    const among = first.filter((step) => truth.has(step)).length;
    if (needed <= among) return (needed * (first.length + 1)) / (among + 1) / steps;
  }
  let found = 0;
  for (const [index, step] of order.entries()) {
    if (truth.has(step)) found++;
    if (found === needed) return (index + 1) / steps;
  }
  return 1;
}

/**
 * Share of the labelled steps found after reading each share of the run, in `parts` equal parts; a part that ends within
 * a step counts the step by its share. `drawn` candidates are found evenly over the part of the run that they fill.
 */
export function foundCurve(
  ranked: readonly number[],
  labelled: readonly number[],
  steps: number,
  parts: number,
  drawn = false,
): number[] | undefined {
  const truth = new Set(labelled.filter((step) => step >= 1 && step <= steps));
  if (truth.size === 0) return undefined;
  const order = readingOrder(ranked, steps);
  const candidates = drawn ? new Set(ranked) : new Set<number>();
  const first = order.filter((step) => candidates.has(step));
  const among = first.filter((step) => truth.has(step)).length;
  const gains = order.map((step, index) =>
    index < first.length ? among / first.length : truth.has(step) ? 1 : 0,
  );
  const found: number[] = [0];
  for (const gain of gains) found.push((found.at(-1) ?? 0) + gain);
  return Array.from({ length: parts + 1 }, (_, part) => {
    const at = (part / parts) * steps;
    const whole = Math.floor(at);
    const low = found[whole] ?? truth.size;
    const high = found[whole + 1] ?? low;
    return (low + (high - low) * (at - whole)) / truth.size;
  });
}
