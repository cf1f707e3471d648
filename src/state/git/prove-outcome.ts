import { covered, type GitCall, resolvePath } from './git-call.ts';
import type { Standing } from './standing.ts';

type Flags = Omit<Standing, 'order'>;

/** Commands after which every file stands as before. */
const TOUCHES_NO_FILE = new Set([
  'branch',
  'tag',
  'config',
  'remote',
  'fetch',
  'push',
  'gc',
  'prune',
  'notes',
  'reflog',
  'maintenance',
  'repack',
  'pack-refs',
  'write-tree',
  'commit-tree',
  'hash-object',
  'mktree',
  'worktree',
]);

const UNKNOWN: Flags = {};

/**
 * How files surely stand after a command that surely did what it says: `git add` leaves no difference to the index,
 * a commit none between index and head, and so on. After whatever is not listed here nothing is known.
 */
export function proveOutcome(call: GitCall): void {
  const { repo, command, args, doing, cwd } = call;
  if (TOUCHES_NO_FILE.has(command)) return;
  if (doing.certainty !== 'certain' || cwd === undefined || args.has('-p', '--patch')) return lose(call);
  switch (command) {
    case 'add':
    case 'stage':
      return add(call);
    case 'commit':
      return commit(call);
    case 'checkout':
    case 'switch':
    case 'restore':
      return bringBack(call);
    case 'reset':
      return reset(call);
    case 'stash':
      return stash(call);
    case 'rm':
    case 'mv':
      repo.prove(pathsBelow(call, [...args.words, ...args.behind]), () => UNKNOWN);
      for (const word of [...args.words, ...args.behind]) repo.prove([resolvePath(word, cwd)], () => UNKNOWN);
      return;
    case 'clean':
      // What it names is gone; what else went it does not say when it is quiet.
      repo.prove(repo.standings.unsettled, (before, path) =>
        repo.files.track(path)?.exists === false && before.untracked === true
          ? { dirty: false, staged: false, untracked: false }
          : before.untracked === false
            ? before
            : UNKNOWN,
      );
      return;
    default:
      return lose(call);
  }
}

function lose({ repo, standing }: GitCall): void {
  repo.blurIndex([...standing, ...repo.standings.unsettled]);
  repo.standings.lose();
}

function add(call: GitCall): void {
  const { repo, args } = call;
  if (args.has('-n', '--dry-run')) return;
  if (args.has('-i', '--interactive', '-e', '--edit', '-N', '--intent-to-add', '--refresh', '--chmod'))
    return lose(call);
  const given = [...args.words, ...args.behind];
  const onlyKnown = args.has('-u', '--update');
  const paths = given.length > 0 ? given : args.has('-A', '--all', '-u', '--update') ? ['/'] : [];
  repo.prove(pathsBelow(call, paths), (before) => ({
    dirty: onlyKnown && before.untracked !== false ? undefined : false,
    // A change of what stands as committed is then staged; a second one may bring the committed text back.
    staged:
      onlyKnown && before.untracked === true
        ? false
        : before.untracked === true || (before.dirty === true && before.staged === false)
          ? true
          : before.dirty === false
            ? before.staged
            : undefined,
    untracked: onlyKnown ? before.untracked : false,
  }));
}

function commit(call: GitCall): void {
  const { repo, args } = call;
  if (args.has('--dry-run')) return;
  const paths = [...args.words, ...args.behind];
  if (paths.length > 0) {
    repo.prove(pathsBelow(call, paths), (before) => ({
      dirty: false,
      staged: false,
      untracked: before.untracked,
    }));
    return;
  }
  const all = args.has('-a', '--all');
  repo.prove(repo.standings.unsettled, (before) => ({
    dirty: all ? false : before.dirty,
    staged: false,
    untracked: before.untracked,
  }));
}

/** `checkout`, `switch` and `restore`. */
function bringBack(call: GitCall): void {
  const { repo, args, command, changedRefs } = call;
  if (args.has('-m', '--merge', '--orphan', '--ours', '--theirs')) return lose(call);
  if (changedRefs) {
    const forced = args.has('-f', '--force', '--discard-changes');
    // What was changed and not committed goes along; against another head it need not be a change any more.
    repo.prove(repo.standings.unsettled, (before) => ({
      dirty: forced ? false : before.dirty,
      staged: forced ? false : before.staged === false ? false : undefined,
      untracked: before.untracked,
    }));
    return;
  }
  const staged = command === 'restore' && args.has('-S', '--staged');
  const work = command !== 'restore' || !staged || args.has('-W', '--worktree');
  const words = command === 'checkout' && args.separated ? [] : args.words;
  const source =
    command === 'restore'
      ? args.has('-s', '--source')
      : args.separated
        ? args.words.length > 0
        : args.words.length > 1;
  const paths = [...words, ...args.behind];
  const named = new Set(paths.map((path) => resolvePath(path, call.cwd)));
  const reached = new Set([...pathsBelow(call, paths), ...(source ? named : [])]);
  repo.prove(reached, (before) =>
    source
      ? {
          dirty: command === 'checkout' || (staged && work) ? false : undefined,
          staged: undefined,
          untracked: undefined,
        }
      : {
          dirty: work ? false : before.staged === false ? before.dirty : undefined,
          staged: staged ? false : before.staged,
          untracked: staged && before.staged !== false ? undefined : before.untracked,
        },
  );
}

function reset(call: GitCall): void {
  const { repo, args } = call;
  const paths = args.separated ? args.behind : args.words.filter((word) => !/^(?:HEAD|@)$/.test(word));
  if (args.has('--hard')) {
    repo.prove(repo.standings.unsettled, (before) => ({
      dirty: false,
      staged: false,
      untracked: before.untracked,
    }));
    return;
  }
  if (args.has('--keep', '--merge')) return lose(call);
  if (call.changedRefs || (paths.length > 0 && !args.separated && !pathsAreFiles(call, paths)))
    return lose(call);
  if (args.has('--soft')) return;
  const reached = paths.length > 0 ? pathsBelow(call, paths) : repo.standings.unsettled;
  repo.prove(reached, (before) => ({
    dirty: before.staged === false ? before.dirty : undefined,
    staged: false,
    untracked: before.staged === false ? before.untracked : undefined,
  }));
}

function pathsAreFiles({ files, cwd }: GitCall, words: readonly string[]): boolean {
  return words.every((word) => {
    const path = resolvePath(word, cwd);
    return word === '.' || files.track(path) !== undefined || files.isFolder(path);
  });
}

function stash(call: GitCall): void {
  const { repo, args } = call;
  const [word = 'push', ...rest] = args.words;
  if (word === 'list' || word === 'show' || word === 'drop' || word === 'clear' || word === 'create') return;
  if ((word !== 'push' && word !== 'save') || args.has('-k', '--keep-index', '-S', '--staged'))
    return lose(call);
  const all = args.has('-u', '--include-untracked', '-a', '--all');
  const paths = word === 'push' ? [...rest, ...args.behind] : [];
  repo.prove(paths.length > 0 ? pathsBelow(call, paths) : repo.standings.unsettled, (before) => ({
    dirty: false,
    staged: false,
    untracked: all ? false : before.untracked,
  }));
}

/** Files that do not surely stand as committed and that a command means. */
function pathsBelow(call: GitCall, paths: readonly string[]): string[] {
  const covers = covered(call, paths);
  return [...call.repo.standings.unsettled].filter(covers);
}
