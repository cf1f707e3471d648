import type { FileStore } from '../file-store.ts';
import type { FileFlags } from './file-flags.ts';

/** What is known for sure of how a file stands; a flag that is undefined is not known. */
export interface Standing {
  readonly dirty?: boolean | undefined;
  readonly staged?: boolean | undefined;
  readonly untracked?: boolean | undefined;
  /** In the order of everything that happens to files: doubts that come later take it away. */
  readonly order: number;
}

/** Git listed every change below a folder. */
export interface Listing {
  readonly order: number;
  readonly folder: string;
  /** Whole folders were listed by their name: what lies in them was not. */
  readonly folders: boolean;
}

const CLEAN = { dirty: false, staged: false, untracked: false } as const;

/**
 * How the files of a repository surely stand: shown by git, or a consequence of a command that surely did what it says.
 * What programs may have changed unseen, and what follows from contents that are only assumed, is not known.
 */
export class Standings {
  private readonly files: FileStore;
  private readonly known = new Map<string, Standing>();
  /** Files that do not surely stand as committed: a command that goes over all files changes these. */
  private readonly open = new Set<string>();
  /** The newest full list. */
  listing: Listing | undefined;
  /** What was known before this order does not hold any more. */
  lostAt = 0;

  constructor(files: FileStore) {
    this.files = files;
  }

  /** What still holds now. */
  of(path: string): Standing | undefined {
    const own = this.known.get(path);
    const here = latestOf(own, this.listing, this.lostAt, path);
    return here && !this.files.doubtedAfter(path, here.order) ? here : undefined;
  }

  set(path: string, standing: Omit<Standing, 'order'>, order = this.files.tick()): void {
    this.known.set(path, { ...standing, order });
    if (isClean(standing)) this.open.delete(path);
    else this.open.add(path);
  }

  /** What is only partly known of these files from here on. */
  change(
    paths: Iterable<string>,
    next: (before: Omit<Standing, 'order'>, path: string) => Omit<Standing, 'order'>,
  ): string[] {
    const changed = [...paths];
    const order = this.files.tick();
    for (const path of changed) this.set(path, next(this.of(path) ?? {}, path), order);
    return changed;
  }

  /** Files that do not surely stand as committed. */
  get unsettled(): ReadonlySet<string> {
    return this.open;
  }

  /** Nothing is known any more of how any file stands. */
  lose(): void {
    this.lostAt = this.files.tick();
  }

  /** Git lists every change below a folder, in a moment. */
  list(folder: string, folders: boolean): number {
    const order = this.files.tick();
    this.listing = { order, folder, folders };
    return order;
  }
}

/** The newest word on a file: its own, or that a full list did not name it. */
export function latestOf(
  own: Standing | undefined,
  listing: Listing | undefined,
  lostAt: number,
  path: string,
): Standing | undefined {
  const mine = own && own.order >= lostAt ? own : undefined;
  if (!listing || listing.order < lostAt || !isBelow(path, listing.folder)) return mine;
  return mine && mine.order >= listing.order ? mine : { ...CLEAN, order: listing.order };
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

function isClean({ dirty, staged, untracked }: Omit<Standing, 'order'>): boolean {
  return dirty === false && staged === false && untracked === false;
}

export function isSettled(standing: Standing | undefined): boolean {
  return standing?.dirty !== undefined && standing.staged !== undefined && standing.untracked !== undefined;
}

/** The best that can be said: what is known, and for the rest what seems to be. */
export function withGuess(standing: Standing | undefined, guess: FileFlags | undefined): FileFlags {
  return {
    dirty: standing?.dirty ?? guess?.dirty ?? false,
    staged: standing?.staged ?? guess?.staged ?? false,
    untracked: standing?.untracked ?? guess?.untracked ?? false,
  };
}
