/** How two readings label the same steps: both, only one, none. */
export interface Crossing {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/** Crosses two sets of labelled steps of a run with steps 1..`steps`; labels outside of it do not count. */
export function crossSteps(first: readonly number[], second: readonly number[], steps: number): Crossing {
  const inside = (step: number): boolean => Number.isInteger(step) && step >= 1 && step <= steps;
  const a = new Set(first.filter(inside));
  const b = new Set(second.filter(inside));
  const both = [...a].filter((step) => b.has(step)).length;
  return {
    both,
    onlyFirst: a.size - both,
    onlySecond: b.size - both,
    neither: steps - a.size - b.size + both,
  };
}

export function addCrossings(crossings: readonly Crossing[]): Crossing {
  return crossings.reduce(
    (sum, one) => ({
      both: sum.both + one.both,
      onlyFirst: sum.onlyFirst + one.onlyFirst,
      onlySecond: sum.onlySecond + one.onlySecond,
      neither: sum.neither + one.neither,
    }),
    { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 },
  );
}

/**
 * Cohen's kappa (1960): (observed - expected) / (1 - expected) agreement, where expected is that of two readers who label
 * independently, each as often as here. 1: equal; 0: as by chance. Undefined where both readers label every step, or
 * both none, for chance agrees wholly then.
 */
export function cohensKappa({ both, onlyFirst, onlySecond, neither }: Crossing): number | undefined {
  const n = both + onlyFirst + onlySecond + neither;
  if (n === 0) return undefined;
  const observed = (both + neither) / n;
  const first = (both + onlyFirst) / n;
  const second = (both + onlySecond) / n;
  const expected = first * second + (1 - first) * (1 - second);
  return expected === 1 ? undefined : (observed - expected) / (1 - expected);
}
