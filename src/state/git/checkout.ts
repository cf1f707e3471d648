import type { Reach } from '../doubt/doubt-line.ts';
import { type Commit, changedPaths, firstCommit, mergeBase } from './commit.ts';
import { findCommit, type GitCall, previousBranch, resolvePath, scope } from './git-call.ts';
import { readHeadNow, readSwitch } from './read-git-output.ts';

/** `git checkout` and `git switch`: another branch or commit, or files out of one. */
export function checkOut(call: GitCall): string[] {
  const { args, repo, doing, command, files, cwd } = call;
  const created = args.value('-b', '-B', '-c', '-C', '--create', '--force-create');
  const orphan = args.value('--orphan');
  if (orphan !== undefined) {
    repo.branch = { name: orphan, by: doing.by };
    return [];
  }
  if (created !== undefined) {
    const [start] = args.words;
    const from = start === undefined ? repo.head : findCommit(repo, start);
    const here = from === repo.head;
    const changed = here ? [] : moveTree(call, from, false, true);
    // A branch that starts here is a switch all the same.
    if (!from || here) repo.moveHead(from ?? unseen(call), true);
    repo.branch = { name: created, by: doing.by };
    repo.refs.set(created, repo.head);
    return changed;
  }
  if (command === 'checkout') {
    if (args.separated) return restoreFiles(call, args.behind, args.words[0]);
    const [first, ...rest] = args.words;
    if (first === undefined) return [];
    const named = (word: string): boolean => {
      const path = resolvePath(word, cwd);
      return word === '.' || files.track(path) !== undefined || files.matching(path).length > 0;
    };
    const isRef = findCommit(repo, first) !== undefined || readSwitch(call.output) !== undefined;
    // Without `--` git takes a word for a path when it is no ref; so do we for paths that the run touched.
    if (rest.length > 0)
      return isCommitWord(call, first)
        ? restoreFiles(call, rest, first)
        : restoreFiles(call, args.words, undefined);
    if (!isRef && (named(first) || (/\.\w{1,5}$/.test(first) && first.includes('/'))))
      return restoreFiles(call, args.words, undefined);
    return switchTo(call, first);
  }
  const [target] = args.words;
  return target === undefined ? [] : switchTo(call, target);
}

function isCommitWord(call: GitCall, word: string): boolean {
  if (findCommit(call.repo, word)) return true;
  const path = resolvePath(word, call.cwd);
  return !(call.files.track(path) || call.files.isFolder(path) || /\.\w{1,5}$/.test(word));
}

function switchTo(call: GitCall, word: string): string[] {
  const { repo, doing, output, args } = call;
  const back = word === '-' || word === '@{-1}';
  const name = back ? previousBranch(repo)?.branch : word;
  const target = findCommit(repo, word);
  const shown = readSwitch(output);
  const detached = args.has('--detach', '-d') || (shown === null && shown !== undefined);
  const forced = args.has('-f', '--force', '--discard-changes');
  const changed = target ? moveTree(call, target, forced, true) : leaveTree(call, forced);
  if (!target) repo.moveHead(unseen(call), true);
  const branch = typeof shown === 'string' ? shown : detached ? undefined : name;
  repo.branch =
    branch === undefined || (target && target.hash === word) ? undefined : { name: branch, by: doing.by };
  if (repo.branch) repo.refs.set(repo.branch.name, repo.head);
  return changed;
}

/** A commit of which the run knows at most the hash. */
function unseen({ output, doing }: GitCall): Commit {
  const now = readHeadNow(output);
  return {
    ...firstCommit('unseen'),
    hash: now?.hash,
    message: now?.message,
    by: doing.by,
    provenance: now ? 'recorded' : 'assumed',
  };
}

/** Files and index become those of a commit that the run knows; what was changed and not committed stays. */
export function moveTree(call: GitCall, to: Commit | undefined, force = false, leaves = false): string[] {
  const { repo, doing } = call;
  if (!to) return leaveTree(call, force);
  const base = mergeBase(repo.head, to);
  if (!base) {
    const changed = leaveTree(call, force);
    repo.moveHead(to, leaves);
    return changed;
  }
  const changed: string[] = [];
  const paths = [...changedPaths(repo.head, base), ...changedPaths(to, base)];
  const kept = new Set(
    force ? [] : repo.select(({ dirty, staged }) => dirty || staged, [...paths, ...call.standing]),
  );
  const reset = force ? [...call.standing].filter((path) => repo.isTracked(path)) : [];
  const states = new Map([...paths, ...reset].map((path) => [path, repo.stateIn(to, path)] as const));
  repo.moveHead(to, leaves);
  for (const [path, state] of states) {
    if (kept.has(path)) continue;
    repo.setIndex(path, state);
    changed.push(...repo.checkOut(path, state, doing, false));
  }
  return changed;
}

/** Another commit of which nothing is known: only what was changed and not committed is still what it was. */
export function leaveTree(call: GitCall, force = false): string[] {
  const { repo, files, doing } = call;
  const kept = repo.select(
    ({ dirty, staged, untracked }) => untracked || (!force && (dirty || staged)),
    call.standing,
  );
  const sure = kept.filter((path) => files.snapshot(path)?.sure);
  files.doubt(doing.at, doing.by, reachOf(repo));
  for (const path of sure) files.confirm(path, doing.at, 'derived');
  const spared = new Set(kept);
  return files.forget(doing.at, (path) => repo.owns(path) && !spared.has(path));
}

/** All that git may change in a repository. */
export function reachOf({ root }: GitCall['repo']): Reach {
  return root === undefined ? { kind: 'all' } : { kind: 'below', folder: root };
}

/** Paths as they are in the index, or in a commit (then the index follows). */
function restoreFiles(call: GitCall, paths: readonly string[], source: string | undefined): string[] {
  const { repo, doing } = call;
  const from = source === undefined ? undefined : findCommit(repo, source);
  const changed: string[] = [];
  const reached = new Set(pathsOf(call, paths, source !== undefined));
  if (source !== undefined && from !== repo.head) {
    // Files that the run never saw come into being, or change, and whether the head has them nobody knows.
    for (const written of paths) {
      const path = resolvePath(written, call.cwd);
      if (call.files.track(path) || call.files.isFolder(path) || !/^[^*?[]*[^*?[/.][^*?[/]*$/.test(path))
        continue;
      repo.noteUnseen(path);
      reached.add(path);
    }
  }
  for (const path of reached) {
    if (source === undefined) {
      if (repo.isTracked(path)) changed.push(...repo.checkOut(path, repo.indexOf(path), doing, true));
      continue;
    }
    const state = from && repo.stateIn(from, path);
    if (state || !from) repo.setIndex(path, state);
    changed.push(...repo.checkOut(path, state, doing, true));
  }
  return changed;
}

/** Files that a command brings back: from the index those that were changed, from a commit all that are known. */
function pathsOf(call: GitCall, paths: readonly string[], all: boolean): string[] {
  const { repo, files, cwd } = call;
  const found = new Set(scope(call, paths, ({ untracked }) => !untracked));
  if (all)
    for (const path of paths)
      for (const file of files.matching(resolvePath(path, cwd))) if (repo.owns(file)) found.add(file);
  return [...found];
}

export function restore(call: GitCall): string[] {
  const { args, repo, doing } = call;
  const source = args.value('-s', '--source');
  const staged = args.has('-S', '--staged');
  const work = args.has('-W', '--worktree') || !staged;
  const paths = [...args.words, ...args.behind];
  const from = source === undefined ? repo.head : findCommit(repo, source);
  const changed: string[] = [];
  for (const path of pathsOf(call, paths, source !== undefined)) {
    const state = staged || source !== undefined ? from && repo.stateIn(from, path) : repo.indexOf(path);
    if (staged) repo.setIndex(path, state);
    if (work) changed.push(...repo.checkOut(path, state, doing, true));
  }
  return changed;
}

export function reset(call: GitCall): string[] {
  const { args, repo, doing, output } = call;
  const [first, ...rest] = args.words;
  const isPath = first !== undefined && !args.separated && !isCommitWord(call, first);
  const paths = args.separated ? args.behind : isPath ? args.words : rest;
  const word = isPath ? undefined : first;
  const to = word === undefined ? repo.head : findCommit(repo, word);
  if (paths.length > 0) {
    for (const path of scope(call, paths, () => true)) repo.setIndex(path, to && repo.stateIn(to, path));
    return [];
  }
  const hard = args.has('--hard');
  if (hard && to) {
    const changed = resetHard(call, to);
    nameHead(call);
    return changed;
  }
  if (args.has('--keep', '--merge')) {
    const changed = to ? moveTree(call, to) : leaveTree(call);
    if (!to) repo.moveHead(unseen(call));
    return changed;
  }
  if (!to) {
    const known = new Set(call.standing);
    const changed = hard ? leaveTree(call, true) : [];
    repo.moveHead({ ...unseen(call), by: doing.by });
    if (!args.has('--soft')) for (const path of known) repo.setIndex(path, undefined);
    return changed;
  }
  repo.moveHead(to);
  if (!args.has('--soft'))
    for (const path of [...repo.stagedPaths, ...call.standing]) repo.setIndex(path, repo.headOf(path));
  if (output !== '') nameHead(call);
  return [];
}

/** Index and files of everything that git knows become those of a commit. */
export function resetHard(call: GitCall, to: Commit): string[] {
  const { repo, doing } = call;
  const base = mergeBase(repo.head, to);
  const moved = base ? [...changedPaths(repo.head, base), ...changedPaths(to, base)] : [];
  // A file that was only added to the index goes; one that git does not know stays.
  const held = repo.select(({ untracked }) => !untracked, call.standing);
  const changed = base ? [] : leaveTree(call, true);
  const states = new Map([...moved, ...held].map((path) => [path, repo.stateIn(to, path)] as const));
  repo.moveHead(to);
  for (const [path, state] of states) {
    repo.setIndex(path, state);
    changed.push(...repo.checkOut(path, state, doing, false));
  }
  return changed;
}

/** `HEAD is now at …` names the commit. */
function nameHead({ repo, output }: GitCall): void {
  const now = readHeadNow(output);
  if (!now || repo.head.hash !== undefined) return;
  repo.head.hash = now.hash;
  repo.refs.set(now.hash, repo.head);
}
