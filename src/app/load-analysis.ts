import { stat } from 'node:fs/promises';
import { CodetracerError } from '../base/error.ts';
import type { Run } from '../model/run.ts';
import type { Analysis } from '../query/analysis.ts';
import { findStoredRun, openStore, openUserStore, type RunStore } from '../store/run-store.ts';
import { type AnalyzeOptions, analyze } from './analyze.ts';
import { readRuns } from './read-runs.ts';

export interface LoadOptions extends AnalyzeOptions {
  readonly format?: string;
  /** Folder of a registry of learnt extractors. */
  readonly extractors?: string;
  /** Folder of the store; `.codetracer` under the current directory, then the user's, unless given. */
  readonly out?: string;
}

/**
 * The analysis of the one run that `<run>` names: a path, `last`, an id, or a unique prefix of an id.
 * @throws CodetracerError `unknown-run`, `unreadable`, `unknown-format`, or `usage` for a path with several runs.
 */
export async function loadAnalysis(name: string, options: LoadOptions = {}): Promise<Analysis> {
  const isPath = name === '-' || (await exists(name));
  return analyze(isPath ? await readOneRun(name, options) : await findInStores(name, options), options);
}

/** The only run under a path. */
export async function readOneRun(
  path: string,
  options: Pick<LoadOptions, 'format' | 'extractors'> = {},
): Promise<Run> {
  const runs: Run[] = [];
  let failure: CodetracerError | undefined;
  for await (const item of readRuns([path], options)) {
    if (item.kind === 'run') runs.push(item.run);
    else if (item.kind === 'failed')
      failure ??= new CodetracerError(item.code, item.message, { details: item.tried });
    if (runs.length > 1) break;
  }
  const [run, second] = runs;
  if (second) {
    throw new CodetracerError('usage', `${path} holds several runs`, {
      hint: `name one of them, e.g. ${run?.id} after \`codetracer analyze ${path}\``,
    });
  }
  if (run) return run;
  throw failure ?? new CodetracerError('unknown-format', `${path}: no run was found`);
}

async function findInStores(name: string, { out }: LoadOptions): Promise<Run> {
  const stores: RunStore[] = out === undefined ? [openStore(), openUserStore()] : [openStore(out)];
  let first: unknown;
  for (const store of stores) {
    try {
      return await findStoredRun(store, name);
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
