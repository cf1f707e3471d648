import type { CaseLabels, Prediction } from '../bench-case.ts';
import { beliefOf } from '../score-case.ts';
import type { VerdictReport } from '../score-report.ts';
import { mean } from '../statistics/percentile.ts';
import { brierReference, calibrationError, reliabilityTable, squaredError } from './calibration.ts';
import { areaUnderCurve, foundAccusedCurve, type Judged } from './verdict-curve.ts';

/** Everything about one system's verdicts over the cases whose outcome is known. */
export function reportVerdicts(
  system: string,
  cases: readonly { readonly labels: CaseLabels; readonly prediction: Prediction | undefined }[],
  bins: number,
): VerdictReport {
  const known = cases.filter(({ labels }) => labels.solved !== undefined);
  const failed = known.filter(({ labels }) => labels.solved === false);
  const solved = known.filter(({ labels }) => labels.solved === true);
  const judged = known.map(
    ({ labels, prediction }): Judged => ({
      belief: beliefOf(labels, prediction),
      failed: labels.solved === false,
    }),
  );
  const table = reliabilityTable(judged, bins);
  const area = areaUnderCurve(judged);
  const kinds = { failed: countKinds(failed), solved: countKinds(solved) };
  const accused = (kinds.solved['decisive-failure'] ?? 0) + (kinds.solved.missing ?? 0);
  return {
    system,
    failed: failed.length,
    solved: solved.length,
    kinds,
    ...(failed.length > 0 &&
      solved.length > 0 && {
        point: {
          found: (kinds.failed['decisive-failure'] ?? 0) / failed.length,
          accused: accused / solved.length,
        },
      }),
    curve: foundAccusedCurve(judged),
    ...(!Number.isNaN(area) && { area }),
    brier: mean(judged.map(squaredError)),
    brierReference: brierReference(judged),
    calibrationError: calibrationError(table),
    reliability: table,
  };
}

function countKinds(
  cases: readonly { readonly prediction: Prediction | undefined }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { prediction } of cases) {
    const kind = prediction?.verdict?.kind ?? 'missing';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
