import type { StepId } from '../../model/ids.ts';
import { firstCommit } from './commit.ts';
import { type GitCall, type GitOutput, resolvePath } from './git-call.ts';
import { type GitStatus, readLongStatus, readShortStatus } from './read-git-output.ts';
import type { Repository } from './repository.ts';
import type { Stash } from './stash.ts';

/** Takes in what git itself prints of the repository: recorded facts stand above what we derived. */
export function noteShown(
  call: GitCall,
  output: GitOutput,
  stashes: Stash | undefined,
): { readonly stashes?: Stash | null } {
  const { command, args } = call;
  if (output.text === '' && !output.entire) return {};
  switch (command) {
    case 'status':
      noteStatus(call, output);
      return {};
    case 'branch':
      noteBranch(call, output);
      return {};
    case 'log':
      noteLog(call, output);
      return {};
    case 'rev-parse':
      noteRevision(call, output);
      return {};
    case 'stash':
      return args.words[0] === 'list' && output.entire
        ? { stashes: readStashList(output.text, stashes, call.doing.by) ?? null }
        : {};
    default:
      return {};
  }
}

function noteStatus(call: GitCall, output: GitOutput): void {
  const { args, repo, doing } = call;
  if (args.has('-z', '--ignored', '--column') || /^v?2$/.test(args.value('--porcelain') ?? '')) return;
  const short = args.has('-s', '--short', '--porcelain');
  const status = short
    ? output.entire
      ? readShortStatus(output.text)
      : undefined
    : readLongStatus(output.text, call.statusRead.at);
  if (!status) return;
  call.statusRead.at = status.end;
  if (status.branch !== undefined) setBranch(call, status.branch);
  else if (status.detachedAt !== undefined) repo.branch = undefined;
  const limited = args.words.length > 0 || args.behind.length > 0 || args.has('-u', '--untracked-files');
  const complete = status.complete && !limited && output.entire;
  noteEntries(call, status, {
    // Porcelain counts from the top of the repository, which need not be where git ran.
    folder: short && args.has('--porcelain') ? (repo.root ?? call.cwd) : call.cwd,
    isSure: call.cwd !== undefined && (!args.has('--porcelain') || countsFromHere(call, status)),
    complete,
  });
  if (complete) repo.noteComplete(doing.at);
}

/** Whether porcelain's names, which count from the top of the repository, count from where git ran as well. */
function countsFromHere({ repo, cwd, files }: GitCall, { entries }: GitStatus): boolean {
  if (repo.root !== undefined || entries.length === 0) return true;
  return entries.some(({ path }) => files.track(resolvePath(path, cwd))?.exists === true);
}

interface Place {
  readonly folder: string | undefined;
  /** Whether that is surely so. */
  readonly isSure: boolean;
  readonly complete: boolean;
}

function noteEntries(call: GitCall, status: GitStatus, { folder, isSure, complete }: Place): void {
  const { repo, files, doing } = call;
  const listed = new Set<string>();
  const folders: string[] = [];
  const letters = new Map<string, { index: string; work: string }>();
  for (const { index, work, path } of status.entries) {
    if (path.endsWith('/')) {
      folders.push(`${resolvePath(path.slice(0, -1), folder)}/`);
      continue;
    }
    const place = resolvePath(path, folder);
    listed.add(place);
    const before = letters.get(place);
    // The long form lists a file twice that was changed again after it was staged.
    letters.set(place, {
      index: before && index === ' ' ? before.index : index,
      work: before && work === ' ' ? before.work : work,
    });
  }
  const top = repo.root ?? call.cwd;
  const order =
    complete && isSure && top !== undefined ? repo.standings.list(top, folders.length > 0) : files.tick();
  for (const [path, { index, work }] of letters) repo.show(path, index, work, isSure, order);
  const untracked = (path: string): boolean => folders.some((name) => path.startsWith(name));
  // In a folder that git does not know there may be files that its rules leave out.
  for (const path of call.standing)
    if (!listed.has(path) && untracked(path)) repo.show(path, '?', '?', false);
  if (folders.length > 0 && complete)
    repo.prove(hidden(repo, folders), () => ({ dirty: false, staged: false }));
  if (!complete) return;
  for (const path of call.standing) {
    if (!listed.has(path) && !untracked(path)) repo.showClean(path);
  }
  // A file that git knows and does not list is as in its index, whatever programs ran.
  for (const path of files.doubtedNow() ?? []) {
    if (listed.has(path) || untracked(path) || !repo.owns(path) || !repo.isProven(path)) continue;
    const index = repo.indexOf(path);
    if (index?.sure && index.key === files.track(path)?.key) files.confirm(path, doing.at);
  }
}

/** Files of the run in folders that git lists by their name alone, and that no list named. */
function hidden(repo: Repository, folders: readonly string[]): string[] {
  return folders.flatMap((folder) => repo.files.matching(folder).filter((path) => repo.owns(path)));
}

function setBranch({ repo, doing }: GitCall, name: string): void {
  if (repo.branch?.name === name) return;
  repo.branch = { name, by: doing.by };
  repo.refs.set(name, repo.head);
}

function noteBranch(call: GitCall, output: GitOutput): void {
  const { args, repo } = call;
  if (args.has('--show-current')) {
    const line = onlyLine(output);
    if (line !== undefined && line !== '') setBranch(call, line);
    return;
  }
  const match = /^\* (?:\((?:HEAD detached|no branch)[^)\n]*\)|(\S+))/m.exec(output.text);
  if (!match || args.words.length > 0) return;
  if (match[1] === undefined) repo.branch = undefined;
  else setBranch(call, match[1]);
}

/** The first line of `git log` names the head, unless the command asks for something else. */
function noteLog(call: GitCall, output: GitOutput): void {
  const { args } = call;
  const other = args.words.some((word) => word !== 'HEAD') || args.behind.length > 0;
  const chosen = args.has(
    '--all',
    '--reverse',
    '--skip',
    '--grep',
    '--author',
    '-S',
    '-G',
    '-L',
    '--merges',
    '--no-merges',
    '--since',
    '--until',
    '--after',
    '--before',
    '--format',
    '--pretty',
    '--branches',
    '--remotes',
    '--graph',
    '-g',
    '--diff-filter',
  );
  if (other || chosen || !output.entire) return;
  const match =
    /^(?:commit )?([0-9a-f]{7,40})(?: \(([^)\n]{1,300})\))?(?: ([^\n]{0,500}))?(?:\n(?:Merge|Author):[^\n]*)?/.exec(
      output.text,
    );
  if (!match?.[1]) return;
  const branch = /^HEAD -> ([^,\s]+)/.exec(match[2] ?? '')?.[1];
  if (branch !== undefined) setBranch(call, branch);
  noteHead(call, match[1], match[3]);
}

function noteHead({ repo, doing }: GitCall, hash: string, message: string | undefined): void {
  const held = repo.head.hash;
  if (held !== undefined && (held.startsWith(hash) || hash.startsWith(held))) return;
  if (held === undefined) {
    repo.head.hash = hash;
    repo.refs.set(hash, repo.head);
    return;
  }
  // Something moved the head that no step shows.
  repo.moveHead({ ...firstCommit('unseen'), hash, message, by: doing.by, provenance: 'recorded' });
}

function noteRevision(call: GitCall, output: GitOutput): void {
  const { args, repo } = call;
  const line = onlyLine(output);
  if (line === undefined) return;
  if (args.has('--show-toplevel')) {
    if (line.startsWith('/')) repo.root ??= line;
  } else if (args.has('--abbrev-ref')) {
    if (args.words[0] === 'HEAD' && line !== 'HEAD') setBranch(call, line);
  } else if (args.words[0] === 'HEAD' && args.words.length === 1 && /^[0-9a-f]{7,40}$/.test(line))
    noteHead(call, line, undefined);
}

function onlyLine({ text, entire }: GitOutput): string | undefined {
  const line = text.trim();
  return entire && !line.includes('\n') ? line : undefined;
}

function readStashList(text: string, top: Stash | undefined, by: StepId): Stash | undefined {
  const shown = [...text.matchAll(/^stash@\{\d+\}: ([^\n]{0,500})$/gm)].map((match) => match[1] ?? '');
  const held: Stash[] = [];
  for (let here = top; here && held.length < shown.length; here = here.below) held.push(here);
  let made: Stash | undefined;
  for (const [index, line] of [...shown.entries()].toReversed()) {
    const own = held[index];
    made = own
      ? { ...own, below: made }
      : { message: line.replace(/^(?:WIP on|On) [^:]*: /, ''), by, files: [], below: made, partly: true };
  }
  return made;
}
