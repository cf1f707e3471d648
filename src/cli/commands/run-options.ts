import { loadAnalysis } from '../../app/load-analysis.ts';
import type { Analysis } from '../../query/analysis.ts';
import { openRegistry } from '../../store/extractor-registry.ts';

/** Options of the commands that ask about one run. */
export interface RunOptions {
  readonly json?: boolean;
  readonly out?: string;
  readonly format?: string;
  /** Folder of the registry; false with `--no-extractors`. */
  readonly extractors?: string | false;
  /** False with `--no-outcome`. */
  readonly outcome?: boolean;
}

export function openRun(run: string, { out, format, outcome, extractors }: RunOptions): Promise<Analysis> {
  return loadAnalysis(run, {
    ...(out !== undefined && { out }),
    ...(format !== undefined && { format }),
    ...chooseRegistry(extractors),
    withholdOutcome: outcome === false,
  });
}

/** The registry of learnt extractors that an option names: the user's own unless told, none for false. */
export function chooseRegistry(option: string | false | undefined): { extractors?: string } {
  return option === false ? {} : { extractors: openRegistry(option).folder };
}
