import type { StepId } from '../../model/ids.ts';
import type { GitView } from '../../model/state.ts';
import type { FileStore } from '../file-store.ts';
import { VersionedMap } from '../versioned-map.ts';
import type { FileFlags } from './file-flags.ts';
import type { Repository } from './repository.ts';
import { isSettled, type Listing, latestOf, type Standing, type Standings, withGuess } from './standing.ts';
import type { Stash } from './stash.ts';

type Head = NonNullable<GitView['head']>;

/** How one file stood when it was last looked at. */
interface FileNote {
  /** Number of its repository. */
  readonly repo: number;
  /** What seems to be; undefined when it seems to be as committed. */
  readonly guess: FileFlags | undefined;
  readonly known: Standing | undefined;
}

/** What was known of all files of a repository. */
interface Reach {
  readonly listing: Listing | undefined;
  readonly lostAt: number;
}

/** What git knew at every position: each value is kept when it changes. */
export class GitHistory {
  private readonly store: FileStore;
  private readonly branches = new VersionedMap<'branch', { readonly name: string; readonly by: StepId }>();
  private readonly heads = new VersionedMap<'head', Head>();
  private readonly stashes = new VersionedMap<'stash', Stash>();
  private readonly doubtful = new VersionedMap<'stash', boolean>();
  private readonly files = new VersionedMap<string, FileNote>();
  private readonly reaches = new VersionedMap<number, Reach>();

  constructor(store: FileStore) {
    this.store = store;
  }

  noteFile(
    at: number,
    path: string,
    repo: number,
    flags: FileFlags | undefined,
    known: Standing | undefined,
  ): void {
    const guess = flags && (flags.dirty || flags.staged || flags.untracked) ? flags : undefined;
    const before = this.files.latest(path);
    if (
      before?.repo === repo &&
      before.known === known &&
      before.guess?.dirty === guess?.dirty &&
      before.guess?.staged === guess?.staged &&
      before.guess?.untracked === guess?.untracked
    )
      return;
    this.files.set(path, at, { repo, guess, known });
  }

  /** What holds for all files of a repository from here on. */
  noteReach(at: number, repo: number, { listing, lostAt }: Standings): void {
    const before = this.reaches.latest(repo);
    if (!before || before.listing !== listing || before.lostAt !== lostAt)
      this.reaches.set(repo, at, { listing, lostAt });
  }

  note(at: number, { branch, head }: Repository, stash: Stash | undefined, unsureStashes: boolean): void {
    if ((this.doubtful.latest('stash') ?? false) !== unsureStashes)
      this.doubtful.set('stash', at, unsureStashes);
    if (this.branches.latest('branch') !== branch) this.branches.set('branch', at, branch);
    if (this.stashes.latest('stash') !== stash) this.stashes.set('stash', at, stash);
    const before = this.heads.latest('head');
    const now = head.by === undefined && head.hash === undefined ? undefined : head;
    if (before?.by === now?.by && before?.hash === now?.hash && before?.message === now?.message) return;
    this.heads.set(
      'head',
      at,
      now && {
        ...(now.hash !== undefined && { hash: now.hash }),
        ...(now.message !== undefined && { message: now.message }),
        by: now.by,
        provenance: now.hash === undefined ? now.provenance : 'recorded',
      },
    );
  }

  view(at: number): GitView {
    const { branches, heads, stashes } = this;
    let made: FileLists | undefined;
    const lists = (): FileLists => {
      made ??= this.lists(at);
      return made;
    };
    return {
      branch: branches.get('branch', at),
      head: heads.get('head', at),
      get dirty() {
        return lists().dirty;
      },
      get staged() {
        return lists().staged;
      },
      get untracked() {
        return lists().untracked;
      },
      get unsure() {
        return lists().unsure;
      },
      covers: this.covers(at),
      unsureStashes: this.doubtful.get('stash', at) ?? false,
      get stashes() {
        const entries: GitView['stashes'][number][] = [];
        for (let here = stashes.get('stash', at); here; here = here.below) {
          const { message, by, files: held } = here;
          entries.push({
            ...(message !== undefined && { message }),
            paths: held.map(({ path }) => path),
            by,
          });
        }
        return entries.reverse();
      },
    };
  }

  private covers(at: number): GitView['covers'] {
    let covers: GitView['covers'] = 'nothing';
    for (const { listing, lostAt } of this.reaches.view(at).values()) {
      const isAll =
        listing !== undefined &&
        !listing.folders &&
        listing.order >= lostAt &&
        !this.store.anyDoubtAfter(listing.order, at);
      // One repository of which not everything is known is enough.
      if (!isAll) return 'touched';
      covers = 'all';
    }
    return covers;
  }

  private lists(at: number): FileLists {
    const lists: FileLists = { dirty: [], staged: [], untracked: [], unsure: [] };
    const reaches = this.reaches.view(at);
    for (const [path, { repo, guess, known }] of this.files.view(at)) {
      const reach = reaches.get(repo);
      const latest = latestOf(known, reach?.listing, reach?.lostAt ?? 0, path);
      const standing = latest && !this.store.doubtedAfter(path, latest.order, at) ? latest : undefined;
      const flags = withGuess(standing, guess);
      if (flags.dirty) lists.dirty.push(path);
      if (flags.staged) lists.staged.push(path);
      if (flags.untracked) lists.untracked.push(path);
      if (!isSettled(standing)) lists.unsure.push(path);
    }
    for (const list of Object.values(lists)) list.sort();
    return lists;
  }
}

type FileLists = Record<'dirty' | 'staged' | 'untracked' | 'unsure', string[]>;
