import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, join, sep } from 'node:path';
import { CodetracerError } from '../base/error.ts';
import { compareNatural } from '../base/order.ts';
import { dirName, joinPath } from '../base/path.ts';
import type { ByteFile, ByteSource, Listing, SourceEntry } from './byte-source.ts';

/** Folders whose real place is remembered. */
const KNOWN_FOLDERS = 1024;

/**
 * A folder of the disk as a source. Calls to the system are synchronous: a run is thousands of small files, and a trip
 * to the thread pool for each of their look-ups takes longer than all the reading. Nothing outside it is ever read: each path is resolved to its real place first,
 * and one that leaves the folder, by `..` or by a link, is refused. `root` is a real path (no links in it). `named` is
 * the folder in it that the user named: no link that lies in that folder leads out of it, into the rest of the root neither.
 */
export function createDiskSource(root: string, named = ''): ByteSource {
  const input = join(root, named);
  const isInside = (real: string, path: string): boolean =>
    isAtOrBelow(real, isAtOrBelow(path, named, '/') ? input : root, sep);

  /** The real path; undefined when it is not there, can't be reached or leaves the root. */
  const resolve = (path: string): string | undefined => {
    if (!isLocal(path)) return undefined;
    const folder = resolveFolder(dirName(path));
    if (folder === undefined) return undefined;
    const full = join(folder, basename(path));
    // Only a link can lead elsewhere once the folder's real place is known.
    const info = attempt(() => lstatSync(full));
    const real = info?.isSymbolicLink() ? attempt(() => realpathSync.native(full)) : info && full;
    return real !== undefined && isInside(real, path) ? real : undefined;
  };
  /** Real places of folders: each is asked for once for every file in it. */
  const folders = new Map<string, string>();
  const resolveFolder = (folder: string): string | undefined => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const real = attempt(() => realpathSync.native(join(root, folder)));
    if (folders.size >= KNOWN_FOLDERS) folders.clear();
    if (real !== undefined) folders.set(folder, real);
    return real;
  };

  /** Opens what is no link, without looking it up before; undefined where it is one, or the machine can't say. */
  const openPlain = (path: string): ByteFile | undefined => {
    if (NO_FOLLOW === undefined || !isLocal(path)) return undefined;
    const folder = resolveFolder(dirName(path));
    if (folder === undefined) return undefined;
    const full = join(folder, basename(path));
    return isInside(full, path) ? openFile(full, OPEN_FLAGS | NO_FOLLOW) : undefined;
  };
  const openResolved = (path: string): ByteFile | undefined => {
    const real = resolve(path);
    return real === undefined ? undefined : openFile(real, OPEN_FLAGS);
  };

  const describe = (folder: string, name: string, isLink: boolean): SourceEntry => {
    const full = join(root, folder, name);
    if (!isLink)
      return entryOf(
        name,
        attempt(() => lstatSync(full)),
      );
    const real = attempt(() => realpathSync.native(full));
    if (real === undefined) return refused(name, 'broken link');
    if (!isInside(real, joinPath(folder, name))) return refused(name, 'link that leaves the folder');
    const entry = entryOf(
      name,
      attempt(() => statSync(real)),
    );
    return { ...entry, linked: true };
  };

  return {
    name: basename(root),
    async list(folder): Promise<Listing> {
      const real = resolve(folder);
      if (real === undefined) return { entries: [], problem: 'no such folder' };
      let found: Dirent[];
      try {
        found = readdirSync(real, { withFileTypes: true });
      } catch (error) {
        return { entries: [], problem: reasonOf(error) };
      }
      const entries = found.map((dirent) =>
        dirent.isDirectory()
          ? directory(dirent.name)
          : describe(folder, dirent.name, dirent.isSymbolicLink()),
      );
      return { entries: entries.sort((a, b) => compareNatural(a.name, b.name)) };
    },
    async stat(path) {
      if (path === '') return directory(basename(root));
      if (resolve(dirName(path)) === undefined || path.includes('\0')) return undefined;
      const info = attempt(() => lstatSync(join(root, path)));
      if (!info) return undefined;
      const name = basename(path);
      return info.isSymbolicLink() ? describe(dirName(path), name, true) : entryOf(name, info);
    },
    async open(path) {
      return openPlain(path) ?? openResolved(path);
    },
    async identity(folder) {
      return resolve(folder) ?? joinPath('', folder);
    },
  };
}

/** Whether a path names something below the root, as far as its text says. */
function isLocal(path: string): boolean {
  return !(path === '..' || path.startsWith('../') || path.startsWith('/') || path.includes('\0'));
}

function isAtOrBelow(path: string, folder: string, separator: string): boolean {
  return (
    folder === '' ||
    path === folder ||
    path.startsWith(folder.endsWith(separator) ? folder : folder + separator)
  );
}

/** Opening a pipe without O_NONBLOCK would wait until somebody writes to it. Windows knows no such flag. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Makes opening a link fail. Windows knows no such flag. */
const NO_FOLLOW: number | undefined = constants.O_NOFOLLOW;

/** A plain file of the disk, open; undefined when it is none or may not be read. */
export async function openDiskFile(path: string): Promise<ByteFile | undefined> {
  return openFile(path, OPEN_FLAGS);
}

function openFile(path: string, flags: number): ByteFile | undefined {
  const descriptor = attempt(() => openSync(path, flags));
  if (descriptor === undefined) return undefined;
  const info = fstatSync(descriptor);
  if (!info.isFile()) {
    closeSync(descriptor);
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
        const bytesRead = readAt(descriptor, buffer, filled, wanted - filled, position + filled, path);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    close: async () => closeSync(descriptor),
  };
}

function readAt(
  descriptor: number,
  into: Uint8Array,
  offset: number,
  length: number,
  position: number,
  path: string,
): number {
  try {
    return readSync(descriptor, into, offset, length, position);
  } catch (error) {
    throw new CodetracerError('unreadable', `${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The answer of a call to the system; undefined when it refuses. */
function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
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
