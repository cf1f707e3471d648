import { dirName, joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { runSpellings } from './match-run.ts';

/** A file that may hold the outcome of an instance. */
export interface ReportFile {
  readonly path: string;
  /** Spellings of the graded run's name; empty for a report that stands in the run's own tree without one. */
  readonly runNames: readonly string[];
  readonly model: string | undefined;
  /** How many folders above the artifact's own it was found. */
  readonly level: number;
}

export interface Surroundings {
  /** Names of the folders around the artifact, the nearest first. */
  readonly folders: readonly string[];
  /** Names of the folders beside each of them. */
  readonly siblings: readonly string[];
  readonly reports: readonly ReportFile[];
}

/** So many folders above the artifact's own are looked into. */
const CLIMB = 5;
/** A folder with more files than this is no place for reports, and a larger report is not read. */
const MAX_ENTRIES = 3000;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_RUNS = 300;

const LIST_FILES = ['results.json', 'results_summary.json', 'results/results.json'];
const EVALUATIONS = ['logs/run_evaluation', 'run_evaluation'];

/** The folders from an artifact's upwards, as far as the reader reaches: path and name. */
export async function climb(
  artifact: string,
  reader: ArtifactReader,
): Promise<{ readonly path: string; readonly name: string }[]> {
  const folders: { path: string; name: string }[] = [];
  let path = dirName(artifact);
  for (let level = 0; level <= CLIMB; level++) {
    const folder = await reader.stat(path);
    if (folder?.kind !== 'directory') break;
    folders.push({ path, name: folder.name });
    path = joinPath(path, '..');
  }
  return folders;
}

/** Every report around an artifact that may speak of the instance. */
export async function findReports(
  id: string,
  artifact: string,
  reader: ArtifactReader,
): Promise<Surroundings> {
  const folders = await climb(artifact, reader);
  const reports: ReportFile[] = [];
  const siblings: string[] = [];
  for (const [level, { path }] of folders.entries()) {
    const search: Search = { reports, reader, level };
    const entries = await reader.list(path);
    const names = new Set(entries.map((entry) => entry.name));
    if (level > 0) {
      const own = folders[level - 1]?.name;
      for (const entry of entries) {
        if (entry.kind === 'directory' && entry.name !== own) siblings.push(entry.name);
      }
    } else await addBeside(search, id, path);
    if (names.has('logs')) await addFile(search, joinPath(path, `logs/${id}/report.json`));
    if (names.has('logs') || names.has('run_evaluation')) await addEvaluations(search, id, path);
    for (const file of LIST_FILES) {
      if (names.has(file.split('/', 1)[0] ?? '')) await addFile(search, joinPath(path, file));
    }
    await addNamedLists(search, entries);
  }
  return { folders: folders.map(({ name }) => name), siblings, reports };
}

interface Search {
  readonly reports: ReportFile[];
  readonly reader: ArtifactReader;
  readonly level: number;
}

async function addBeside(search: Search, id: string, folder: string): Promise<void> {
  for (const name of ['report.json', `${id}.report.json`, `${id}_report.json`]) {
    await addFile(search, joinPath(folder, name));
  }
}

async function addFile(
  { reports, reader, level }: Search,
  path: string,
  run?: { readonly name: string; readonly model: string },
): Promise<void> {
  const entry = await reader.stat(path);
  if (entry?.kind !== 'file' || entry.size > MAX_BYTES) return;
  reports.push({ path, runNames: run ? [run.name] : [], model: run?.model, level });
}

/** `run_evaluation/<run>/<model>/<instance>/report.json` */
async function addEvaluations(search: Search, id: string, folder: string): Promise<void> {
  const { reader } = search;
  for (const place of EVALUATIONS) {
    const root = joinPath(folder, place);
    const runs = (await reader.list(root)).filter((entry) => entry.kind === 'directory').slice(0, MAX_RUNS);
    for (const run of runs) {
      for (const model of await reader.list(run.path)) {
        if (model.kind !== 'directory') continue;
        const path = joinPath(model.path, `${id}/report.json`);
        await addFile(search, path, { name: run.name, model: model.name });
      }
    }
  }
}

/** `<model>.<run>.json` with lists of instance ids. */
async function addNamedLists({ reports, reader, level }: Search, entries: readonly Entry[]): Promise<void> {
  if (entries.length > MAX_ENTRIES) return;
  for (const entry of entries) {
    const stem = /^([^.]+\..+)\.json$/.exec(entry.name)?.[1];
    if (entry.kind !== 'file' || stem === undefined || entry.name.endsWith('.traj.json')) continue;
    if (entry.size > MAX_BYTES) continue;
    const head = await reader.head(entry.path, 2048);
    if (!head?.includes('_instances"') && !head?.includes('resolved_ids"')) continue;
    reports.push({ path: entry.path, runNames: runSpellings(stem), model: stem.split('.', 1)[0], level });
  }
}
