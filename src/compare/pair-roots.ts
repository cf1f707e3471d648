import { baseName } from '../base/path.ts';
import type { PairedRoots } from './compared-run.ts';

/** Paths of one name that a path is compared with; more are names like `__init__.py`, which say nothing. */
const SAME_NAME = 12;

interface Vote {
  readonly roots: PairedRoots;
  weight: number;
}

/**
 * Which folders of two runs stand for each other (`/testbed` in one, `/workspace/repo` in the other): every pair of
 * paths with the same last parts votes for what is left in front of them, with the number of parts that are the same.
 */
export function pairRoots(pathsA: readonly string[], pathsB: readonly string[]): PairedRoots {
  const byName = new Map<string, string[]>();
  for (const path of pathsB) {
    const name = baseName(path);
    const same = byName.get(name);
    if (same) same.push(path);
    else byName.set(name, [path]);
  }
  const votes = new Map<string, Vote>();
  for (const path of pathsA) {
    const same = byName.get(baseName(path)) ?? [];
    if (same.length > SAME_NAME) continue;
    for (const other of same) {
      const { roots, parts } = splitTail(path, other);
      const key = `${roots.a}\u0000${roots.b}`;
      const vote = votes.get(key);
      if (vote) vote.weight += parts;
      else votes.set(key, { roots, weight: parts });
    }
  }
  let best: Vote = { roots: { a: '', b: '' }, weight: 0 };
  for (const vote of votes.values()) if (isBetter(vote, best)) best = vote;
  return best.roots;
}

/** Of equal votes the shorter roots count, so the same paths in both runs win; the rest is the order of the alphabet. */
function isBetter(vote: Vote, best: Vote): boolean {
  if (vote.weight !== best.weight) return vote.weight > best.weight;
  const length = ({ roots }: Vote): number => roots.a.length + roots.b.length;
  if (length(vote) !== length(best)) return length(vote) < length(best);
  const name = ({ roots }: Vote): string => [roots.a, roots.b].sort().join('\u0000');
  return name(vote) < name(best);
}

/** The longest common tail of whole parts, and what stands before it. */
function splitTail(a: string, b: string): { roots: PairedRoots; parts: number } {
  const [left, right] = [a.split('/'), b.split('/')];
  let parts = 0;
  while (
    parts < Math.min(left.length, right.length) &&
    left[left.length - 1 - parts] === right[right.length - 1 - parts]
  )
    parts++;
  return {
    roots: {
      a: left.slice(0, left.length - parts).join('/'),
      b: right.slice(0, right.length - parts).join('/'),
    },
    parts,
  };
}

/** The path below its run's root; a path outside of it stays as it is. */
export function belowRoot(path: string, root: string): string {
  return root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
