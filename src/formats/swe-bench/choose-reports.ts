import type { ReportFile } from './find-reports.ts';
import { bestFit, isSameModel } from './match-run.ts';

export interface Chosen {
  readonly reports: readonly ReportFile[];
  /** Names of several graded runs of which none is named like the run: nothing was taken from them. */
  readonly ambiguous: readonly string[];
}

/** What is known of the run whose reports are looked for. */
export interface OwnNames {
  readonly folders: readonly string[];
  readonly siblings: readonly string[];
  readonly model: string | undefined;
}

/**
 * Several runs over the same tasks are graded side by side. The reports without a run's name and those of the run whose
 * name fits best are this run's; where no name fits, the only graded run that can be meant is taken, and of several none.
 */
export function chooseReports(found: readonly ReportFile[], own: OwnNames): Chosen {
  const nearest = Math.min(...found.filter(isUnnamed).map(({ level }) => level));
  // A report far above may be of other runs; the nearest ones stand in this run's own tree.
  const unnamed = found.filter((report) => isUnnamed(report) && report.level === nearest);
  const named = found
    .filter((report) => !isUnnamed(report))
    .map((report) => ({ report, fit: bestFit(report.runNames, own.folders) }));
  const best = Math.max(0, ...named.map(({ fit }) => fit));
  if (best > 0) {
    const fitting = named.filter(({ fit }) => fit === best).map(({ report }) => report);
    return { reports: [...unnamed, ...fitting], ambiguous: [] };
  }
  const possible = named
    .map(({ report }) => report)
    .filter(({ model }) => isSameModel(model, own.model))
    .filter(({ runNames }) => bestFit(runNames, own.siblings) < 2);
  const runs = new Set(possible.map(({ runNames }) => runNames.at(-1) ?? ''));
  if (runs.size > 1 && unnamed.length === 0) return { reports: [], ambiguous: [...runs].sort() };
  return { reports: runs.size === 1 && unnamed.length === 0 ? possible : unnamed, ambiguous: [] };
}

function isUnnamed({ runNames }: ReportFile): boolean {
  return runNames.length === 0;
}
