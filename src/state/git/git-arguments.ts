/** Options of git commands that take the next word as their value. */
const VALUES: Readonly<Record<string, string>> = {
  commit:
    '-m --message -F --file -C --reuse-message -c --reedit-message --author --date -t --template --fixup --squash',
  checkout: '-b -B --orphan',
  switch: '-c -C --create --force-create --orphan',
  restore: '-s --source',
  stash: '-m --message',
  clean: '-e --exclude',
  merge: '-m --message -s --strategy -X --strategy-option -F',
  'cherry-pick': '-m --mainline -X --strategy-option --strategy',
  revert: '-m --mainline -X --strategy-option --strategy',
  branch: '-u --set-upstream-to --sort --format --contains --points-at',
  init: '-b --initial-branch --template --separate-git-dir',
  clone:
    '-b --branch -o --origin --depth -j --jobs --reference --filter -c --config -u --upload-pack --template',
  worktree: '-b -B --reason',
  tag: '-m --message -F --file -u --local-user',
  add: '--chmod --pathspec-from-file',
  log: '-n -L -G -S --format --author --since --until -U --max-count --output --grep --after --before',
};

/** Arguments of a git command, sorted. */
export interface GitArguments {
  /** Words before `--` that are no options. */
  readonly words: readonly string[];
  /** Words behind `--`. */
  readonly behind: readonly string[];
  /** Whether a `--` stands between. */
  readonly separated: boolean;
  has(...flags: readonly string[]): boolean;
  /** Value of the first of these options that is given. */
  value(...flags: readonly string[]): string | undefined;
}

const sets = new Map<string, ReadonlySet<string>>();

function valuesOf(command: string): ReadonlySet<string> {
  const known = sets.get(command);
  if (known) return known;
  const made = new Set((VALUES[command] ?? '').split(' '));
  sets.set(command, made);
  return made;
}

export function readGitArguments(command: string, args: readonly string[]): GitArguments {
  const valued = valuesOf(command);
  const flags = new Map<string, string | undefined>();
  const words: string[] = [];
  let separated = false;
  let i = 0;
  for (; i < args.length && !separated; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') separated = true;
    else if (arg === '-' || !arg.startsWith('-')) words.push(arg);
    else if (arg.startsWith('--')) {
      const equals = arg.indexOf('=');
      if (equals > 0) flags.set(arg.slice(0, equals), arg.slice(equals + 1));
      else flags.set(arg, valued.has(arg) ? args[++i] : undefined);
    } else {
      // Letters in one word; the value of the last one stands behind it or in the next word.
      for (let at = 1; at < arg.length; at++) {
        const flag = `-${arg.charAt(at)}`;
        if (!valued.has(flag)) flags.set(flag, undefined);
        else {
          flags.set(flag, at + 1 < arg.length ? arg.slice(at + 1) : args[++i]);
          break;
        }
      }
    }
  }
  return {
    words,
    behind: args.slice(i),
    separated,
    has: (...names) => names.some((name) => flags.has(name)),
    value: (...names) => names.map((name) => flags.get(name)).find((value) => value !== undefined),
  };
}
