import type { Analysis } from '../query/analysis.ts';
import { type AnalyzeOptions, analyze } from './analyze.ts';
import { readOneRun } from './load-analysis.ts';
import { type ReadItem, type ReadOptions, readRuns } from './read-runs.ts';

/** What `openRuns` gives: an analysed run, a file that is none, or a failure. */
export type OpenedRun =
  | { readonly kind: 'run'; readonly analysis: Analysis }
  | Exclude<ReadItem, { readonly kind: 'run' }>;

/**
 * Reads and diagnoses the one run under a path (a file, a folder, an archive).
 * @throws CodetracerError `unreadable`, `unknown-format`, `ambiguous-format`, or `usage` when there are several runs.
 */
export async function analyzeRun(
  path: string,
  options: ReadOptions & AnalyzeOptions = {},
): Promise<Analysis> {
  return analyze(await readOneRun(path, options), options);
}

/** Reads and diagnoses every run under the given paths, one at a time, in order. */
export async function* openRuns(
  paths: readonly string[],
  options: ReadOptions & AnalyzeOptions = {},
): AsyncGenerator<OpenedRun> {
  for await (const item of readRuns(paths, options)) {
    yield item.kind === 'run' ? { kind: 'run', analysis: analyze(item.run, options) } : item;
  }
}
