import { CodetracerError } from '../base/error.ts';
import {
  type DiscoverOptions,
  type Discovery,
  discoverFile,
  discoverFolder,
  type FoundArtifact,
} from './discover.ts';
import { loadFormats } from './learnt-formats.ts';
import { type OpenedInput, openInput } from './open-input.ts';
import type { ReadItem, ReadOptions } from './read-item.ts';

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
      /** As the user would write it. */
      readonly path: string;
      /** The path that the user named, in or at which it was found. */
      readonly named: string;
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
        yield locate(discovery, input, path);
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

function locate(discovery: Discovery, input: OpenedInput, named: string): Located {
  const path = input.display(discovery.path);
  if (discovery.kind === 'found') return { kind: 'found', found: discovery, input, path, named };
  if (discovery.kind === 'skipped') return { kind: 'other', item: { ...discovery, path } };
  return { kind: 'other', item: { ...discovery, path, message: `${path}: ${discovery.message}` } };
}
