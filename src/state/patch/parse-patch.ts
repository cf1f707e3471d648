/** One line of a hunk. */
export interface PatchLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

export interface PatchHunk {
  /** First line of the old file that it shows, from 1; 0 where it shows none. */
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly PatchLine[];
}

/** What a patch says of one file. */
export interface PatchFile {
  /** Path after the change; for a deletion the path before. */
  readonly path: string;
  readonly from?: string;
  readonly kind: 'edit' | 'create' | 'delete' | 'rename';
  readonly hunks: readonly PatchHunk[];
  readonly binary: boolean;
  /** The text ends within a hunk. */
  readonly truncated: boolean;
}

const HUNK = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

/** Reads a unified diff, as git or `diff -u` print it; what stands before its first file and between files is passed over. */
export function parsePatchText(text: string): PatchFile[] {
  const lines = plainLines(text);
  const files: PatchFile[] = [];
  let head: {
    from?: string;
    to?: string;
    old?: string;
    created?: boolean;
    deleted?: boolean;
    binary?: boolean;
  } = {};
  let current:
    | { file: Omit<PatchFile, 'hunks' | 'truncated'>; hunks: PatchHunk[]; truncated: boolean }
    | undefined;
  const close = (): void => {
    if (current) files.push({ ...current.file, hunks: current.hunks, truncated: current.truncated });
    else if (
      head.to !== undefined &&
      (head.binary || head.from !== undefined || head.created || head.deleted)
    )
      files.push({ ...describe(head), hunks: [], truncated: false });
    current = undefined;
    head = {};
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.startsWith('diff --git ')) {
      close();
      const match = /^diff --git a\/(.+) b\/(.+)$/.exec(line);
      if (match) head = { to: match[2] ?? '', old: match[1] ?? '' };
    } else if (line.startsWith('new file mode ')) head.created = true;
    else if (line.startsWith('deleted file mode ')) head.deleted = true;
    else if (line.startsWith('rename from ')) head.from = line.slice(12);
    else if (line.startsWith('rename to ')) head.to = line.slice(10);
    else if (/^(?:Binary files |GIT binary patch)/.test(line)) head.binary = true;
    else if (line.startsWith('--- ') && (lines[i + 1] ?? '').startsWith('+++ ')) {
      if (current) close();
      const before = headerPath(line.slice(4));
      const after = headerPath((lines[i + 1] ?? '').slice(4));
      const path = after ?? before ?? head.to ?? '';
      const from = head.from ?? before;
      const kind =
        before === undefined
          ? 'create'
          : after === undefined
            ? 'delete'
            : head.from === undefined
              ? 'edit'
              : 'rename';
      current = {
        file: { path, ...(from !== undefined && from !== path && { from }), kind, binary: false },
        hunks: [],
        truncated: false,
      };
      i++;
    } else if (current) {
      const hunk = HUNK.exec(line);
      if (!hunk) continue;
      const read = readHunk(lines, i + 1, Number(hunk[2] ?? '1'), Number(hunk[4] ?? '1'));
      current.hunks.push({ oldStart: Number(hunk[1]), newStart: Number(hunk[3]), lines: read.lines });
      current.truncated ||= read.truncated;
      i = read.end - 1;
    }
  }
  close();
  return files;
}

/** A terminal puts a carriage return at the end of every line; in a file's own lines ends differ from those of the heads. */
function plainLines(text: string): string[] {
  const lines = text.split('\n');
  const heads = lines.filter((line) => line.startsWith('@@ ') || line.startsWith('+++ '));
  const isTerminal = heads.length > 0 && heads.every((line) => line.endsWith('\r'));
  return isTerminal ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines;
}

function describe(head: {
  from?: string;
  to?: string;
  created?: boolean;
  deleted?: boolean;
  binary?: boolean;
}): Omit<PatchFile, 'hunks' | 'truncated'> {
  const kind = head.created
    ? 'create'
    : head.deleted
      ? 'delete'
      : head.from === undefined
        ? 'edit'
        : 'rename';
  return {
    path: head.to ?? '',
    ...(head.from !== undefined && { from: head.from }),
    kind,
    binary: head.binary === true,
  };
}

function readHunk(
  lines: readonly string[],
  start: number,
  oldCount: number,
  newCount: number,
): { lines: PatchLine[]; end: number; truncated: boolean } {
  const read: PatchLine[] = [];
  let [old, now] = [oldCount, newCount];
  let end = start;
  for (; end < lines.length && (old > 0 || now > 0 || lines[end]?.startsWith('\\')); end++) {
    const line = lines[end] ?? '';
    if (line.startsWith('\\')) continue;
    if (line.startsWith('+')) {
      read.push({ kind: 'added', text: line.slice(1) });
      now--;
    } else if (line.startsWith('-')) {
      read.push({ kind: 'removed', text: line.slice(1) });
      old--;
    } else if (line.startsWith(' ') || (line === '' && end < lines.length - 1)) {
      // Some tools cut the blank of an empty line.
      read.push({ kind: 'same', text: line.slice(1) });
      old--;
      now--;
    } else break;
  }
  // Cut at the very end of the text: blanks of the last context lines may have been trimmed away.
  while (end >= lines.length - 1 && old > 0 && old === now && old <= 3) {
    read.push({ kind: 'same', text: '' });
    old--;
    now--;
  }
  return { lines: read, end, truncated: old > 0 || now > 0 };
}

function headerPath(text: string): string | undefined {
  const name = text
    .replace(/\t.*$/, '')
    .trimEnd()
    .replace(/^"(.*)"$/, '$1');
  if (name === '/dev/null') return undefined;
  return name.replace(/^[abciw]\//, '');
}
