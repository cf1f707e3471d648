import { loadAnalysis } from '../../app/load-analysis.ts';
import type { Analysis } from '../../query/analysis.ts';

/** Options of the commands that ask about one run. */
export interface RunOptions {
  readonly json?: boolean;
  readonly out?: string;
  readonly format?: string;
  /** False with `--no-outcome`. */
  readonly outcome?: boolean;
}

export function openRun(run: string, { out, format, outcome }: RunOptions): Promise<Analysis> {
  return loadAnalysis(run, {
    ...(out !== undefined && { out }),
    ...(format !== undefined && { format }),
    withholdOutcome: outcome === false,
  });
}
