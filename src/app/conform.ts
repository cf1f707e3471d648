import { CodetracerError } from '../base/error.ts';
import type { Conformance } from '../evolve/conformance/conformance.ts';
import { ConformanceMeter } from '../evolve/conformance/measure-conformance.ts';
import type { RunId } from '../model/ids.ts';
import { identifyArtifact } from './identify-artifact.ts';
import { chooseFormats, type Located, locateArtifacts } from './locate-artifacts.ts';
import { listRead, watchArtifact } from './measure-runs.ts';
import { describeFailure, extractRuns, type ReadItem, type ReadOptions } from './read-runs.ts';

/** What conforming gives, one artifact at a time. */
export type ConformItem =
  | {
      readonly kind: 'artifact';
      readonly path: string;
      readonly format: string;
      /** The runs that were made of it. */
      readonly ids: readonly RunId[];
      readonly conformance: Conformance;
    }
  | Exclude<ReadItem, { readonly kind: 'run' }>;

export type ConformOptions = Pick<ReadOptions, 'format' | 'extractors'>;

/** So many ids of an artifact with very many runs are listed. */
const LISTED_IDS = 1000;

/**
 * Says for every artifact under the paths how much of it stands in the runs that were made of it. Memory is bounded: runs
 * are let go as soon as they are counted.
 * @throws CodetracerError `usage` for an unknown format id.
 */
export async function* conformRuns(
  paths: readonly string[],
  options: ConformOptions = {},
): AsyncGenerator<ConformItem> {
  const taken = new Map<RunId, string>();
  for await (const located of locateArtifacts(paths, await chooseFormats(options))) {
    if (located.kind === 'other') yield located.item;
    else yield await conformLocated(located, taken);
  }
}

async function conformLocated(
  located: Extract<Located, { kind: 'found' }>,
  taken: Map<RunId, string>,
): Promise<ConformItem> {
  const { found, path } = located;
  const meter = new ConformanceMeter(found.format);
  const watch = watchArtifact(found);
  const ids: RunId[] = [];
  try {
    const identity = await identifyArtifact(located, taken);
    for await (const run of extractRuns(located, identity, watch)) {
      meter.add(run);
      if (ids.length < LISTED_IDS) ids.push(run.id);
    }
    const conformance = await meter.measure(found.reader, await listRead(found, watch));
    return { kind: 'artifact', path, format: found.format.id, ids, conformance };
  } catch (error) {
    return describeFailure(error, path);
  }
}

/**
 * The conformance of the one artifact under a path.
 * @throws CodetracerError `unreadable`, `unknown-format`, `ambiguous-format`, or `usage` when there are several.
 */
export async function conformRun(
  path: string,
  options: ConformOptions = {},
): Promise<Extract<ConformItem, { kind: 'artifact' }>> {
  let only: Extract<ConformItem, { kind: 'artifact' }> | undefined;
  let failure: CodetracerError | undefined;
  for await (const item of conformRuns([path], options)) {
    if (item.kind === 'failed') {
      failure ??= new CodetracerError(item.code, item.message, { details: item.tried });
    } else if (item.kind === 'artifact') {
      if (only) {
        throw new CodetracerError('usage', `${path} holds several artifacts`, {
          hint: 'use conformRuns, or `codetracer conform`, for all of them',
        });
      }
      only = item;
    }
  }
  if (only) return only;
  throw failure ?? new CodetracerError('unknown-format', `${path}: no run was found`);
}
