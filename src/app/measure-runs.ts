import { joinPath } from '../base/path.ts';
import type { Conformance } from '../evolve/conformance/conformance.ts';
import { describeDrift } from '../evolve/conformance/describe-drift.ts';
import { ConformanceMeter } from '../evolve/conformance/measure-conformance.ts';
import type { ArtifactReader } from '../formats/port.ts';
import type { Run } from '../model/run.ts';
import type { FoundArtifact } from './discover.ts';
import { type WatchedReader, watchReader } from './watch-reader.ts';

/** Sees what is read of an artifact: by its format, and by those who look around it. */
export interface ArtifactWatch {
  readonly format: WatchedReader;
  readonly around: WatchedReader;
}

export function watchArtifact({ reader }: FoundArtifact): ArtifactWatch {
  return { format: watchReader(reader), around: watchReader(reader) };
}

/** Runs of one artifact are held until all of them are there; with more steps than these they go on unmeasured. */
const HELD_STEPS = 50_000;

/** The runs of an artifact with how much of it stands in them; drift becomes one of their diagnostics. */
export async function* measureRuns(
  runs: AsyncIterable<Run>,
  found: FoundArtifact,
  watch: ArtifactWatch,
): AsyncGenerator<{ run: Run; conformance?: Conformance }> {
  const meter = new ConformanceMeter(found.format);
  const held: Run[] = [];
  let steps = 0;
  for await (const run of runs) {
    if (steps > HELD_STEPS && held.length === 0) {
      yield { run };
      continue;
    }
    // Of a run that is too large to be kept whole much is left out on purpose: that is no measure of understanding.
    if (run.diagnostics.some(({ code }) => code === 'model-limit')) {
      for (const early of held.splice(0)) yield { run: early };
      steps = HELD_STEPS + 1;
      yield { run };
      continue;
    }
    held.push(run);
    meter.add(run);
    steps += run.steps.length;
    // A single run is held whatever its size: it is in memory already.
    if (steps > HELD_STEPS && held.length > 1) for (const early of held.splice(0)) yield { run: early };
  }
  if (held.length === 0) return;
  const conformance = await meter.measure(found.reader, await listRead(found, watch));
  const drift = describeDrift(conformance.drift);
  for (const run of held) {
    const noted = drift ? { ...run, diagnostics: [drift, ...run.diagnostics] } : run;
    yield { run: Object.freeze(noted), conformance };
  }
}

/** Listings of a run's folder end here: a workspace that was kept whole is no list of artifacts. */
const MAX_LISTED = 2000;

/** What the format read, and what of the run's folder nobody did. */
export async function listRead(
  { reader, entry, layout }: FoundArtifact,
  { format, around }: ArtifactWatch,
): Promise<{ artifacts: string[]; unread: string[] }> {
  const artifacts = [...format.read];
  const isFolder = layout !== undefined || entry.kind === 'directory';
  const home = layout === undefined ? entry.path : '';
  const files = isFolder ? await listFiles(reader, home) : [];
  return { artifacts, unread: files.filter((path) => !format.read.has(path) && !around.read.has(path)) };
}

async function listFiles(reader: ArtifactReader, home: string): Promise<string[]> {
  const files: string[] = [];
  const folders = [home];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const { path, kind } of await reader.list(folder)) {
      if (files.length + folders.length >= MAX_LISTED) return files;
      if (kind === 'directory') folders.push(joinPath('', path));
      else files.push(path);
    }
  }
  return files;
}
