import { joinPath, normalizePath } from '../base/path.ts';
import type { Effect } from '../model/effect.ts';
import type { StepId } from '../model/ids.ts';
import type { Doing, FileStore } from './file-store.ts';
import type { FileSnapshot } from './file-track.ts';
import { readGitPaths } from './git-paths.ts';
import { isScratchPath } from './scratch-path.ts';

type GitEffect = Extract<Effect, { kind: 'git' }>;

/** Commands that put other files in the working tree than those that the run knows of. */
const REPLACES_TREE = new Set([
  'merge',
  'pull',
  'rebase',
  'cherry-pick',
  'revert',
  'am',
  'bisect',
  'read-tree',
]);

interface Stash {
  readonly files: readonly { readonly path: string; readonly snapshot: FileSnapshot }[];
}

/**
 * What git commands do to the files that a run touched: which state of each is committed, what stashes hold, and what
 * `checkout`, `restore`, `stash`, `reset` and `clean` bring back.
 */
export class GitModel {
  private readonly files: FileStore;
  /** Committed states; a file that is not in here is committed as it was before the run. */
  private readonly head = new Map<string, FileSnapshot>();
  /** Changed since the last commit: files that git knows, and files that it does not. */
  private readonly dirty = new Set<string>();
  private readonly untracked = new Set<string>();
  private readonly stashes: Stash[] = [];
  private branchNow: { readonly name: string; readonly by: StepId } | undefined;

  constructor(files: FileStore) {
    this.files = files;
  }

  get branch(): { readonly name: string; readonly by: StepId } | undefined {
    return this.branchNow;
  }

  /** A step changed these files, by whatever means. */
  noteChanged(paths: readonly string[]): void {
    for (const path of paths) {
      if (this.isTracked(path)) this.dirty.add(path);
      else if (this.files.track(path)?.exists) this.untracked.add(path);
      else this.untracked.delete(path);
    }
  }

  /** Applies a git command; answers the files that it changed. */
  apply(effect: GitEffect, cwd: string | undefined, doing: Doing): string[] {
    if (!effect.changes) return [];
    const args = readGitPaths(effect.command, effect.args);
    switch (effect.command) {
      case 'add':
        for (const path of this.scope(args.paths, cwd, this.untracked)) {
          this.untracked.delete(path);
          this.head.set(path, { index: undefined, exists: false, key: 'absent', sure: true });
          this.dirty.add(path);
        }
        return [];
      case 'commit':
        for (const path of this.dirty) this.commit(path);
        this.dirty.clear();
        return [];
      case 'checkout':
      case 'switch':
        return this.checkout(args, cwd, doing);
      case 'restore':
        if (args.has('--staged', '-S') && !args.has('--worktree', '-W')) return [];
        return this.bringBack(args.paths, args.source, cwd, doing);
      case 'reset':
        return this.reset(args.has('--hard'), args.source, cwd, doing);
      case 'stash':
        return this.stash(args.words[0] ?? 'push', args, cwd, doing);
      case 'clean':
        if (args.has('-n', '--dry-run')) return [];
        return this.removeUntracked(
          this.scope(args.paths.length > 0 ? args.paths : ['.'], cwd, this.untracked),
          doing,
        );
      default:
        if (REPLACES_TREE.has(effect.command)) this.files.forget(doing.at, () => true);
        return [];
    }
  }

  private isTracked(path: string): boolean {
    return this.head.has(path) || (this.files.track(path)?.original.exists ?? false);
  }

  private commit(path: string): void {
    const snapshot = this.files.snapshot(path);
    if (snapshot) this.head.set(path, snapshot);
  }

  private checkout(args: ReturnType<typeof readGitPaths>, cwd: string | undefined, doing: Doing): string[] {
    if (args.newBranch !== undefined) {
      this.branchNow = { name: args.newBranch, by: doing.by };
      if (args.source !== undefined) this.files.forget(doing.at, () => true);
      return [];
    }
    if (args.separated || args.paths.length > 0) return this.bringBack(args.paths, args.source, cwd, doing);
    const [first, ...rest] = args.words;
    if (first === undefined) return [];
    const named = (word: string): boolean => {
      const path = resolve(word, cwd);
      return word === '.' || this.files.track(path) !== undefined || this.files.matching(path).length > 0;
    };
    // Without `--` git takes a word for a path when it is no ref; so do we for paths that the run touched.
    if (named(first) || (rest.length === 0 && /\.\w{1,5}$/.test(first) && first.includes('/')))
      return this.bringBack(args.words, undefined, cwd, doing);
    if (rest.length > 0) return this.bringBack(rest, first, cwd, doing);
    this.branchNow = { name: first, by: doing.by };
    this.files.forget(doing.at, () => true);
    return [];
  }

  /** Paths as they are in a commit: known for HEAD, unknown for any other. */
  private bringBack(
    paths: readonly string[],
    source: string | undefined,
    cwd: string | undefined,
    doing: Doing,
  ): string[] {
    const fromHead = source === undefined || source === 'HEAD';
    const changed: string[] = [];
    for (const path of this.scope(paths, cwd, this.dirty)) {
      if (fromHead) changed.push(...this.toHead(path, doing));
      else changed.push(...this.files.write(path, doing, { kind: 'unknown' }, false));
    }
    return changed;
  }

  private toHead(path: string, doing: Doing): string[] {
    const track = this.files.track(path);
    if (!track) return [];
    this.dirty.delete(path);
    return this.files.restore(path, doing, this.head.get(path) ?? track.original);
  }

  private reset(hard: boolean, source: string | undefined, cwd: string | undefined, doing: Doing): string[] {
    if (!hard) return [];
    const changed = this.scope(['/'], cwd, this.dirty).flatMap((path) => this.toHead(path, doing));
    if (source !== undefined && source !== 'HEAD') this.files.forget(doing.at, () => true);
    return changed;
  }

  private stash(
    action: string,
    args: ReturnType<typeof readGitPaths>,
    cwd: string | undefined,
    doing: Doing,
  ): string[] {
    if (action === 'pop' || action === 'apply') {
      const stash = action === 'pop' ? this.stashes.pop() : this.stashes.at(-1);
      const changed = (stash?.files ?? []).flatMap(({ path, snapshot }) =>
        this.files.restore(path, doing, snapshot),
      );
      this.noteChanged(changed);
      return changed;
    }
    if (action === 'drop') this.stashes.pop();
    if (action === 'clear') this.stashes.length = 0;
    if (action !== 'push' && action !== 'save') return [];
    const scope = args.paths.length > 0 ? args.paths : ['/'];
    const taken = this.scope(scope, cwd, this.dirty);
    if (args.has('-u', '--include-untracked', '-a', '--all'))
      taken.push(...this.scope(scope, cwd, this.untracked));
    const files = taken.flatMap((path) => {
      const snapshot = this.files.snapshot(path);
      return snapshot ? [{ path, snapshot }] : [];
    });
    this.stashes.push({ files });
    return files.flatMap(({ path }) =>
      this.isTracked(path) ? this.toHead(path, doing) : this.removeUntracked([path], doing),
    );
  }

  private removeUntracked(paths: readonly string[], doing: Doing): string[] {
    return paths.flatMap((path) => {
      this.untracked.delete(path);
      return this.files.remove(path, doing, false);
    });
  }

  /** Members of a set that lie at or below the paths as written; `/` stands for the whole repository. */
  private scope(paths: readonly string[], cwd: string | undefined, among: ReadonlySet<string>): string[] {
    const found = new Set<string>();
    for (const path of paths) {
      const target = path === '/' ? undefined : resolve(path, cwd);
      if (target !== undefined && among.has(target)) found.add(target);
      else if (target === undefined || target === '') {
        for (const member of among) if (inRepository(member, cwd)) found.add(member);
      } else if (this.files.track(target) === undefined) {
        for (const member of among) if (member.startsWith(`${target}/`)) found.add(member);
      }
    }
    return [...found];
  }
}

function resolve(path: string, cwd: string | undefined): string {
  return cwd === undefined ? normalizePath(path) : joinPath(cwd, path);
}

/** Where the repository starts is not recorded; what shares the first folder with the working directory counts. */
function inRepository(path: string, cwd: string | undefined): boolean {
  if (isScratchPath(path, false) && !(cwd !== undefined && isScratchPath(`${cwd}/`, false))) return false;
  if (cwd === undefined || !path.startsWith('/')) return true;
  return path.split('/', 2)[1] === cwd.split('/', 2)[1];
}
