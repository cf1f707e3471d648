import type { Diagnosis } from '../model/diagnosis.ts';
import type { Run } from '../model/run.ts';

/**
 * A diagnosis of a run that is too large to be kept says how much of it it saw. How the run ended was then not seen:
 * unless the outcome is known the verdict is held with half the confidence, at most a low one.
 */
export function sayBasis(diagnosis: Diagnosis, run: Run): Diagnosis {
  if (run.stepCount === undefined) return diagnosis;
  const { verdict } = diagnosis;
  const basis = `judged by the first ${run.steps.length} of ${run.stepCount} steps`;
  const isKnown = run.outcome.kind === 'solved' || run.outcome.kind === 'failed';
  const doubt = isKnown ? {} : ({ value: Math.round(verdict.value * 500) / 1000, band: 'low' } as const);
  return { ...diagnosis, verdict: { ...verdict, ...doubt, why: `${verdict.why}; ${basis}` } };
}
