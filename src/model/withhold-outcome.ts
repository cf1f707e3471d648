import type { Run } from './run.ts';

/**
 * The run without anything that a checker or a harness said about its outcome: signals, checks, and failures of the
 * checker itself. For diagnoses that must not know how the run ended.
 */
export function withholdOutcome(run: Run): Run {
  return {
    ...run,
    outcome: { kind: 'unknown', signals: [], conflicting: false, checks: [] },
    exceptions: run.exceptions.filter((exception) => exception.kind !== 'harness'),
    diagnostics: run.diagnostics.filter((diagnostic) => diagnostic.code !== 'conflicting-outcome'),
  };
}
