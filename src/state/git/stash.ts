import type { StepId } from '../../model/ids.ts';
import type { FileSnapshot } from '../file-track.ts';
import { reachOf } from './checkout.ts';
import { type GitCall, scope } from './git-call.ts';
import { readConflicts } from './read-git-output.ts';

/** One entry of the stash; the one below it is older. */
export interface Stash {
  readonly message: string | undefined;
  readonly by: StepId;
  readonly files: readonly StashedFile[];
  readonly below: Stash | undefined;
  /** Pushed by no step of the run, or with files that only git's output names: what it holds is not (all) known. */
  readonly partly: boolean;
}

interface StashedFile {
  readonly path: string;
  readonly work: FileSnapshot;
  readonly index: FileSnapshot | undefined;
  /** State of the file in the commit that the stash was made on. */
  readonly base: FileSnapshot | undefined;
  readonly untracked: boolean;
}

export interface StashOutcome {
  readonly top: Stash | undefined;
  readonly changed: readonly string[];
}

/** `git stash` with all that it can do; `top` is the newest entry before. */
export function stash(call: GitCall, top: Stash | undefined): StashOutcome {
  const { args } = call;
  const [word = 'push', ...rest] = args.words;
  switch (word) {
    case 'pop':
    case 'apply':
      return bringBack(call, top, indexOf(rest[0]), word === 'pop');
    case 'drop':
      return { top: without(top, indexOf(rest[0])), changed: [] };
    case 'clear':
      return { top: undefined, changed: [] };
    case 'push':
      return push(call, top, [...rest, ...args.behind], args.value('-m', '--message'));
    case 'save':
      return push(call, top, args.behind, rest.join(' ') || undefined);
    case 'branch':
    case 'store':
    case 'create':
    case 'list':
    case 'show':
      return { top, changed: [] };
    default:
      // `git stash -- paths` and `git stash -m text` are pushes too; what else it may be is nobody's guess.
      return args.words.length === 0
        ? push(call, top, args.behind, args.value('-m', '--message'))
        : { top, changed: [] };
  }
}

function indexOf(word: string | undefined): number {
  const digits = /^(?:stash@\{)?(\d{1,6})\}?$/.exec(word ?? '0')?.[1];
  return digits === undefined ? 0 : Number(digits);
}

function push(
  call: GitCall,
  top: Stash | undefined,
  paths: readonly string[],
  message: string | undefined,
): StashOutcome {
  const { repo, files, doing, args } = call;
  const all = args.has('-u', '--include-untracked', '-a', '--all');
  const stagedOnly = args.has('-S', '--staged');
  const taken = scope(call, paths.length > 0 ? paths : ['/'], (flags) =>
    stagedOnly ? flags.staged : flags.dirty || flags.staged || (all && flags.untracked),
  );
  const held: StashedFile[] = [];
  let partly = stagedOnly;
  for (const path of taken) {
    const work = files.snapshot(path);
    if (!work) {
      partly = true;
      continue;
    }
    const { untracked } = repo.flags(path);
    held.push({ path, work, index: repo.indexOf(path), base: repo.headOf(path), untracked });
  }
  const changed: string[] = [];
  const keeps = args.has('-k', '--keep-index');
  for (const { path, untracked, index } of held) {
    const to = keeps ? index : repo.headOf(path);
    if (!keeps) repo.setIndex(path, repo.headOf(path));
    if (untracked) changed.push(...files.remove(path, doing, false));
    else changed.push(...repo.checkOut(path, to, doing, false));
  }
  for (const path of repo.shownPaths) {
    const flags = repo.flags(path);
    if (flags.untracked && !all) continue;
    partly = true;
    repo.noteChanged(path);
  }
  return { top: { message, by: doing.by, files: held, below: top, partly }, changed };
}

function entryAt(top: Stash | undefined, index: number): Stash | undefined {
  let here = top;
  for (let i = 0; i < index && here; i++) here = here.below;
  return here;
}

function without(top: Stash | undefined, index: number): Stash | undefined {
  const above: Stash[] = [];
  let here = top;
  for (let i = 0; i < index && here; i++) {
    above.push(here);
    here = here.below;
  }
  let made = here?.below;
  for (const entry of above.toReversed()) made = { ...entry, below: made };
  return made;
}

function bringBack(call: GitCall, top: Stash | undefined, index: number, drops: boolean): StashOutcome {
  const { repo, files, doing, output, args } = call;
  const entry = entryAt(top, index);
  if (/^error: .{0,200}would be overwritten by merge/m.test(output)) return { top, changed: [] };
  const conflicts = readConflicts(output).length > 0 || /^The stash entry is kept/m.test(output);
  if (!entry || entry.partly || conflicts) {
    // What it brings is not all known, so any file of the repository may have changed.
    files.doubt(doing.at, doing.by, reachOf(repo));
  }
  const changed: string[] = [];
  for (const { path, work, index: staged, base, untracked } of entry?.files ?? []) {
    if (!repo.owns(path)) continue;
    const now = files.snapshot(path);
    const same = untracked ? !now?.exists : base !== undefined && now?.key === base.key;
    if (conflicts || !same) {
      // Git merges the stashed change with what is there now.
      if (work.exists) changed.push(...files.write(path, doing, { kind: 'unknown' }, false));
      continue;
    }
    changed.push(...files.restore(path, doing, work, work.sure && now?.sure !== false));
    const added = base?.exists === false && work.exists && !untracked;
    if (added) repo.setIndex(path, work);
    else if (args.has('--index')) repo.setIndex(path, staged);
    repo.noteChanged(path);
  }
  return { top: drops && !conflicts ? without(top, index) : top, changed };
}
