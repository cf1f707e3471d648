import { constants, type Dirent, type Stats } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { CodetracerError } from '../base/error.ts';
import { compareNatural } from '../base/order.ts';
import { dirName, joinPath } from '../base/path.ts';
import type { ByteFile, ByteSource, Listing, SourceEntry } from './byte-source.ts';

/** Files looked up at once while a folder is listed. */
const LOOKUPS = 64;

/**
 * A folder of the disk as a source. Nothing outside it is ever read: each path is resolved to its real place first,
 * and one that leaves the folder, by `..` or by a link, is refused. `root` is a real path (no links in it).
 */
export function createDiskSource(root: string): ByteSource {
  const prefix = root.endsWith(sep) ? root : root + sep;
  const isInside = (real: string): boolean => real === root || real.startsWith(prefix);

  /** The real path; undefined when it is not there, can't be reached or leaves the root. */
  const resolve = async (path: string): Promise<string | undefined> => {
    if (path === '..' || path.startsWith('../') || path.startsWith('/') || path.includes('\0'))
      return undefined;
    const real = await realpath(join(root, path)).catch(() => undefined);
    return real !== undefined && isInside(real) ? real : undefined;
  };

  const describe = async (folder: string, name: string, isLink: boolean): Promise<SourceEntry> => {
    const full = join(root, folder, name);
    if (!isLink) return entryOf(name, await lstat(full).catch(() => undefined));
    const real = await realpath(full).catch(() => undefined);
    if (real === undefined) return refused(name, 'broken link');
    if (!isInside(real)) return refused(name, 'link that leaves the folder');
    const entry = entryOf(name, await stat(real).catch(() => undefined));
    return { ...entry, linked: true };
  };

  return {
    name: basename(root),
    async list(folder): Promise<Listing> {
      const real = await resolve(folder);
      if (real === undefined) return { entries: [], problem: 'no such folder' };
      let found: Dirent[];
      try {
        found = await readdir(real, { withFileTypes: true });
      } catch (error) {
        return { entries: [], problem: reasonOf(error) };
      }
      const entries: SourceEntry[] = [];
      for (let start = 0; start < found.length; start += LOOKUPS) {
        const part = found.slice(start, start + LOOKUPS);
        const described = part.map(async (dirent) => {
          if (dirent.isDirectory()) return directory(dirent.name);
          return describe(folder, dirent.name, dirent.isSymbolicLink());
        });
        entries.push(...(await Promise.all(described)));
      }
      return { entries: entries.sort((a, b) => compareNatural(a.name, b.name)) };
    },
    async stat(path) {
      if (path === '') return directory(basename(root));
      if ((await resolve(dirName(path))) === undefined || path.includes('\0')) return undefined;
      const info = await lstat(join(root, path)).catch(() => undefined);
      if (!info) return undefined;
      const name = basename(path);
      return info.isSymbolicLink() ? describe(dirName(path), name, true) : entryOf(name, info);
    },
    async open(path) {
      const real = await resolve(path);
      return real === undefined ? undefined : openDiskFile(real);
    },
    async identity(folder) {
      return (await resolve(folder)) ?? joinPath('', folder);
    },
  };
}

/** Opening a pipe without O_NONBLOCK would wait until somebody writes to it. Windows knows no such flag. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A plain file of the disk, open; undefined when it is none or may not be read. */
export async function openDiskFile(path: string): Promise<ByteFile | undefined> {
  const handle = await open(path, OPEN_FLAGS).catch(() => undefined);
  if (!handle) return undefined;
  const info = await handle.stat();
  if (!info.isFile()) {
    await handle.close();
    return undefined;
  }
  const { size } = info;
  return {
    size,
    async read(position, length, into) {
      const wanted = Math.max(0, Math.min(length, size - position));
      const buffer = into && into.length >= wanted ? into : Buffer.allocUnsafe(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await handle
          .read(buffer, filled, wanted - filled, position + filled)
          .catch((error: unknown) => {
            throw new CodetracerError('unreadable', `${path}: ${reasonOf(error)}`, { cause: error });
          });
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close: () => handle.close(),
  };
}

function directory(name: string): SourceEntry {
  return { name, kind: 'directory', size: 0 };
}

function refused(name: string, reason: string): SourceEntry {
  return { name, kind: 'refused', size: 0, reason };
}

function entryOf(name: string, info: Stats | undefined): SourceEntry {
  if (!info) return refused(name, 'can not be looked up');
  if (info.isDirectory()) return directory(name);
  if (info.isFile()) return { name, kind: 'file', size: info.size };
  return refused(name, 'no plain file');
}

/** What the system said, without the path: `permission denied`. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOTDIR') return 'no such folder';
  if (code === 'ENOENT') return 'no such file or folder';
  return error instanceof Error ? error.message : String(error);
}
