import type { StepId } from '../../model/ids.ts';
import type { Provenance } from '../../model/provenance.ts';
import { ABSENT, type FileSnapshot } from '../file-track.ts';

export type Origin = 'found' | 'unseen' | 'empty';

/** A commit that the run made, or one that it only names. */
export interface Commit {
  readonly parent: Commit | undefined;
  /** How many commits lie below it. */
  readonly depth: number;
  /** States of the files that it changed against its parent. */
  readonly changes: ReadonlyMap<string, FileSnapshot>;
  /**
   * What holds for files that neither it nor a commit above it lists, where it has no parent that we know: `found` as
   * they were before the run, `unseen` nothing is known of them, `empty` they do not exist.
   */
  readonly origin: Origin | undefined;
  /** As an output named it; grows known later for commits whose hash an output shows afterwards. */
  hash: string | undefined;
  readonly message: string | undefined;
  /** The step that made it; undefined for what was there before the run. */
  readonly by: StepId | undefined;
  readonly provenance: Provenance;
}

/**
 * The lowest commit that we know: the state in which the repository was found (every file as it was before the run,
 * which is taken for committed), one that nobody has seen, or the beginning of a new repository.
 */
export function firstCommit(origin: Origin): Commit {
  return {
    parent: undefined,
    depth: 0,
    changes: new Map(),
    origin,
    hash: undefined,
    message: undefined,
    by: undefined,
    provenance: 'assumed',
  };
}

export const GONE: FileSnapshot = { index: undefined, exists: false, key: ABSENT, sure: true };

/** What a commit says of a file: a state, `original` for as before the run, undefined when it is not known. */
export function lookUp(commit: Commit, path: string): FileSnapshot | 'original' | undefined {
  for (let here: Commit | undefined = commit; here; here = here.parent) {
    const found = here.changes.get(path);
    if (found) return found;
    if (here.origin === 'unseen') return undefined;
    if (here.origin === 'empty') return GONE;
  }
  return 'original';
}

/** The commit `count` steps below; undefined where that is older than the run knows. */
export function ancestor(commit: Commit, count: number): Commit | undefined {
  let here: Commit | undefined = commit;
  for (let i = 0; i < count && here; i++) here = here.parent;
  return here;
}

/** The newest commit below both; undefined when nothing is known of one. */
export function mergeBase(one: Commit, other: Commit): Commit | undefined {
  let [left, right]: [Commit | undefined, Commit | undefined] = [one, other];
  while (left && right && left !== right) {
    if (left.depth >= right.depth) left = left.parent;
    else right = right.parent;
  }
  return left && right ? left : undefined;
}

/** Paths that differ between a commit and one below it; without one, all that it and the known ones below list. */
export function changedPaths(from: Commit, down: Commit | undefined): Set<string> {
  const paths = new Set<string>();
  for (let here: Commit | undefined = from; here && here !== down; here = here.parent) {
    for (const path of here.changes.keys()) paths.add(path);
  }
  return paths;
}
