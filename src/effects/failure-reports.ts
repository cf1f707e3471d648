/** What a shell command's output says of failures, by who says it. */
export interface FailureReports {
  readonly empty: boolean;
  /** Programs that do not exist. */
  readonly missing: ReadonlySet<string>;
  /** Lines in which the shell itself complains (of a redirection, of `cd`). */
  readonly shell: readonly string[];
  /** Lines in which a program complains, by its name. */
  readonly byProgram: ReadonlyMap<string, readonly string[]>;
  /** A merge, rebase or stash left conflicts in the files. */
  readonly conflict: boolean;
  /** Whether git said that this command had nothing to do, or could not. */
  readonly gitDone: (command: string) => boolean;
  /** Whether a package manager said that nothing changed. */
  readonly packagesDone: (action: string) => boolean;
}

const LINES = 4_000;
const SHELL = /^(?:\/bin\/|\/usr\/bin\/)?-?(?:ba|da|z|a)?sh: (?:line \d+: |-c: |\d+: )*(.*)$/;
const MISSING = /^([\w./+-]{1,200}): (?:command )?not found$|^command not found: ([\w./+-]{1,200})$/;
const COMPLAINT = /^([A-Za-z_][\w.+-]{0,40}): (.{1,600})$/;

const NOTHING: Readonly<Record<string, RegExp>> = {
  commit:
    /^(?:nothing to commit|nothing added to commit|no changes added to commit|On branch .{0,200}\n(?:.*\n){0,4}nothing to commit)/m,
  pull: /^Already up[ -]to[ -]date/m,
  merge: /^Already up[ -]to[ -]date/m,
  push: /^Everything up-to-date/m,
  stash: /^No local changes to save/m,
  apply:
    /^error: (?:patch failed|.{1,300}: patch does not apply|corrupt patch|unrecognized input|No valid patches)/m,
};

/**
 * Every notice of `NOTHING` and of package managers holds one of these: most outputs hold none of them, and one walk over
 * a long output costs less than one for each.
 */
const NOTICE_WORDS =
  /to commit|Already up|Everything up-to-date|No local changes to save|error: |Requirement already satisfied|0 newly installed|E: |ERROR: |npm ERR! code|npm error code|up to date/;

/** Reads the lines of an output in which the shell, a program, git or a package manager reports a failure. */
export function findReports(output: string): FailureReports {
  const missing = new Set<string>();
  const shell: string[] = [];
  const byProgram = new Map<string, string[]>();
  // Errors stand at the end more often than at the start; the middle of a huge output is not read.
  const text = output.length > 400_000 ? `${output.slice(0, 200_000)}\n${output.slice(-200_000)}` : output;
  const lines = text.split('\n');
  const read = lines.length > LINES ? [...lines.slice(0, LINES / 2), ...lines.slice(-LINES / 2)] : lines;
  let fatal = false;
  for (const raw of read) {
    if (!raw.includes(':')) continue;
    const line = raw.trimEnd();
    if (line.length > 1_000) continue;
    const said = SHELL.exec(line)?.[1];
    const absent = MISSING.exec(said ?? line);
    const name = absent?.[1] ?? absent?.[2];
    if (
      name !== undefined &&
      (said !== undefined || absent?.[2] !== undefined || line.endsWith('command not found'))
    ) {
      missing.add(name.slice(name.lastIndexOf('/') + 1));
    } else if (said !== undefined) {
      shell.push(said);
    } else {
      if (/^(?:fatal|error): /.test(line)) fatal = true;
      const complaint = COMPLAINT.exec(line);
      const program = complaint?.[1];
      if (program === undefined) continue;
      const list = byProgram.get(program);
      if (list) list.push(line);
      else byProgram.set(program, [line]);
    }
  }
  const onlyFatal = fatal && /^fatal: /m.test(text);
  return {
    empty: missing.size === 0 && shell.length === 0 && byProgram.size === 0 && !hasNotice(text),
    missing,
    shell,
    byProgram,
    conflict: /^CONFLICT \(/m.test(text),
    gitDone: (command) => onlyFatal || (NOTHING[command]?.test(text) ?? false),
    packagesDone: (action) => saysNothingChanged(text, action),
  };
}

function hasNotice(text: string): boolean {
  if (!NOTICE_WORDS.test(text)) return false;
  return Object.values(NOTHING).some((pattern) => pattern.test(text)) || saysNothingChanged(text, 'install');
}

function saysNothingChanged(text: string, action: string): boolean {
  if (action !== 'install') return false;
  if (
    /^(?:Successfully installed|Setting up |Unpacking |added \d+ packages|\s*Installed|Installing collected)/m.test(
      text,
    )
  )
    return false;
  return (
    /^Requirement already satisfied/m.test(text) ||
    /\b0 upgraded, 0 newly installed\b/.test(text) ||
    /^(?:E: Unable to locate package|E: Package .{1,200} has no installation candidate|ERROR: (?:Could not find a version|No matching distribution)|error: externally-managed-environment|npm (?:ERR!|error) code)/m.test(
      text,
    ) ||
    /^up to date[,\s]/m.test(text)
  );
}
