import { CodetracerError, type ErrorCode } from '../base/error.ts';
import { reportRun } from '../query/report-run.ts';
import type { RunReport } from '../query/schemas.ts';
import { isInside, openStore, openUserStore, type RunStore } from '../store/run-store.ts';
import { analyze } from './analyze.ts';
import type { ArtifactIdentity } from './identify-artifact.ts';
import type { Located } from './locate-artifacts.ts';
import { describeFailure, type ReadItem, readArtifact } from './read-runs.ts';
import { summarizeConformance } from './report-conformance.ts';
import { writeRun } from './write-run.ts';

/** What is done with each run. Plain data: it is handed to other threads. */
export interface ArtifactOptions {
  /** Diagnose without the outcome and the checkers' results. */
  readonly withholdOutcome?: boolean;
  /** Folder of the store that the files go to; chosen by where the run lies unless given. */
  readonly out?: string;
  /** False: no file is written. */
  readonly files?: boolean;
  /** Whether report.html is written; unless given only for a run that is the only one. */
  readonly html?: boolean;
}

/** A run that was read, analysed and written; or what failed. Plain data. */
export type ArtifactItem =
  | {
      readonly kind: 'run';
      readonly report: RunReport;
      /** Folder of the store that holds its files. */
      readonly store?: string;
      /** Something that the user should know of how it was done. */
      readonly note?: string;
    }
  | {
      readonly kind: 'failed';
      readonly path: string;
      readonly code: ErrorCode;
      readonly message: string;
      readonly tried?: Extract<ReadItem, { kind: 'failed' }>['tried'];
    };

/**
 * Reads, analyses and writes the runs of one artifact. What fails is an item and leaves the other runs standing; only
 * files that can't be written stop everything.
 * @throws CodetracerError `unwritable`
 */
export async function* analyzeArtifact(
  located: Extract<Located, { kind: 'found' }>,
  identity: ArtifactIdentity,
  options: ArtifactOptions,
  isAlone: boolean,
): AsyncGenerator<ArtifactItem> {
  const items = readArtifact(located, identity, true);
  if (!isAlone) {
    for await (const item of items) yield await analyzeItem(item, located.path, options, false);
    return;
  }
  // Whether a run is the only one is known when the next is there, or the end.
  let held: ReadItem | undefined;
  let isOnly = true;
  for await (const item of items) {
    if (held) {
      isOnly = false;
      yield await analyzeItem(held, located.path, options, false);
    }
    held = item;
  }
  if (held) yield await analyzeItem(held, located.path, options, isOnly);
}

async function analyzeItem(
  item: ReadItem,
  path: string,
  options: ArtifactOptions,
  isOnly: boolean,
): Promise<ArtifactItem> {
  if (item.kind === 'failed') return item;
  if (item.kind === 'skipped') return { ...item, kind: 'failed', code: 'unknown-format', message: 'no run' };
  const { run, folder, conformance } = item;
  try {
    const analysis = analyze(run, { withholdOutcome: options.withholdOutcome ?? false });
    const measured = conformance && summarizeConformance(conformance);
    if (options.files === false) return { kind: 'run', report: reportRun(analysis, {}, measured) };
    const { store, note } = await chooseStore(options.out, folder);
    const files = await writeRun(analysis, store.folder, { html: options.html ?? isOnly });
    const report = reportRun(analysis, files, measured);
    return { kind: 'run', report, store: store.folder, ...(note !== undefined && { note }) };
  } catch (error) {
    if (error instanceof CodetracerError && error.code === 'unwritable') throw error;
    return describeFailure(error, path);
  }
}

/** Never inside the run itself: there the user's own state directory is taken, and it is said. */
async function chooseStore(
  out: string | undefined,
  folder: string | undefined,
): Promise<{ store: RunStore; note?: string }> {
  if (out !== undefined || folder === undefined || !(await isInside(folder, process.cwd()))) {
    return { store: openStore(out) };
  }
  const store = openUserStore();
  return { store, note: `the current directory belongs to the run; files go to ${store.folder}` };
}
