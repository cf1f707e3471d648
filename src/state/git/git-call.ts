import { joinPath, normalizePath } from '../../base/path.ts';
import type { Doing, FileStore } from '../file-store.ts';
import { ancestor, type Commit } from './commit.ts';
import type { FileFlags } from './file-flags.ts';
import type { GitArguments } from './git-arguments.ts';
import type { CommitLine } from './read-git-output.ts';
import type { Repository } from './repository.ts';

/** What a step printed, for the commands that it ran. */
export interface GitOutput {
  readonly text: string;
  /** Nothing was cut out of it, and nothing but git and silent programs printed it. */
  readonly entire: boolean;
}

/** One git command of a step, in the repository that it acts on. */
export interface GitCall {
  readonly repo: Repository;
  readonly command: string;
  readonly args: GitArguments;
  readonly cwd: string | undefined;
  readonly doing: Doing;
  readonly files: FileStore;
  /** What the step printed; empty where it was not recorded. */
  readonly output: string;
  /** Lines in which the output names the commits that the step made, those not taken yet. */
  readonly commitLines: CommitLine[];
  /** Files of the repository that differ from its index or head, or that it does not know. */
  readonly standing: ReadonlySet<string>;
  /** How far the output was read for what `git status` printed: a step may ask more than once. */
  readonly statusRead: { at: number };
  /** Whether the command moved the head or switched to another branch. */
  changedRefs: boolean;
}

export function resolvePath(path: string, cwd: string | undefined): string {
  return cwd === undefined ? normalizePath(path) : joinPath(cwd, path);
}

/** Files that a pathspec may mean: among those that stand out, and what it names itself. */
export function scope(
  call: GitCall,
  paths: readonly string[],
  wanted: (flags: FileFlags, path: string) => boolean,
): string[] {
  const { repo, cwd, files, standing } = call;
  const found = new Set<string>();
  for (const written of paths) {
    const path = written.replace(/^:\/(?=.)/, repo.root === undefined ? '' : `${repo.root}/`);
    const target = path === '/' || path === ':/' ? repo.root : resolvePath(path, cwd);
    const named = target !== undefined && files.track(target) !== undefined;
    if (named) {
      if (wanted(repo.flags(target), target)) found.add(target);
      continue;
    }
    const covers = coverOf(call, target);
    for (const member of standing)
      if (covers(member) && wanted(repo.flags(member), member)) found.add(member);
  }
  return [...found];
}

/** Which files of the repository these paths stand for. */
export function covered(call: GitCall, paths: readonly string[]): (path: string) => boolean {
  const { repo, cwd } = call;
  const covers = paths.map((written) => {
    const path = written.replace(/^:\/(?=.)/, repo.root === undefined ? '' : `${repo.root}/`);
    return coverOf(call, path === '/' || path === ':/' ? repo.root : resolvePath(path, cwd));
  });
  return (path) => covers.some((cover) => cover(path));
}

/** Which files a path stands for that is a folder, a pattern, or the whole repository (undefined). */
function coverOf({ repo }: GitCall, target: string | undefined): (path: string) => boolean {
  if (target === undefined || target === '' || target === repo.root) return (path) => repo.owns(path);
  if (!/[*?]/.test(target)) return (path) => path === target || path.startsWith(`${target}/`);
  // In a pathspec a star goes over slashes; bounded, for it becomes a pattern.
  const pieces = target.slice(0, 400).split('*');
  return (path) => {
    let at = 0;
    for (const [index, piece] of pieces.entries()) {
      const next = index === 0 ? (path.startsWith(piece) ? 0 : -1) : path.indexOf(piece, at);
      if (next < 0) return false;
      at = next + piece.length;
    }
    return at === path.length || pieces.at(-1) === '';
  };
}

/** The commit that a word names; undefined when the run does not know it. */
export function findCommit(repo: Repository, word: string): Commit | undefined {
  const match = /^(.*?)((?:~\d*|\^\d*)*)$/.exec(word.slice(0, 300));
  const base = baseCommit(repo, match?.[1] === '' ? 'HEAD' : (match?.[1] ?? word));
  if (!base) return undefined;
  let down = 0;
  for (const part of (match?.[2] ?? '').match(/~\d*|\^\d*/g) ?? []) {
    const count = part.length > 1 ? Number(part.slice(1)) : 1;
    // The second parent of a merge is on another line.
    if (part.startsWith('^') && count > 1) return undefined;
    down += count;
  }
  const found = ancestor(base, down);
  // Before the first commit of a new repository there is none.
  return found?.origin === 'empty' && down > 0 ? undefined : found;
}

function baseCommit(repo: Repository, name: string): Commit | undefined {
  if (name === 'HEAD' || name === '@') return repo.head;
  if (name === '-' || name === '@{-1}') return previousBranch(repo)?.commit;
  const back = /^(?:HEAD|)@\{(\d{1,6})\}$/.exec(name)?.[1];
  if (back !== undefined) return Number(back) === 0 ? repo.head : repo.headLog.at(-Number(back))?.commit;
  const known = repo.refs.get(name.replace(/^(?:refs\/)?heads\//, ''));
  if (known) return known;
  if (!/^[0-9a-f]{4,40}$/.test(name)) return undefined;
  for (const [hash, commit] of repo.refs)
    if (/^[0-9a-f]{4,40}$/.test(hash) && (hash.startsWith(name) || name.startsWith(hash))) return commit;
  return undefined;
}

/** What was checked out before the last switch. */
export function previousBranch(repo: Repository): { commit: Commit; branch: string | undefined } | undefined {
  const now = repo.branch?.name;
  for (let i = repo.headLog.length - 1; i >= 0 && i > repo.headLog.length - 200; i--) {
    const entry = repo.headLog[i];
    if (!entry || entry.branch === now) continue;
    return {
      commit: (entry.branch !== undefined && repo.refs.get(entry.branch)) || entry.commit,
      branch: entry.branch,
    };
  }
  return undefined;
}
