import type { StepId } from '../../model/ids.ts';
import type { GitView } from '../../model/state.ts';
import { VersionedMap } from '../versioned-map.ts';
import type { FileFlags, Repository } from './repository.ts';
import type { Stash } from './stash.ts';

type Head = NonNullable<GitView['head']>;

/** What git knew at every position: each value is kept when it changes. */
export class GitHistory {
  private readonly branches = new VersionedMap<'branch', { readonly name: string; readonly by: StepId }>();
  private readonly heads = new VersionedMap<'head', Head>();
  private readonly stashes = new VersionedMap<'stash', Stash>();
  private readonly files = new VersionedMap<string, FileFlags>();

  noteFile(at: number, path: string, flags: FileFlags | undefined): void {
    const now = flags && (flags.dirty || flags.staged || flags.untracked) ? flags : undefined;
    const before = this.files.latest(path);
    if (
      before?.dirty === now?.dirty &&
      before?.staged === now?.staged &&
      before?.untracked === now?.untracked
    )
      return;
    this.files.set(path, at, now);
  }

  note(at: number, { branch, head }: Repository, stash: Stash | undefined): void {
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
    const { branches, heads, stashes, files } = this;
    const list = (wanted: (flags: FileFlags) => boolean): string[] => {
      const found: string[] = [];
      for (const [path, flags] of files.view(at)) if (wanted(flags)) found.push(path);
      return found.sort();
    };
    return {
      branch: branches.get('branch', at),
      head: heads.get('head', at),
      get dirty() {
        return list((flags) => flags.dirty);
      },
      get staged() {
        return list((flags) => flags.staged);
      },
      get untracked() {
        return list((flags) => flags.untracked);
      },
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
}
