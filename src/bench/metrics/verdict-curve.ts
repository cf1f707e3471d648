/** A judged case: the belief (0..1) that the run failed, and whether it did. */
export interface Judged {
  readonly belief: number;
  readonly failed: boolean;
}

export interface CurvePoint {
  readonly threshold: number;
  /** Share of failed runs whose belief is at or above the threshold. */
  readonly found: number;
  /** Share of solved runs whose belief is. */
  readonly accused: number;
}

/**
 * Found against accused over every threshold that makes a difference, from one above all beliefs down: the receiver
 * operating characteristic. Empty when there are no failed or no solved cases.
 */
export function foundAccusedCurve(judged: readonly Judged[]): CurvePoint[] {
  const failed = judged.filter((one) => one.failed).length;
  const solved = judged.length - failed;
  if (failed === 0 || solved === 0) return [];
  const sorted = judged.toSorted((a, b) => b.belief - a.belief);
  const points: CurvePoint[] = [{ threshold: 1 + Number.EPSILON, found: 0, accused: 0 }];
  let found = 0;
  let accused = 0;
  for (const [index, one] of sorted.entries()) {
    if (one.failed) found++;
    else accused++;
    if (sorted[index + 1]?.belief === one.belief) continue;
    points.push({ threshold: one.belief, found: found / failed, accused: accused / solved });
  }
  return points;
}

/**
 * Area under the curve: the chance that a failed run gets a higher belief than a solved one, ties counted half (Mann and
 * Whitney, 1947; Hanley and McNeil, 1982). Answers for cases that count as often as their weights say, so that resamples
 * need no new sort; NaN where no failed or no solved case counts. An undefined case never counts.
 */
export function areaByWeights(judged: readonly (Judged | undefined)[]): (weights: Float64Array) => number {
  const order = judged
    .flatMap((one, index) => (one ? [{ ...one, index }] : []))
    .toSorted((a, b) => a.belief - b.belief);
  return (weights) => {
    let solvedBelow = 0;
    let failedTotal = 0;
    let wins = 0;
    let tiedFailed = 0;
    let tiedSolved = 0;
    for (const [at, { belief, failed, index }] of order.entries()) {
      const weight = weights[index] ?? 0;
      if (failed) tiedFailed += weight;
      else tiedSolved += weight;
      if (order[at + 1]?.belief === belief) continue;
      wins += tiedFailed * (solvedBelow + tiedSolved / 2);
      solvedBelow += tiedSolved;
      failedTotal += tiedFailed;
      tiedFailed = 0;
      tiedSolved = 0;
    }
    return wins / (failedTotal * solvedBelow);
  };
}

/** The area with every case counted once. */
export function areaUnderCurve(judged: readonly Judged[]): number {
  return areaByWeights(judged)(new Float64Array(judged.length).fill(1));
}
