import {
  type Dirent,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Entry, GitTruth } from './recording.ts';
import type { AgentShell } from './shell.ts';
import type { World } from './world.ts';

const IGNORED = new Set(['.git', '__pycache__', '.gitconfig', '.bash_history', '.lesshst']);

/** Every entry below what the agent sees, by the path that it sees; equal entries are shared with `before`. */
export function takeFiles(world: World, before?: ReadonlyMap<string, Entry>): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  let same = 0;
  const open = ['/app', '/tmp', '/root'];
  for (const folder of open) {
    for (const item of list(world.place(folder))) {
      if (IGNORED.has(item.name)) continue;
      const path = `${folder}/${item.name}`;
      const entry = readEntry(world, path, item);
      if (!entry) continue;
      if (entry.kind === 'folder') open.push(path);
      const old = before?.get(path);
      if (old && equalEntries(old, entry)) same++;
      found.set(path, old && equalEntries(old, entry) ? old : entry);
    }
  }
  return before && same === found.size && before.size === found.size ? before : found;
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function readEntry(world: World, path: string, item: Dirent): Entry | undefined {
  const place = world.place(path);
  try {
    if (item.isDirectory()) return { kind: 'folder' };
    if (item.isSymbolicLink()) return { kind: 'link', to: world.outward(readlinkSync(place)) };
    if (!item.isFile()) return undefined;
    const text = world.outward(readFileSync(place, 'utf8'));
    return { kind: 'file', text, mode: lstatSync(place).mode & 0o777 };
  } catch {
    // A background job removed it in between.
    return undefined;
  }
}

export function equalEntries(a: Entry | undefined, b: Entry | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.kind === 'file') return b.kind === 'file' && a.text === b.text && a.mode === b.mode;
  if (a.kind === 'link') return b.kind === 'link' && a.to === b.to;
  return b.kind === 'folder';
}

/** What tells whether anything inside `.git` that matters has moved: cheaper than asking git. */
export function gitStamp(world: World): string {
  const folder = world.place('/app/.git');
  return ['HEAD', 'index', 'refs/stash', 'logs/HEAD', 'refs/heads', 'packed-refs', 'MERGE_HEAD']
    .map((name) => {
      const path = join(folder, name);
      if (!existsSync(path)) return '-';
      const { mtimeNs, size } = statSync(path, { bigint: true });
      return `${mtimeNs} ${size}`;
    })
    .join(' ');
}

const STATUS = 'git --no-optional-locks status --porcelain=v2 --branch --show-stash -z -uall';

/** Asks a shell of its own, which costs less than a new process; fails when git does: a truth that nobody gave is none. */
export async function takeGit(shell: AgentShell): Promise<GitTruth> {
  const { output, exitCode } = await shell.run(STATUS, 20_000);
  if (exitCode !== 0) throw new Error(`git can't tell its state: ${output}`);
  const dirty: string[] = [];
  const staged: string[] = [];
  const untracked: string[] = [];
  let branch: string | undefined;
  let head = '';
  let stashes = 0;
  const records = output.split('\0');
  for (let i = 0; i < records.length; i++) {
    const record = records[i] ?? '';
    const words = record.split(' ');
    if (record.startsWith('# branch.head ')) branch = words[2] === '(detached)' ? undefined : words[2];
    else if (record.startsWith('# branch.oid ')) head = words[2] ?? '';
    else if (record.startsWith('# stash ')) stashes = Number(words[2]);
    else if (record.startsWith('? ')) untracked.push(`/app/${record.slice(2)}`);
    else if (/^[12u] /.test(record)) {
      const [kind = '', state = '..'] = words;
      const path = `/app/${words.slice(kind === '1' ? 8 : kind === '2' ? 9 : 10).join(' ')}`;
      if (state[0] !== '.') staged.push(path);
      if (state[1] !== '.') dirty.push(path);
      // The name before a rename or copy is a record of its own; that of a rename is gone from the index.
      if (kind === '2') {
        const before = records[++i];
        if (state[0] === 'R') staged.push(`/app/${before}`);
      }
    }
  }
  return { branch, head, dirty: dirty.sort(), staged: staged.sort(), untracked: untracked.sort(), stashes };
}
