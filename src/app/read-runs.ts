import { ENRICHERS } from '../formats/registry.ts';
import type { RunId } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import { type ArtifactIdentity, identifyArtifact } from './identify-artifact.ts';
import { chooseFormats, type Located, locateArtifacts } from './locate-artifacts.ts';
import { type ArtifactWatch, measureRuns, watchArtifact } from './measure-runs.ts';
import type { ReadItem, ReadOptions } from './read-item.ts';
import { disambiguateRunId, makeRunId } from './run-id.ts';

export type { ReadItem, ReadOptions } from './read-item.ts';

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
    else {
      const identity = await identifyArtifact(located, taken);
      yield* readArtifact(located, identity, options.conformance ?? false);
    }
  }
}

/** The runs of one artifact; what fails is an item too. */
export async function* readArtifact(
  located: Extract<Located, { kind: 'found' }>,
  identity: ArtifactIdentity,
  conformance: boolean,
): AsyncGenerator<ReadItem> {
  const { found, input } = located;
  const { root, source } = found.reader;
  const isFolder = found.layout !== undefined || found.entry.kind === 'directory';
  const folder = isFolder && !(await source.isInArchive(root)) ? input.absolute?.(root) : undefined;
  const around = { ...(folder !== undefined && { folder }) };
  try {
    if (conformance) {
      const watch = watchArtifact(found);
      const runs = extractRuns(located, identity, watch);
      for await (const item of measureRuns(runs, found, watch)) yield { kind: 'run', ...item, ...around };
    } else {
      for await (const run of extractRuns(located, identity)) yield { kind: 'run', run, ...around };
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
  { digest, home, isTwin }: ArtifactIdentity,
  watch?: ArtifactWatch,
): AsyncGenerator<Run> {
  const { format, entry, layout } = found;
  const reader = watch?.around.reader ?? found.reader;
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
    const id = makeRunId(place, digest + fragment);
    yield builder.build(isTwin ? disambiguateRunId(id, place) : id);
  }
}
