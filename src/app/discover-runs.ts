import type { ErrorCode } from '../base/error.ts';
import type { Tried } from '../formats/detect-format.ts';
import type { DiscoveredArtifact } from '../query/discovery-schemas.ts';
import { chooseFormats, type Located, locateArtifacts } from './locate-artifacts.ts';
import type { ReadOptions } from './read-item.ts';

/** What discovery meets, one item at a time: an artifact with what it was known by, a file that was left, a failure. */
export type DiscoveredItem =
  | { readonly kind: 'artifact'; readonly artifact: DiscoveredArtifact }
  | {
      readonly kind: 'left';
      readonly path: string;
      /** What every format said of it, best first. */
      readonly tried: readonly Tried[];
    }
  | {
      readonly kind: 'failed';
      readonly path: string;
      readonly code: ErrorCode;
      readonly message: string;
    };

/**
 * Looks for runs under the given paths (files, folders, archives) without reading them: in one pass, each folder once, no
 * link out of what was named. Memory grows with the folders, not with the files.
 */
export async function* discoverRuns(
  paths: readonly string[],
  options: Pick<ReadOptions, 'format' | 'extractors'> = {},
): AsyncGenerator<DiscoveredItem> {
  for await (const located of locateArtifacts(paths, await chooseFormats(options))) {
    if (located.kind === 'found') {
      yield { kind: 'artifact', artifact: describeArtifact(located) };
    } else if (located.item.kind === 'skipped') {
      yield { kind: 'left', path: located.item.path, tried: located.item.tried };
    } else {
      const { path, code, message } = located.item;
      yield { kind: 'failed', path, code, message };
    }
  }
}

function describeArtifact({ found, path }: Extract<Located, { kind: 'found' }>): DiscoveredArtifact {
  const { format, layout, detection, entry } = found;
  return {
    path,
    format: format.id as DiscoveredArtifact['format'],
    ...(layout && { layout: layout.id }),
    ...(entry.kind === 'file' && { bytes: entry.size }),
    score: detection.score,
    reason: detection.reason,
  };
}
