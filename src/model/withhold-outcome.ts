import type { Run } from './run.ts';

/**
 * The run without anything that a checker or a harness said about its outcome: signals, checks, failures of the checker
 * itself, and whatever stands not in the agent's own records but in a file beside them that tells results: also a
 * timeout that only such a file names, and the exit status that came with it. For diagnoses that must not know how the
 * run ended.
 */
export function withholdOutcome(run: Run): Run {
  const own = new Set(run.artifacts.filter(({ use }) => use === 'steps').map(({ path }) => path));
  const isOwn = ({ kind, place }: Run['exceptions'][number]): boolean =>
    kind !== 'harness' && own.has(place.artifact);
  const withheld = run.exceptions.filter((exception) => !isOwn(exception));
  const { exitStatus, ...rest } = run;
  const tells = exitStatus === undefined || withheld.some(({ message }) => message.includes(exitStatus));
  return {
    ...rest,
    ...(!tells && { exitStatus }),
    outcome: { kind: 'unknown', signals: [], conflicting: false, checks: [] },
    exceptions: run.exceptions.filter(isOwn),
    diagnostics: run.diagnostics.filter((diagnostic) => diagnostic.code !== 'conflicting-outcome'),
  };
}
