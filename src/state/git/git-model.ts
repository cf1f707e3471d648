import { baseName, joinPath } from '../../base/path.ts';
import type { Effect } from '../../model/effect.ts';
import type { Doing, FileStore } from '../file-store.ts';
import { checkOut, leaveTree, reset, resetHard, restore } from './checkout.ts';
import { firstCommit } from './commit.ts';
import { findRefusal } from './find-refusal.ts';
import { readGitArguments } from './git-arguments.ts';
import { findCommit, type GitCall, type GitOutput, resolvePath, scope } from './git-call.ts';
import { GitHistory } from './git-history.ts';
import { commitIndex, merge, replayCommit } from './merge.ts';
import { noteShown } from './note-shown.ts';
import { proveOutcome } from './prove-outcome.ts';
import { type CommitLine, readCommitLines, readRemoved } from './read-git-output.ts';
import { Repository } from './repository.ts';
import { type Stash, stash } from './stash.ts';

type GitEffect = Extract<Effect, { kind: 'git' }>;

/** Commands that put other files in the working tree than those that the run knows of. */
const REPLACES_TREE = new Set([
  'pull',
  'rebase',
  'am',
  'bisect',
  'read-tree',
  'subtree',
  'filter-branch',
  'checkout-index',
  'sparse-checkout',
]);

/** Commands that change what git keeps and no file. */
const KEEPS_TREE = new Set([
  'add',
  'stage',
  'commit',
  'branch',
  'tag',
  'config',
  'remote',
  'fetch',
  'push',
  'gc',
  'prune',
  'notes',
  'update-index',
  'update-ref',
  'symbolic-ref',
  'init',
  'clone',
  'reflog',
  'maintenance',
  'repack',
  'pack-refs',
  'write-tree',
  'commit-tree',
  'hash-object',
  'mktree',
]);

/**
 * What git commands do to the files that a run touched, and what git knows of them: head, index, branches and stashes of
 * every repository, corrected by what git itself prints.
 */
export class GitModel {
  private readonly files: FileStore;
  readonly history: GitHistory;
  private readonly repositories: Repository[] = [];
  private readonly standing = new Map<Repository, Set<string>>();
  private readonly stashes = new Map<Repository, Stash | undefined>();
  private output: GitOutput = { text: '', entire: false };
  private commitLines: CommitLine[] = [];
  /** Files that a command of this step stages as soon as it has moved them. */
  private readonly toStage = new Set<string>();
  /** The rest of this step's changes go into the index, too. */
  private stagesChanges = false;
  private unsureStashes = false;
  private last: Repository | undefined;
  private statusRead = { at: 0 };
  /** What the newest command itself changed. */
  private own: readonly string[] = [];

  constructor(files: FileStore) {
    this.files = files;
    this.history = new GitHistory(files);
  }

  /** A step begins; its output tells how its git commands ended. */
  begin(output: GitOutput): void {
    this.output = output;
    this.commitLines = output.text.includes('[') ? readCommitLines(output.text) : [];
    this.statusRead = { at: 0 };
    this.toStage.clear();
    this.stagesChanges = false;
  }

  /** A step changed these files, by whatever means. */
  noteChanged(paths: readonly string[]): void {
    for (const path of paths) {
      const repo = this.ownerOf(path);
      if (!repo) continue;
      repo.noteChanged(path, paths === this.own);
      if (this.toStage.delete(path) || this.stagesChanges) repo.stage(path);
    }
  }

  /** A step changed the mode of a file. */
  noteMode(path: string): void {
    if (this.files.track(path)) this.ownerOf(path)?.noteMode(path);
  }

  /** After a step: what it left is kept for its position. */
  end(at: number): void {
    for (const repo of this.repositories) this.refresh(repo, at);
    for (const [number, repo] of this.repositories.entries())
      if (repo.isKnown) this.history.noteReach(at, number, repo.standings);
    if (this.last) this.history.note(at, this.last, this.stashes.get(this.last), this.unsureStashes);
  }

  /** Applies a git command; answers the files that it changed. */
  apply(effect: GitEffect, cwd: string | undefined, asked: Doing): string[] {
    const refusal = findRefusal(this.output.text, effect.command, effect.args);
    if (refusal === 'this') return [];
    const doing: Doing =
      refusal === 'some' && asked.certainty === 'certain' ? { ...asked, certainty: 'likely' } : asked;
    const folder = effect.folder === undefined ? cwd : resolvePath(effect.folder, cwd);
    const args = readGitArguments(effect.command, effect.args);
    if (effect.command === 'init' || effect.command === 'clone') {
      this.begins(effect, args.words, folder, args.value('-b', '--initial-branch', '--branch'), doing);
      return [];
    }
    const repo = this.repositoryOf(folder);
    repo.noteAsked(folder);
    this.last = repo;
    this.refresh(repo, doing.at);
    const call: GitCall = {
      repo,
      command: effect.command,
      args,
      cwd: folder,
      doing,
      files: this.files,
      output: this.output.text,
      commitLines: this.commitLines,
      standing: this.standing.get(repo) ?? new Set(),
      statusRead: this.statusRead,
      changedRefs: false,
    };
    const before = { head: repo.head, branch: repo.branch?.name };
    // Where the command ran is not known, nor are then the files that its paths mean.
    if (folder === undefined && effect.changes && !KEEPS_TREE.has(effect.command))
      this.files.doubt(doing.at, doing.by, { kind: 'all' });
    const changed = effect.changes ? this.change(call) : [];
    this.own = changed;
    call.changedRefs = repo.head !== before.head || repo.branch?.name !== before.branch;
    if (effect.changes) proveOutcome(call);
    const shown = noteShown(call, this.output, this.stashes.get(repo));
    if (shown.stashes !== undefined) {
      this.stashes.set(repo, shown.stashes ?? undefined);
      this.unsureStashes = false;
    }
    return changed;
  }

  private change(call: GitCall): string[] {
    const { repo, args, command } = call;
    switch (command) {
      case 'add':
      case 'stage':
        this.add(call);
        return [];
      case 'commit':
        this.commit(call);
        return [];
      case 'rm':
        for (const word of [...args.words, ...args.behind]) {
          const path = resolvePath(word, call.cwd);
          for (const file of this.files.matching(path)) repo.removeFromIndex(file);
          if (!/[*?[]/.test(path) && !this.files.isFolder(path)) repo.removeFromIndex(path);
        }
        return [];
      case 'mv': {
        const [from, to] = args.words.map((word) => resolvePath(word, call.cwd));
        if (from === undefined || to === undefined) return [];
        repo.removeFromIndex(from);
        this.toStage.add(this.files.isFolder(to) ? joinPath(to, baseName(from)) : to);
        return [];
      }
      case 'apply':
        this.stagesChanges = args.has('--index', '-3', '--3way') && !args.has('--cached');
        return [];
      case 'checkout':
      case 'switch':
        return checkOut(call);
      case 'restore':
        return restore(call);
      case 'reset':
        return reset(call);
      case 'stash': {
        const { top, changed } = stash(call, this.stashes.get(repo));
        this.stashes.set(repo, top);
        if (call.doing.certainty !== 'certain') this.unsureStashes = true;
        return [...changed];
      }
      case 'clean':
        return this.clean(call);
      case 'merge':
        return merge(call);
      case 'revert':
      case 'cherry-pick':
        return replayCommit(call);
      case 'branch':
        this.branch(call);
        return [];
      case 'tag': {
        const [name, start] = args.words;
        const target = findCommit(repo, start ?? 'HEAD');
        if (name !== undefined && target && !args.has('-d', '--delete')) repo.refs.set(name, target);
        return [];
      }
      case 'update-ref':
      case 'symbolic-ref':
        repo.moveHead({ ...firstCommit('unseen'), by: call.doing.by });
        return [];
      case 'worktree':
        this.worktree(call);
        return [];
      default: {
        if (!REPLACES_TREE.has(command)) return [];
        if (/^(?:Already up[ -]to[ -]date|Current branch \S+ is up to date)/m.test(call.output)) return [];
        if (command === 'rebase' && args.has('--abort'))
          return resetHard(call, repo.headLog.at(-1)?.commit ?? repo.head);
        const changed = leaveTree(call, command === 'read-tree');
        repo.moveHead({ ...firstCommit('unseen'), by: call.doing.by });
        return changed;
      }
    }
  }

  private add(call: GitCall): void {
    const { args, repo } = call;
    if (args.has('-p', '--patch', '-i', '--interactive', '-e', '--edit')) return;
    const given = [...args.words, ...args.behind];
    const all = args.has('-A', '--all', '-u', '--update') && given.length === 0;
    const paths = all ? ['/'] : given;
    const known = args.has('-u', '--update');
    for (const path of scope(call, paths, (flags) => flags.dirty || (flags.untracked && !known)))
      repo.stage(path);
    this.stageUnseen(call);
  }

  /** What a program may have changed unseen goes into the index with the rest: the head is not sure of it any more. */
  private stageUnseen({ repo }: GitCall): void {
    const doubted = this.files.doubtedNow();
    if (!doubted) repo.isUnsure = true;
    else for (const path of doubted) if (repo.owns(path)) repo.stage(path);
  }

  private commit(call: GitCall): void {
    const { args, repo } = call;
    const paths = [...args.words, ...args.behind];
    if (args.has('-a', '--all') || paths.length > 0) {
      for (const path of scope(call, paths.length > 0 ? paths : ['/'], (flags) => flags.dirty))
        repo.stage(path);
      this.stageUnseen(call);
    }
    commitIndex(call, args.value('-m', '--message'), args.has('--amend'));
  }

  private clean(call: GitCall): string[] {
    const { args, repo, files, doing, cwd } = call;
    if (args.has('-n', '--dry-run')) return [];
    const removed = readRemoved(call.output);
    const changed: string[] = [];
    // Which files go depends on rules that only the repository holds; it names each one that does.
    for (const name of removed) {
      const path = resolvePath(name.replace(/\/$/, ''), cwd);
      changed.push(...files.remove(path, doing, name.endsWith('/')));
    }
    if (removed.length === 0 && args.has('-q', '--quiet')) {
      const careful: Doing = { ...doing, certainty: 'likely' };
      for (const path of scope(
        call,
        args.behind.length > 0 ? args.behind : ['.'],
        (flags) => flags.untracked,
      ))
        changed.push(...files.remove(path, careful, false));
      // Files of which nobody knows whether git knows them may have gone, too.
      for (const path of repo.standings.unsettled)
        if (repo.standings.of(path)?.untracked !== false)
          files.doubt(doing.at, doing.by, { kind: 'path', path });
    }
    for (const path of changed) repo.noteChanged(path);
    return changed;
  }

  private branch({ repo, args, doing }: GitCall): void {
    const [first, second] = args.words;
    if (first === undefined) return;
    if (args.has('-d', '-D', '--delete')) for (const name of args.words) repo.refs.delete(name);
    else if (args.has('-m', '-M', '--move')) {
      const [from, to] = second === undefined ? [repo.branch?.name, first] : [first, second];
      if (from !== undefined) {
        const commit = repo.refs.get(from);
        repo.refs.delete(from);
        if (commit) repo.refs.set(to, commit);
      }
      if (from === repo.branch?.name) {
        repo.branch = { name: to, by: doing.by };
        repo.refs.set(to, repo.head);
      }
    } else if (!args.has('-u', '--set-upstream-to')) {
      const target = findCommit(repo, second ?? 'HEAD');
      if (target) repo.refs.set(first, target);
      else repo.refs.delete(first);
    }
  }

  private worktree({ repo, args, cwd }: GitCall): void {
    const [action, path] = args.words;
    if (action !== 'add' || path === undefined) return;
    const root = resolvePath(path, cwd);
    const made = new Repository(this.files, root, 'unseen');
    for (const [name, commit] of repo.refs) made.refs.set(name, commit);
    this.repositories.push(made);
  }

  private begins(
    effect: GitEffect,
    words: readonly string[],
    cwd: string | undefined,
    branch: string | undefined,
    doing: Doing,
  ): void {
    const clone = effect.command === 'clone';
    const [first, second] = words;
    const own = first === undefined ? undefined : baseName(first.replace(/\/+$/, '')).replace(/\.git$/, '');
    const folder = clone ? (second ?? own) : (first ?? '.');
    if (folder === undefined) return;
    const root = resolvePath(folder, cwd);
    if (!root.startsWith('/')) return;
    const known = this.repositories.find((repo) => repo.root === root);
    if (known && !/^Initialized empty/m.test(this.output.text)) {
      this.last = known;
      return;
    }
    const again = !clone && /^Reinitialized existing/m.test(this.output.text);
    const made = new Repository(this.files, root, again || clone ? 'found' : 'empty');
    if (clone) made.noteComplete(doing.at);
    if (branch !== undefined) made.branch = { name: branch, by: doing.by };
    this.repositories.push(made);
    this.last = made;
  }

  private ownerOf(path: string): Repository | undefined {
    let best: Repository | undefined;
    for (const repo of this.repositories)
      if (repo.owns(path) && (!best || (best.root?.length ?? -1) < (repo.root?.length ?? -1))) best = repo;
    // Before git is first asked, what changes lies in the repository that it will be asked about.
    return best ?? (this.repositories.length === 0 ? this.open() : undefined);
  }

  private open(): Repository {
    const made = new Repository(this.files, undefined);
    this.repositories.push(made);
    return made;
  }

  /** The repository that a folder lies in: the innermost known one, else the one whose top is not known. */
  private repositoryOf(cwd: string | undefined): Repository {
    let best: Repository | undefined;
    for (const repo of this.repositories) {
      const inside =
        repo.root === undefined || cwd === undefined || cwd === repo.root || cwd.startsWith(`${repo.root}/`);
      if (inside && (!best || (repo.root?.length ?? -1) > (best.root?.length ?? -1))) best = repo;
    }
    return best ?? this.open();
  }

  private refresh(repo: Repository, at: number): void {
    if (repo.touched.size === 0 || !repo.isKnown) return;
    const standing = this.standing.get(repo) ?? new Set<string>();
    this.standing.set(repo, standing);
    for (const path of repo.touched) {
      const flags = repo.owns(path) ? repo.flags(path) : undefined;
      if (flags && (flags.dirty || flags.staged || flags.untracked)) standing.add(path);
      else standing.delete(path);
      this.history.noteFile(at, path, this.repositories.indexOf(repo), flags, repo.standings.of(path));
    }
    repo.touched.clear();
  }
}
