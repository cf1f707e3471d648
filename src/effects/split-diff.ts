/** One file's part of a diff. */
export interface FileDiff {
  /** Path after the change, prefix removed; for a deletion the path before. */
  readonly path: string;
  readonly from: string | undefined;
  readonly kind: 'edit' | 'create' | 'delete' | 'rename';
  /** The hunks with their two header lines, as text that a patch program takes. */
  readonly diff: string;
}

/**
 * Splits a unified diff into its files. `strip` is the number of leading folders to remove, as `patch -p` counts them.
 * Text between files (commit messages, `index` lines) is left out.
 */
export function splitDiff(text: string, strip: number): FileDiff[] {
  const files: FileDiff[] = [];
  const lines = text.split('\n');
  let rename: { from?: string; to?: string } = {};
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.startsWith('diff --git ')) rename = {};
    else if (line.startsWith('rename from ')) rename.from = line.slice(12);
    else if (line.startsWith('rename to ')) {
      rename.to = line.slice(10);
      const { from, to } = rename;
      if (from !== undefined && !hasHunks(lines, i + 1))
        files.push({ path: to, from, kind: 'rename', diff: '' });
    }
    if (!line.startsWith('--- ') || !(lines[i + 1] ?? '').startsWith('+++ ')) continue;
    const oldName = headerPath(line.slice(4), strip);
    const newName = headerPath((lines[i + 1] ?? '').slice(4), strip);
    let end = i + 2;
    while (end < lines.length && isHunkLine(lines, end)) end++;
    const diff = `${lines.slice(i, end).join('\n')}\n`;
    const path = newName ?? oldName;
    if (path !== undefined && end > i + 2) {
      const renamed = rename.from !== undefined && rename.from !== path;
      const kind =
        newName === undefined ? 'delete' : oldName === undefined ? 'create' : renamed ? 'rename' : 'edit';
      files.push({ path, from: renamed ? rename.from : oldName, kind, diff });
    }
    rename = {};
    i = end - 1;
  }
  return files;
}

/** Whether the header of the current file is followed by hunks before the next file begins. */
function hasHunks(lines: readonly string[], from: number): boolean {
  for (let i = from; i < Math.min(lines.length, from + 4); i++) {
    if (lines[i]?.startsWith('--- ')) return true;
    if (lines[i]?.startsWith('diff --git ')) return false;
  }
  return false;
}

function isHunkLine(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.startsWith('--- ') && (lines[at + 1] ?? '').startsWith('+++ ')) return false;
  if (line.startsWith('@@') || line.startsWith('\\')) return true;
  if (line === '') return at < lines.length - 1;
  return line.startsWith('+') || line.startsWith('-') || line.startsWith(' ');
}

function headerPath(text: string, strip: number): string | undefined {
  const name = text.replace(/\t.*$/, '').trimEnd();
  if (name === '/dev/null') return undefined;
  const parts = name.split('/');
  // A header without the prefix that `-p` counts on (`--- file.py`) is taken as it stands.
  return parts.length > strip ? parts.slice(strip).join('/') : name;
}
