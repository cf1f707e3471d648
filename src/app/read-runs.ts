import type { ErrorCode } from '../base/error.ts';
import { CodetracerError } from '../base/error.ts';
import type { Tried } from '../formats/detect-format.ts';
import type { Format } from '../formats/format.ts';
import { ENRICHERS, FORMATS } from '../formats/registry.ts';
import { digestArtifact } from '../io/digest.ts';
import type { RunId } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import { type Discovery, discoverFile, discoverFolder, type FoundArtifact } from './discover.ts';
import { type OpenedInput, openInput } from './open-input.ts';
import { disambiguateRunId, makeRunId } from './run-id.ts';

export interface ReadOptions {
  /** Id of a format: no detection for the artifacts. */
  readonly format?: string;
}

/** What reading a path gives, one item at a time. A failure of one run leaves the others standing. */
export type ReadItem =
  | {
      readonly kind: 'run';
      readonly run: Run;
      /** The folder on disk that is the run as a whole; undefined for a single file, an archive, standard input. */
      readonly folder?: string;
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
  const format = options.format === undefined ? undefined : findFormat(options.format);
  const taken = new Map<RunId, string>();
  for (const path of paths) yield* readPath(path, format, taken);
}

function findFormat(id: string): Format {
  const format = FORMATS.find((candidate) => candidate.id === id);
  if (format) return format;
  throw new CodetracerError('usage', `there is no format ${JSON.stringify(id)}`, {
    hint: `known formats: ${FORMATS.map((candidate) => candidate.id).join(', ')}`,
  });
}

async function* readPath(
  path: string,
  format: Format | undefined,
  taken: Map<RunId, string>,
): AsyncGenerator<ReadItem> {
  try {
    const input = await openInput(path);
    const options = format ? { format } : {};
    const discoveries =
      input.kind === 'file'
        ? [await discoverFile(input.reader, input.start, options)]
        : discoverFolder(input.reader, input.start, options);
    for await (const discovery of discoveries) yield* readDiscovery(discovery, input, taken);
  } catch (error) {
    if (!(error instanceof CodetracerError)) throw error;
    yield { kind: 'failed', path, code: error.code, message: error.message };
  }
}

async function* readDiscovery(
  discovery: Discovery,
  input: OpenedInput,
  taken: Map<RunId, string>,
): AsyncGenerator<ReadItem> {
  const path = input.display(discovery.path);
  if (discovery.kind !== 'found') {
    yield discovery.kind === 'failed'
      ? { ...discovery, path, message: `${path}: ${discovery.message}` }
      : { ...discovery, path };
    return;
  }
  try {
    const isFolder = discovery.layout !== undefined || discovery.entry.kind === 'directory';
    const folder = isFolder ? input.absolute?.(discovery.reader.root) : undefined;
    for await (const run of extractRuns(discovery, path, input, taken)) {
      yield { kind: 'run', run, ...(folder !== undefined && { folder }) };
    }
  } catch (error) {
    // A format promises not to throw for content; where it does all the same, the other runs must not suffer.
    const message = error instanceof Error ? error.message : String(error);
    yield { kind: 'failed', path, code: 'unreadable', message: `${path}: ${message}` };
  }
}

async function* extractRuns(
  found: FoundArtifact,
  path: string,
  input: OpenedInput,
  taken: Map<RunId, string>,
): AsyncGenerator<Run> {
  const { format, reader, entry, layout } = found;
  const digest = (await digestArtifact(reader, entry.path)) ?? '';
  // Where it really lies, however the user named it: `.` says nothing about a run.
  const home = input.absolute?.(found.path) ?? path;
  for await (const builder of format.extract({ reader, entry, path })) {
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
