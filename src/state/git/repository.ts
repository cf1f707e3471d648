import type { StepId } from '../../model/ids.ts';
import type { Doing, FileStore } from '../file-store.ts';
import { ABSENT, type FileSnapshot } from '../file-track.ts';
import { isScratchPath } from '../scratch-path.ts';
import { type Commit, changedPaths, firstCommit, GONE, lookUp, mergeBase, type Origin } from './commit.ts';
import type { FileFlags } from './file-flags.ts';
import { type Standing, Standings } from './standing.ts';

/** One repository: its head, its index, and how the files of the run stand to them. */
export class Repository {
  readonly files: FileStore;
  /** Its top folder; undefined while nothing shows it. */
  root: string | undefined;
  head: Commit;
  branch: { readonly name: string; readonly by: StepId } | undefined;
  /** Commits by the names of branches, tags and hashes. */
  readonly refs = new Map<string, Commit>();
  /** Heads in order, the newest last: what `HEAD@{n}` and `checkout -` go back to. */
  readonly headLog: { readonly commit: Commit; readonly branch: string | undefined }[] = [];
  /** States in the head that differ from the originals. */
  private readonly headFiles = new Map<string, FileSnapshot>();
  /** States in the index that differ from the head. */
  private readonly staged = new Map<string, FileSnapshot>();
  /** Shown by git as files that it knows, or committed by the run. */
  private readonly proven = new Set<string>();
  /** Left out by the rules of the repository: neither tracked nor shown as untracked. */
  private readonly ignored = new Set<string>();
  /** Files of which only git's own output speaks. */
  private readonly shownOnly = new Map<string, FileFlags>();
  /** Position of the newest proof that the working tree had no change. */
  private cleanAt: number | undefined;
  /** Files that steps changed since the head is one that nobody has seen. */
  private readonly changedOnTop = new Set<string>();
  private unknowns = 0;
  /** Files may have been committed with changes that nobody saw. */
  isUnsure = false;
  private asked = false;
  /** The folder in which git was first asked. */
  private place: string | undefined;
  /** How files surely stand. */
  readonly standings: Standings;
  /** Files whose mode a step changed: the same text may then be a change. */
  private readonly modes = new Set<string>();
  /** Files whose flags may have changed since they were last asked for. */
  readonly touched = new Set<string>();

  constructor(files: FileStore, root: string | undefined, origin: Origin = 'found') {
    this.files = files;
    this.root = root;
    this.standings = new Standings(files);
    this.head = firstCommit(origin);
  }

  /** Whether a file lies in it. */
  owns(path: string): boolean {
    if (path.includes('/.git/')) return false;
    const { root, place } = this;
    if (root !== undefined && path.startsWith('/')) return path.startsWith(root === '/' ? '/' : `${root}/`);
    // Where the repository starts is not recorded; what shares the first folders with the place where git ran counts.
    if (isScratchPath(path, false) && !(place !== undefined && isScratchPath(`${place}/`, false)))
      return false;
    if (place === undefined || !path.startsWith('/')) return true;
    const depth = /^\/(?:home|Users)\//.test(place) ? 4 : /^\/(?:tmp|var|private)\//.test(place) ? 3 : 2;
    return path.split('/', depth).join('/') === place.split('/', depth).join('/');
  }

  /** Whether git was asked about it, or made it: before, nothing says that there is one. */
  get isKnown(): boolean {
    return this.asked || this.root !== undefined;
  }

  /** Git was asked in a folder of it. */
  noteAsked(cwd: string | undefined): void {
    this.asked = true;
    this.place ??= cwd;
  }

  /** State of a file in the head; undefined when it is not known. */
  headOf(path: string): FileSnapshot | undefined {
    const held = this.headFiles.get(path);
    if (held) return held;
    const found = lookUp(this.head, path);
    return found === 'original' ? this.originalOf(path) : found;
  }

  indexOf(path: string): FileSnapshot | undefined {
    return this.staged.get(path) ?? this.headOf(path);
  }

  /** State of a file in any commit. */
  stateIn(commit: Commit, path: string): FileSnapshot | undefined {
    if (commit === this.head) return this.headOf(path);
    const found = lookUp(commit, path);
    return found === 'original' ? this.originalOf(path) : found;
  }

  isTracked(path: string): boolean {
    return !this.ignored.has(path) && (this.indexOf(path)?.exists ?? true);
  }

  isProven(path: string): boolean {
    return this.proven.has(path);
  }

  /** A step changed a file; what git itself changes it knows of. */
  noteChanged(path: string, byGit = false): void {
    this.touched.add(path);
    this.shownOnly.delete(path);
    if (!this.indexOf(path)) this.changedOnTop.add(path);
    if (!byGit) this.standings.set(path, this.afterChange(path));
  }

  /** A step changed the mode of a file. */
  noteMode(path: string): void {
    this.modes.add(path);
    this.touched.add(path);
    this.standings.change([path], (before) => ({ ...before, dirty: undefined }));
  }

  /** How files stand after a command of git, as far as that is sure. */
  prove(
    paths: Iterable<string>,
    next: (before: Omit<Standing, 'order'>, path: string) => Omit<Standing, 'order'>,
  ): void {
    for (const path of this.standings.change(paths, next)) {
      this.touched.add(path);
      if (this.standings.of(path)?.staged) this.proven.add(path);
    }
  }

  private afterChange(path: string): Omit<Standing, 'order'> {
    const before = this.standings.of(path);
    const now = this.files.snapshot(path);
    if (!before || !now) return {};
    // Git does not look into what it does not know: it stays so as long as it is there.
    if (before.untracked === true && now.sure) return { dirty: false, staged: false, untracked: now.exists };
    // A file that is in no list may as well be one that the rules of the repository leave out.
    if (before.untracked !== false || !this.proven.has(path)) return {};
    const index = this.indexOf(path);
    const known = now.sure && index?.sure && index.exists && !this.isUnsure && isText(now) && isText(index);
    const differs = known ? now.key !== index.key : undefined;
    return {
      dirty: differs === false && this.modes.has(path) ? undefined : differs,
      staged: before.staged,
      untracked: false,
    };
  }

  /** A file that nobody saw yet, of which the head may hold another state, or none. */
  noteUnseen(path: string): void {
    this.headFiles.set(path, this.elsewhere());
    this.touched.add(path);
  }

  /** Something changed the index of these files that no step shows. */
  blurIndex(paths: Iterable<string>): void {
    for (const path of paths) {
      const index = this.indexOf(path);
      if (index?.sure) this.staged.set(path, { ...index, sure: false });
      this.touched.add(path);
    }
  }

  flags(path: string): FileFlags {
    const none = { dirty: false, staged: false, untracked: false };
    const shown = this.shownOnly.get(path);
    if (shown) return shown;
    const track = this.files.track(path);
    if (!track || this.ignored.has(path)) return none;
    const [head, index] = [this.headOf(path), this.indexOf(path)];
    // Of a commit that nobody has seen only what was changed on top of it is known.
    if (!index) return this.changedOnTop.has(path) ? { ...none, dirty: true } : none;
    const staged = this.staged.has(path) && head?.key !== index.key;
    if (!index.exists) return { dirty: false, staged, untracked: track.exists };
    return { dirty: track.key !== index.key, staged, untracked: false };
  }

  /** Files of the run that stand out, of those that the caller chooses. */
  select(wanted: (flags: FileFlags, path: string) => boolean, among: Iterable<string>): string[] {
    const found: string[] = [];
    for (const path of among) if (wanted(this.flags(path), path)) found.push(path);
    return found;
  }

  /** The state of the file now goes into the index. */
  stage(path: string): void {
    const shown = this.shownOnly.get(path);
    this.touched.add(path);
    if (shown) {
      this.shownOnly.set(path, { dirty: false, staged: true, untracked: false });
      return;
    }
    const now = this.files.snapshot(path);
    if (!now) return;
    const head = this.headOf(path);
    // What only seems to be as committed may have been changed unseen, and is then committed so.
    if (head?.key === now.key && (now.sure || !head.sure)) this.staged.delete(path);
    else this.staged.set(path, now);
  }

  setIndex(path: string, state: FileSnapshot | undefined): void {
    this.touched.add(path);
    const shown = this.shownOnly.get(path);
    if (shown)
      this.shownOnly.set(path, { dirty: shown.dirty || shown.staged, staged: false, untracked: false });
    if (!state || this.headOf(path)?.key === state.key) this.staged.delete(path);
    else this.staged.set(path, state);
  }

  removeFromIndex(path: string): void {
    this.proven.delete(path);
    this.setIndex(path, GONE);
  }

  get stagedPaths(): IterableIterator<string> {
    return this.staged.keys();
  }

  get shownPaths(): IterableIterator<string> {
    return this.shownOnly.keys();
  }

  /** A commit of the index, on top of the head or in its place. */
  commit(facts: Pick<Commit, 'hash' | 'message' | 'by' | 'provenance'>, amend: boolean): Commit {
    const changes = new Map<string, FileSnapshot>(amend ? this.head.changes : []);
    for (const [path, state] of this.staged) {
      changes.set(path, state);
      this.headFiles.set(path, state);
      this.proven.add(path);
      this.touched.add(path);
    }
    this.staged.clear();
    for (const [path, shown] of this.shownOnly) {
      this.touched.add(path);
      if (shown.dirty) this.shownOnly.set(path, { ...shown, staged: false });
      else if (!shown.untracked) this.shownOnly.delete(path);
    }
    const parent = amend ? this.head.parent : this.head;
    const made: Commit = {
      ...facts,
      parent,
      depth: (parent?.depth ?? -1) + 1,
      changes,
      origin: amend ? this.head.origin : undefined,
    };
    this.setHead(made);
    return made;
  }

  /**
   * The head stands elsewhere; index and files are the caller's to change. `leaves`: the branch stays where it was, for
   * another one (or none) is switched to.
   */
  moveHead(to: Commit, leaves = false): void {
    if (to === this.head) {
      if (leaves) this.headLog.push({ commit: this.head, branch: this.branch?.name });
      return;
    }
    const base = mergeBase(this.head, to);
    const paths = base
      ? new Set([...changedPaths(this.head, base), ...changedPaths(to, base)])
      : new Set([...this.headFiles.keys(), ...changedPaths(to, undefined)]);
    const index = new Map([...paths].map((path) => [path, this.indexOf(path)] as const));
    for (const path of paths) {
      const found = lookUp(to, path);
      if (found !== 'original' && found) this.headFiles.set(path, found);
      else this.headFiles.delete(path);
      this.touched.add(path);
    }
    this.setHead(to, leaves);
    this.changedOnTop.clear();
    // The index keeps what it held until the caller says otherwise.
    for (const [path, state] of index) if (state) this.setIndex(path, state);
  }

  private setHead(commit: Commit, leaves = false): void {
    this.headLog.push({ commit: this.head, branch: this.branch?.name });
    this.head = commit;
    if (this.branch && !leaves) this.refs.set(this.branch.name, commit);
    if (commit.hash !== undefined) this.refs.set(commit.hash, commit);
  }

  /** Puts a file and its index entry into a state that git holds; answers the path when the file changed. */
  checkOut(path: string, state: FileSnapshot | undefined, doing: Doing, named: boolean): string[] {
    this.touched.add(path);
    // Then nobody knows whether the file is there at all.
    if (!state)
      return this.files.write(path, { ...doing, certainty: 'possible' }, { kind: 'unknown' }, false);
    // What the rules of the repository leave out is not touched unless it is named.
    const sure = state.sure && !this.isUnsure && (named || this.proven.has(path));
    return this.files.restore(path, doing, state, sure);
  }

  /** What the output of git says of a file: all of it, so that what was held so far is corrected. */
  show(path: string, index: string, work: string, isSure: boolean, order?: number): void {
    this.touched.add(path);
    const untracked = index === '?';
    this.modes.delete(path);
    if (!untracked) {
      this.proven.add(path);
      this.ignored.delete(path);
    }
    const wanted: FileFlags = {
      untracked,
      staged: !untracked && index !== ' ',
      dirty: !untracked && work !== ' ',
    };
    if (isSure) this.standings.set(path, wanted, order);
    const track = this.files.track(path);
    if (!track) {
      this.shownOnly.set(path, wanted);
      return;
    }
    const held = this.flags(path);
    if (held.dirty === wanted.dirty && held.staged === wanted.staged && held.untracked === wanted.untracked)
      return;
    const now = this.files.snapshot(path) ?? GONE;
    if (untracked) {
      this.headFiles.set(path, GONE);
      this.staged.delete(path);
      return;
    }
    const entry = wanted.dirty ? ((held.dirty ? this.indexOf(path) : undefined) ?? this.elsewhere()) : now;
    this.headFiles.set(
      path,
      wanted.staged ? ((held.staged ? this.headOf(path) : undefined) ?? this.elsewhere()) : entry,
    );
    if (wanted.staged) this.staged.set(path, entry);
    else this.staged.delete(path);
  }

  /** Git lists every change and not this file: it is as committed, or left out by the rules of the repository. */
  showClean(path: string): void {
    const flags = this.flags(path);
    this.touched.add(path);
    this.shownOnly.delete(path);
    const now = this.files.snapshot(path);
    if (!now) return;
    if (flags.untracked || (!this.proven.has(path) && !now.exists)) this.ignored.add(path);
    else if (flags.dirty || flags.staged || this.headFiles.has(path)) {
      this.staged.delete(path);
      this.headFiles.set(path, now);
    }
  }

  /** Nothing was changed at this position but what git listed. */
  noteComplete(at: number): void {
    this.cleanAt = at;
  }

  private elsewhere(): FileSnapshot {
    return { index: undefined, exists: true, key: `elsewhere ${++this.unknowns}`, sure: false };
  }

  /** As the file was before the run; surely so in the head only where git showed that it had not been changed then. */
  private originalOf(path: string): FileSnapshot | undefined {
    const track = this.files.track(path);
    if (!track) return undefined;
    const { original } = track;
    const first = track.versions[0];
    const proven =
      this.cleanAt !== undefined &&
      first !== undefined &&
      first.at >= this.cleanAt &&
      !this.files.wasDoubted(path, this.cleanAt, first.at);
    return proven ? original : { ...original, sure: false };
  }
}

/** Whether the key of a state tells its text, or that there is none. */
function isText({ key }: FileSnapshot): boolean {
  return key === ABSENT || key.startsWith('content ');
}
