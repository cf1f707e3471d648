import type { ErrorCode } from '../base/error.ts';
import { CodetracerError } from '../base/error.ts';
import type { Conformance } from '../evolve/conformance/conformance.ts';
import type { Tried } from '../formats/detect-format.ts';
import { ENRICHERS } from '../formats/registry.ts';
import { digestArtifact } from '../io/digest.ts';
import type { RunId } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import {
  type DiscoverOptions,
  type Discovery,
  discoverFile,
  discoverFolder,
  type FoundArtifact,
} from './discover.ts';
import { loadFormats } from './learnt-formats.ts';
import { type ArtifactWatch, measureRuns, watchArtifact } from './measure-runs.ts';
import { type OpenedInput, openInput } from './open-input.ts';
import { disambiguateRunId, makeRunId } from './run-id.ts';

export interface ReadOptions {
  /** Id of a format: no detection for the artifacts. */
  readonly format?: string;
  /** Folder of a registry of learnt extractors, which then may claim artifacts too. */
  readonly extractors?: string;
  /**
   * Measure how much of each artifact stands in its runs: reads it twice. Runs of one artifact are handed over together
   * then, and drift is among their diagnostics.
   */
  readonly conformance?: boolean;
}

/** What reading a path gives, one item at a time. A failure of one run leaves the others standing. */
export type ReadItem =
  | {
      readonly kind: 'run';
      readonly run: Run;
      /** The folder on disk that is the run as a whole; undefined for a single file, an archive, standard input. */
      readonly folder?: string;
      /** Of the artifact that the run was read from, where it was asked for and the artifact holds no huge number of runs. */
      readonly conformance?: Conformance;
    }
  | { readonly kind: 'skipped'; readonly path: string; readonly tried: readonly Tried[] }
  | {
      readonly kind: 'failed';
      readonly path: string;
      readonly code: ErrorCode;
      readonly message: string;
      readonly tried?: readonly Tried[];
    };

/**
 * Reads every run under the given paths (files, folders, archives, `-`), in order, without analysing them.
 * An unreadable path is a `failed` item; an unknown format id throws.
 */
export async function* readRuns(
  paths: readonly string[],
  options: ReadOptions = {},
): AsyncGenerator<ReadItem> {
  const taken = new Map<RunId, string>();
  for await (const located of locateArtifacts(paths, await chooseFormats(options))) {
    if (located.kind === 'other') yield located.item;
    else yield* readLocated(located, taken, options.conformance ?? false);
  }
}

/**
 * What may claim the artifacts of one reading.
 * @throws CodetracerError `usage` when there is no format of the id that was asked for.
 */
export async function chooseFormats({ format: id, extractors }: ReadOptions): Promise<DiscoverOptions> {
  const formats = await loadFormats(extractors);
  if (id === undefined) return { formats };
  const format = formats.find((candidate) => candidate.id === id);
  if (format) return { formats, format };
  throw new CodetracerError('usage', `there is no format ${JSON.stringify(id)}`, {
    hint: `known formats: ${formats.map((candidate) => candidate.id).join(', ')}`,
  });
}

/** An artifact that holds runs, and the input that it was found in; or what is none. */
export type Located =
  | {
      readonly kind: 'found';
      readonly found: FoundArtifact;
      readonly input: OpenedInput;
      readonly path: string;
    }
  | { readonly kind: 'other'; readonly item: Exclude<ReadItem, { readonly kind: 'run' }> };

/** Artifacts under the given paths, none of them read yet. */
export async function* locateArtifacts(
  paths: readonly string[],
  options: DiscoverOptions = {},
): AsyncGenerator<Located> {
  for (const path of paths) {
    try {
      const input = await openInput(path, options.formats);
      const discoveries =
        input.kind === 'file'
          ? [await discoverFile(input.reader, input.start, options)]
          : discoverFolder(input.reader, input.start, options);
      let found = 0;
      for await (const discovery of discoveries) {
        if (discovery.kind === 'found') found++;
        yield locate(discovery, input);
      }
      if (found === 0) yield* reportRefused(path, input);
    } catch (error) {
      if (!(error instanceof CodetracerError)) throw error;
      yield { kind: 'other', item: { kind: 'failed', path, code: error.code, message: error.message } };
    }
  }
}

/** What was left out while the input was opened is said with the runs; without one it is all that there is to say. */
function* reportRefused(path: string, { diagnostics }: OpenedInput): Generator<Located> {
  for (const { severity, message } of diagnostics) {
    if (severity === 'info') continue;
    yield {
      kind: 'other',
      item: { kind: 'failed', path, code: 'unreadable', message: `${path}: ${message}` },
    };
  }
}

function locate(discovery: Discovery, input: OpenedInput): Located {
  const path = input.display(discovery.path);
  if (discovery.kind === 'found') return { kind: 'found', found: discovery, input, path };
  if (discovery.kind === 'skipped') return { kind: 'other', item: { ...discovery, path } };
  return { kind: 'other', item: { ...discovery, path, message: `${path}: ${discovery.message}` } };
}

async function* readLocated(
  located: Extract<Located, { kind: 'found' }>,
  taken: Map<RunId, string>,
  conformance: boolean,
): AsyncGenerator<ReadItem> {
  const { found, input } = located;
  const isFolder = found.layout !== undefined || found.entry.kind === 'directory';
  const folder = isFolder ? input.absolute?.(found.reader.root) : undefined;
  const around = { ...(folder !== undefined && { folder }) };
  try {
    if (conformance) {
      const watch = watchArtifact(found);
      const runs = extractRuns(located, taken, watch);
      for await (const item of measureRuns(runs, found, watch)) yield { kind: 'run', ...item, ...around };
    } else {
      for await (const run of extractRuns(located, taken)) yield { kind: 'run', run, ...around };
    }
  } catch (error) {
    yield describeFailure(error, located.path);
  }
}

/** A format promises not to throw for content; where it does all the same, the other runs must not suffer. */
export function describeFailure(error: unknown, path: string): Extract<ReadItem, { kind: 'failed' }> {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', path, code: 'unreadable', message: `${path}: ${message}` };
}

/** The runs of an artifact, with what stands around it. `watch` sees what is read for them. */
export async function* extractRuns(
  { found, input, path }: Extract<Located, { kind: 'found' }>,
  taken: Map<RunId, string>,
  watch?: ArtifactWatch,
): AsyncGenerator<Run> {
  const { format, entry, layout } = found;
  const reader = watch?.around.reader ?? found.reader;
  const digest = (await digestArtifact(found.reader, entry.path)) ?? '';
  // Where it really lies, however the user named it: `.` says nothing about a run.
  const home = input.absolute?.(found.path) ?? path;
  for await (const builder of format.extract({ reader: watch?.format.reader ?? reader, entry, path })) {
    builder.log.addAll(input.diagnostics);
    builder.artifact({ path: entry.path, size: entry.size, use: 'steps' });
    if (layout) {
      const folder = await reader.stat('');
      if (folder) await layout.enrich(builder, folder, reader);
    } else {
      for (const enricher of ENRICHERS) await enricher.enrich(builder, entry, reader);
    }
    const fragment = builder.path.slice(path.length);
    const place = home + fragment;
    let id = makeRunId(place, digest + fragment);
    const owner = taken.get(id);
    if (owner !== undefined && owner !== place) id = disambiguateRunId(id, place);
    taken.set(id, place);
    yield builder.build(id);
  }
}
