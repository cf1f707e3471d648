/** What a line of `git status` says of a file, as the two letters of its short form. */
export interface StatusEntry {
  readonly index: string;
  readonly work: string;
  /** Counted from the directory that git ran in; a folder of untracked files ends in a slash. */
  readonly path: string;
}

export interface GitStatus {
  /** Undefined when the head is detached, or not shown. */
  readonly branch?: string;
  readonly detachedAt?: string;
  readonly entries: readonly StatusEntry[];
  /** Whether every changed file of the repository is listed. */
  readonly complete: boolean;
  /** Where in the output it ends. */
  readonly end: number;
}

const LONG_KINDS: Readonly<Record<string, string>> = {
  modified: 'M',
  'new file': 'A',
  deleted: 'D',
  renamed: 'R',
  copied: 'C',
  typechange: 'T',
  'both modified': 'U',
  'both added': 'U',
  'deleted by us': 'U',
  'deleted by them': 'U',
};

const ENDING =
  /^(?:nothing to commit|nothing added to commit|no changes added to commit|nothing to commit, working tree clean)/;

/** Reads the long form of `git status` out of an output that may hold more. */
export function readLongStatus(output: string, from: number): GitStatus | undefined {
  const pattern = /^(?:On branch (\S+)|HEAD detached (?:at|from) (\S+)|Not currently on any branch\.)$/gm;
  pattern.lastIndex = from;
  const start = pattern.exec(output);
  if (!start) return undefined;
  const entries: StatusEntry[] = [];
  let part: 'staged' | 'work' | 'untracked' | 'unmerged' | undefined;
  let ended = false;
  let seen = 0;
  for (const line of output.slice(start.index).split('\n').slice(1)) {
    if (++seen > 20_000) return undefined;
    if (/^(?:On branch |HEAD detached )/.test(line)) break;
    if (line === 'Changes to be committed:') part = 'staged';
    else if (line === 'Changes not staged for commit:' || line === 'Changed but not updated:') part = 'work';
    else if (line === 'Unmerged paths:') part = 'unmerged';
    else if (line === 'Untracked files:') part = 'untracked';
    else if (ENDING.test(line)) {
      ended = true;
      break;
    } else if (/^\s+\(/.test(line) || line === '') continue;
    else if (/^[\t ]+\S/.test(line) && part !== undefined) {
      const text = line.trim();
      if (part === 'untracked') entries.push({ index: '?', work: '?', path: unquote(text) });
      else {
        const match = /^([a-z ]+):\s+(.+)$/.exec(text);
        const letter = LONG_KINDS[match?.[1] ?? ''];
        if (!match?.[2] || letter === undefined) continue;
        pushChange(entries, part, letter, match[2]);
      }
    } else if (
      /^(?:Your branch|and have|Last command|You are|All conflicts|Initial commit|No commits yet|It took|interactive rebase|Changes)/.test(
        line,
      )
    )
      continue;
    else break;
  }
  const [, branch, detachedAt] = start;
  // Without the last line something may have cut the list; with staged changes there is none.
  const complete = ended || entries.some((entry) => entry.index !== ' ' && entry.index !== '?');
  return {
    ...(branch !== undefined && { branch }),
    ...(detachedAt !== undefined && { detachedAt }),
    entries,
    complete,
    end: start.index + 1,
  };
}

function pushChange(
  entries: StatusEntry[],
  part: 'staged' | 'work' | 'unmerged',
  letter: string,
  text: string,
): void {
  const arrow = text.indexOf(' -> ');
  const path = unquote(arrow < 0 ? text : text.slice(arrow + 4)).replace(
    / \((?:new commits|modified content|untracked content).*\)$/,
    '',
  );
  const index = part === 'work' ? ' ' : letter;
  const work = part === 'staged' ? ' ' : letter;
  entries.push({ index, work, path });
  if (part === 'staged' && arrow >= 0 && letter === 'R')
    entries.push({ index: 'D', work: ' ', path: unquote(text.slice(0, arrow)) });
}

const SHORT = /^([ MADRCUT?!])([ MADRCUT?!]) (.+)$/;

/** Reads `git status --short` or `--porcelain`; undefined when a line is none of it. */
export function readShortStatus(output: string): GitStatus | undefined {
  const entries: StatusEntry[] = [];
  let branch: string | undefined;
  for (const line of output.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('## ')) {
      branch = /^## (?:No commits yet on |Initial commit on )?(?!HEAD \()([^\s.]+(?:\.[^\s.]+)*)/.exec(
        line,
      )?.[1];
      continue;
    }
    const match = SHORT.exec(line);
    const [, index, work, text] = match ?? [];
    if (index === undefined || work === undefined || text === undefined || index + work === '  ')
      return undefined;
    if (index === '!') continue;
    const arrow = text.indexOf(' -> ');
    entries.push({ index, work, path: unquote(arrow < 0 ? text : text.slice(arrow + 4)) });
    if (arrow >= 0 && index === 'R')
      entries.push({ index: 'D', work: ' ', path: unquote(text.slice(0, arrow)) });
  }
  return { ...(branch !== undefined && { branch }), entries, complete: true, end: output.length };
}

/** Names with odd characters stand in quotes. */
function unquote(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(["\\])/g, '$1') : text;
}

export interface CommitLine {
  readonly branch: string | undefined;
  readonly hash: string;
  readonly message: string;
}

/** `[main 1a2b3c4] message`, as `git commit`, `revert` and `cherry-pick` print it. */
export function readCommitLines(output: string): CommitLine[] {
  const found: CommitLine[] = [];
  for (const match of output.matchAll(
    /^\[(detached HEAD|[^\s\]]{1,200})(?: \(root-commit\))? ([0-9a-f]{4,40})\] ([^\n]{0,500})$/gm,
  )) {
    const [, branch, hash, message] = match;
    if (hash !== undefined && message !== undefined)
      found.push({ branch: branch === 'detached HEAD' ? undefined : branch, hash, message });
  }
  return found;
}

/** The branch that an output says was switched to; null for a detached head. */
export function readSwitch(output: string): string | null | undefined {
  const match = /^(?:Switched to (?:a new |and reset )?branch|Already on) '([^'\n]{1,200})'/m.exec(output);
  if (match) return match[1];
  return /^(?:Note: (?:switching to|checking out) '|HEAD is now at [0-9a-f]{4,40}\b)/m.test(output)
    ? null
    : undefined;
}

/** `HEAD is now at 1a2b3c4 message`. */
export function readHeadNow(output: string): { readonly hash: string; readonly message: string } | undefined {
  const match = /^HEAD is now at ([0-9a-f]{4,40})(?: ([^\n]{0,500}))?$/m.exec(output);
  return match?.[1] === undefined ? undefined : { hash: match[1], message: match[2] ?? '' };
}

/** Files that `git clean` or `git rm` says it removed; folders end in a slash. */
export function readRemoved(output: string): string[] {
  return [...output.matchAll(/^Removing ([^\n]{1,1000})$/gm)].map((match) => unquote(match[1] ?? ''));
}

/** Files of the list of changes that a merge or a stash prints; undefined when a name is cut short. */
export function readDiffstat(output: string): string[] | undefined {
  const files: string[] = [];
  for (const match of output.matchAll(/^ (\S[^|\n]{0,500}?)\s+\|\s+(?:\d+|Bin)\b/gm)) {
    const name = match[1] ?? '';
    if (name.startsWith('...') || name.includes('=>')) return undefined;
    files.push(name);
  }
  return files;
}

/** Files in which a merge left conflicts. */
export function readConflicts(output: string): string[] {
  return [
    ...output.matchAll(/^CONFLICT \([^)\n]{1,60}\): (?:Merge conflict in ([^\n]{1,500})|([^\s]{1,500}) )/gm),
  ].map((match) => match[1] ?? match[2] ?? '');
}
