import { gatherEntrants, type Measured } from '../../app/bench/gather-entrants.ts';
import { loadDataset } from '../../app/bench/load-dataset.ts';
import type { ExternalSource } from '../../app/bench/read-external.ts';
import { type RunFolder, readRunFolder } from '../../app/bench/read-run-folder.ts';
import { CodetracerError } from '../../base/error.ts';
import type { ScoreOptions } from '../../bench/score-options.ts';

/** Where `bench run` writes unless told, and where the other commands look. */
export const BENCH_FOLDER = '.codetracer/bench';

/** Options of the commands that read predictions. */
export interface MeasureCommandOptions {
  readonly json?: boolean;
  readonly data?: readonly string[];
  /** `name=path`, as written. */
  readonly predictions?: readonly string[];
  readonly set?: string;
  readonly seed?: string;
  readonly resamples?: string;
}

/** Labels and answers that a command is about, and the folders of `bench run` that it was given. */
export interface Gathered extends Measured {
  readonly folders: readonly RunFolder[];
}

/** @throws CodetracerError whose hint says what to name */
export async function gatherMeasured(
  paths: readonly string[],
  options: MeasureCommandOptions,
): Promise<Gathered> {
  const external = (options.predictions ?? []).map(parseSource);
  const folders: RunFolder[] = [];
  for (const path of choosePaths(paths, options)) folders.push(await readRunFolder(path));
  const data = options.data ?? folders[0]?.manifest.data.paths;
  if (data === undefined) {
    throw new CodetracerError('usage', 'predictions can not be scored without labels', {
      hint: 'name the labelled runs with --data, or a folder of `codetracer bench run`',
    });
  }
  const dataset = await loadLabels(data, options, folders[0]);
  const sets = options.set?.split(',').map((set) => set.trim());
  const measured = await gatherEntrants({ dataset, folders, external, ...(sets && { sets }) });
  if (measured.labels.length === 0) {
    throw new CodetracerError('unreadable', 'no labelled run is left to score on', {
      hint: 'all cases were refused: see `refusals` and `cases` in manifest.json',
    });
  }
  return { ...measured, folders };
}

/** With labels and predictions named no folder of `bench run` is needed. */
function choosePaths(
  paths: readonly string[],
  { data, predictions }: MeasureCommandOptions,
): readonly string[] {
  if (paths.length > 0) return paths;
  return data !== undefined && predictions !== undefined ? [] : [BENCH_FOLDER];
}

async function loadLabels(
  data: readonly string[],
  { data: named }: MeasureCommandOptions,
  folder: RunFolder | undefined,
): ReturnType<typeof loadDataset> {
  try {
    return await loadDataset(data, { artifacts: false });
  } catch (error) {
    if (named !== undefined || !(error instanceof CodetracerError)) throw error;
    throw new CodetracerError(error.code, error.message, {
      hint: `${folder?.folder ?? 'the run'} was measured on labelled runs that are no longer there; name them with --data`,
      cause: error,
    });
  }
}

function parseSource(text: string): ExternalSource {
  const [, name, path] = /^([A-Za-z0-9][\w.-]*)=(.+)$/s.exec(text) ?? [];
  if (name !== undefined && path !== undefined) return { name, path };
  throw new CodetracerError('usage', `--predictions ${text}: not name=path`, {
    hint: 'for one --predictions mytool=answers.jsonl',
  });
}

export function scoreOptions({ seed, resamples }: MeasureCommandOptions): ScoreOptions {
  return {
    ...(seed !== undefined && { seed: parseCount('--seed', seed, 0) }),
    ...(resamples !== undefined && { resamples: parseCount('--resamples', resamples, 1) }),
  };
}

const MAX_COUNT = 1_000_000_000;

/** A whole number as an option gives it. */
export function parseCount(option: string, text: string, least: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= MAX_COUNT) return value;
  throw new CodetracerError('usage', `${option} ${text}: no whole number from ${least} on`);
}

export function reportNotes(notes: readonly string[]): void {
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
}
