/** Arguments of a git command, sorted. */
export interface GitArguments {
  /** Paths behind `--`, or all words where the command takes paths only. */
  readonly paths: readonly string[];
  /** Words that are refs or paths, which only their use tells. */
  readonly words: readonly string[];
  /** The ref that files come from, where the command says so. */
  readonly source: string | undefined;
  readonly newBranch: string | undefined;
  /** Whether a `--` stands between refs and paths. */
  readonly separated: boolean;
  has(...flags: readonly string[]): boolean;
}

const TAKES_VALUE = new Set([
  '-m',
  '--message',
  '-C',
  '-s',
  '--source',
  '--author',
  '--date',
  '-F',
  '--file',
  '-e',
  '--exclude',
]);

export function readGitPaths(command: string, args: readonly string[]): GitArguments {
  const flags = new Set<string>();
  const words: string[] = [];
  const behind: string[] = [];
  let separated = false;
  let source: string | undefined;
  let newBranch: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (separated) behind.push(arg);
    else if (arg === '--') separated = true;
    else if (
      /^(?:-b|-B|-c|-C|--create|--orphan)$/.test(arg) &&
      (command === 'checkout' || command === 'switch')
    ) {
      newBranch = args[++i];
    } else if (arg.startsWith('--source=')) source = arg.slice('--source='.length);
    else if (arg.startsWith('-')) {
      flags.add(arg);
      // Joined short flags: `-fd`.
      if (/^-[a-zA-Z]{2,4}$/.test(arg)) for (const letter of arg.slice(1)) flags.add(`-${letter}`);
      if (TAKES_VALUE.has(arg)) {
        const value = args[++i];
        if (arg === '-s' || arg === '--source') source = value;
      }
    } else words.push(arg);
  }
  const takesPaths = command === 'add' || command === 'restore' || command === 'clean';
  if (command === 'add' && (flags.has('-A') || flags.has('--all') || flags.has('-u'))) behind.push('/');
  const hasRef = (separated && command === 'checkout') || command === 'reset' || newBranch !== undefined;
  if (hasRef) source ??= words[0];
  return {
    paths: takesPaths ? [...words, ...behind] : behind,
    words,
    source,
    newBranch,
    separated,
    has: (...names) => names.some((name) => flags.has(name)),
  };
}
