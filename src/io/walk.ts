import { joinPath } from '../base/path.ts';
import type { ByteSource, SourceEntry } from './byte-source.ts';

/** One folder of a walk. Paths are relative to the source. */
export interface WalkedFolder {
  readonly path: string;
  /** Files and folders in natural order, the skipped names left out. */
  readonly entries: readonly SourceEntry[];
  /** What was not looked into, and why: an unreadable folder, a link that leaves the source. */
  readonly problems: readonly WalkProblem[];
}

export interface WalkProblem {
  readonly path: string;
  readonly reason: string;
}

export interface WalkOptions {
  /** Where to begin; the source's root unless told. */
  readonly from?: string;
  /** Names of folders that are not entered. */
  readonly skip?: ReadonlySet<string>;
  /** Whether to look into a folder below the walked one; a run's own folder may be left to its reader. */
  readonly enters?: (path: string) => boolean;
}

export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.codetracer', '.git', 'node_modules']);

/**
 * Walks folders depth first, each before its subfolders, in natural order. Every real folder is seen once: folders
 * that only a link leads to come at the end, so that a run is found under its own path. Memory grows with the folders
 * that wait, not with the files.
 */
export async function* walk(source: ByteSource, options: WalkOptions = {}): AsyncGenerator<WalkedFolder> {
  const skip = options.skip ?? SKIPPED_FOLDERS;
  const seen = new Set<string>();
  const waiting: string[] = [options.from ?? ''];
  let linked: string[] = [];

  while (waiting.length > 0 || linked.length > 0) {
    if (waiting.length === 0) {
      waiting.push(...linked.reverse());
      linked = [];
    }
    const path = waiting.pop() ?? '';
    const identity = await source.identity(path);
    if (seen.has(identity)) continue;
    seen.add(identity);

    const listing = await source.list(path);
    const problems: WalkProblem[] = [];
    if (listing.problem !== undefined) problems.push({ path, reason: listing.problem });
    const entries: SourceEntry[] = [];
    const below: string[] = [];
    for (const entry of listing.entries) {
      const place = joinPath(path, entry.name);
      if (entry.kind === 'refused') problems.push({ path: place, reason: entry.reason ?? 'refused' });
      else if (entry.kind === 'file') entries.push(entry);
      else if (!skip.has(entry.name)) {
        entries.push(entry);
        if (entry.linked) linked.push(place);
        else below.push(place);
      }
    }
    yield { path, entries, problems };
    // Asked after the folder was handed out: what its owner found there decides whether to go on.
    for (const place of below.reverse()) if (options.enters?.(place) ?? true) waiting.push(place);
  }
}
