import { leaveTree, moveTree } from './checkout.ts';
import { type Commit, changedPaths, firstCommit, mergeBase } from './commit.ts';
import { findCommit, type GitCall } from './git-call.ts';
import { readConflicts, readDiffstat } from './read-git-output.ts';

/** `git merge`, and what works like it: a known branch moves the files that it changed, an unknown one any. */
export function merge(call: GitCall): string[] {
  const { args, repo, output, doing } = call;
  if (args.has('--abort', '--quit')) return leaveTree(call);
  if (args.has('--continue')) return [];
  if (/^Already up[ -]to[ -]date/m.test(output)) return [];
  const [word] = args.words;
  const other = word === undefined || args.words.length > 1 ? undefined : findCommit(repo, word);
  const conflicts = readConflicts(output);
  const base = other && mergeBase(repo.head, other);
  if (!other || !base || conflicts.length > 0) return mergeUnknown(call, conflicts);
  if (base === other) return [];
  const squash = args.has('--squash', '--no-commit');
  if (base === repo.head && !args.has('--no-ff') && !squash) return moveTree(call, other);
  const ours = changedPaths(repo.head, base);
  const changed: string[] = [];
  for (const path of changedPaths(other, base)) {
    // Changed on both sides: what comes of it only git knows.
    const state = ours.has(path) ? undefined : repo.stateIn(other, path);
    changed.push(...repo.checkOut(path, state, doing, false));
    const now = call.files.snapshot(path);
    if (now) repo.setIndex(path, now);
  }
  if (!squash) commitIndex(call, undefined);
  return changed;
}

/** A list of changed files in the output bounds what became unknown. */
function mergeUnknown(call: GitCall, conflicts: readonly string[]): string[] {
  const { repo, output, files, doing } = call;
  const listed = readDiffstat(output);
  const root = repo.root;
  const fast = /^Fast-forward$/m.test(output);
  const changed: string[] = [];
  if (listed && listed.length > 0 && root !== undefined && conflicts.length === 0 && fast) {
    for (const name of listed) {
      const path = `${root}/${name}`;
      if (files.track(path)) changed.push(...files.write(path, doing, { kind: 'unknown' }, false));
    }
  } else changed.push(...leaveTree(call));
  repo.moveHead({ ...firstCommit('unseen'), by: doing.by });
  return changed;
}

/** `git revert` and `git cherry-pick` of commits that the run made. */
export function replayCommit(call: GitCall): string[] {
  const { args, repo, doing, command, output } = call;
  if (args.has('--abort', '--quit', '--skip')) return leaveTree(call);
  if (args.has('--continue')) {
    commitIndex(call, undefined);
    return [];
  }
  const changed: string[] = [];
  for (const word of args.words) {
    const commit = /\.\./.test(word) ? undefined : findCommit(repo, word);
    const parent = commit?.parent;
    if (!commit || !parent || readConflicts(output).length > 0) {
      changed.push(...leaveTree(call));
      repo.moveHead({ ...firstCommit('unseen'), by: doing.by });
      return changed;
    }
    const [from, to] = command === 'revert' ? [commit, parent] : [parent, commit];
    for (const path of commit.changes.keys()) {
      const same = repo.headOf(path)?.key === repo.stateIn(from, path)?.key;
      changed.push(...repo.checkOut(path, same ? repo.stateIn(to, path) : undefined, doing, false));
      const now = call.files.snapshot(path);
      if (now) repo.setIndex(path, now);
    }
    if (!args.has('-n', '--no-commit')) commitIndex(call, command === 'revert' ? undefined : commit.message);
  }
  return changed;
}

/** `"$(cat <<'EOF' … EOF)"`, as agents write messages of several lines, stands for the text in it. */
function plainMessage(message: string | undefined): string | undefined {
  const inner = /^\$\(cat <<-?[ \t]*["']?(\w{1,40})["']?\n([\s\S]{0,20000})\n[ \t]*(\w{1,40})\s*\)$/.exec(
    message?.trim().slice(0, 21_000) ?? '',
  );
  return inner?.[2] !== undefined && inner[1] === inner[3] ? inner[2] : message;
}

/** A commit of what the index holds, named by the next line of the output that names one. */
export function commitIndex(call: GitCall, message: string | undefined, amend = false): Commit {
  const { repo, doing, commitLines } = call;
  const line = commitLines.shift();
  if (line?.branch !== undefined && repo.branch?.name !== line.branch) {
    repo.refs.set(line.branch, repo.head);
    repo.branch = { name: line.branch, by: doing.by };
  }
  return repo.commit(
    {
      hash: line?.hash,
      message: line?.message ?? plainMessage(message),
      by: doing.by,
      provenance: line ? 'recorded' : doing.certainty === 'certain' ? 'derived' : 'assumed',
    },
    amend,
  );
}
