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
 * Area under the curve by trapezoids: the chance that a failed run gets a higher belief than a solved one, ties counted
 * half (Mann and Whitney, 1947; Hanley and McNeil, 1982). NaN without failed or solved cases.
 */
export function areaUnderCurve(judged: readonly Judged[]): number {
  const points = foundAccusedCurve(judged);
  if (points.length === 0) return Number.NaN;
  let area = 0;
  let before = { found: 0, accused: 0 };
  for (const point of points) {
    area += ((point.accused - before.accused) * (point.found + before.found)) / 2;
    before = point;
  }
  return area;
}
