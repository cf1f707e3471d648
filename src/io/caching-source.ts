import { baseName, dirName } from '../base/path.ts';
import type { ByteFile, ByteSource, Listing, SourceEntry } from './byte-source.ts';
import { openBytes } from './memory-source.ts';

/** What is remembered at most. */
export interface CacheLimits {
  /** Entries of all remembered listings together. */
  readonly entries: number;
  /** Files up to this size in bytes are read whole and remembered. */
  readonly fileBytes: number;
  /** Bytes of all remembered files together. */
  readonly totalBytes: number;
}

export const CACHE_LIMITS: CacheLimits = {
  entries: 50_000,
  fileBytes: 512 * 1024,
  totalBytes: 16 * 1024 * 1024,
};

interface KnownFolder {
  readonly listing: Listing;
  /** Made when an entry is first asked for by name. */
  byName?: ReadonlyMap<string, SourceEntry>;
}

/**
 * Remembers the listings and the small files that were looked at last. A run's files are looked at by detection, for a
 * digest and by their reader, and its folders by everyone who looks around it; the disk is asked once. What changes
 * meanwhile is seen as it was at the first look.
 */
export function createCachingSource(source: ByteSource, limits: CacheLimits = CACHE_LIMITS): ByteSource {
  const folders = new Map<string, KnownFolder>();
  let entries = 0;
  const files = new Map<string, Uint8Array>();
  let bytes = 0;

  const remember = (folder: string, listing: Listing): void => {
    const weight = listing.entries.length + 1;
    if (entries + weight > limits.entries) {
      folders.clear();
      entries = 0;
      if (weight > limits.entries) return;
    }
    folders.set(folder, { listing });
    entries += weight;
  };
  const rememberFile = (path: string, content: Uint8Array): void => {
    bytes += content.length - (files.get(path)?.length ?? 0);
    files.set(path, content);
    for (const [oldest, old] of files) {
      if (bytes <= limits.totalBytes) break;
      files.delete(oldest);
      bytes -= old.length;
    }
  };

  return {
    name: source.name,
    async list(folder) {
      const known = folders.get(folder);
      if (known) return known.listing;
      const listing = await source.list(folder);
      remember(folder, listing);
      return listing;
    },
    async stat(path) {
      const known = path === '' || path === '..' ? undefined : folders.get(dirName(path));
      // A folder that can't be listed may still give out what is asked for by name.
      if (!known || known.listing.problem !== undefined) return source.stat(path);
      known.byName ??= new Map(known.listing.entries.map((entry) => [entry.name, entry]));
      return known.byName.get(baseName(path));
    },
    async open(path) {
      const content = files.get(path);
      if (content) return openBytes(content);
      const file = await source.open(path);
      if (!file || file.size > limits.fileBytes) return file;
      return rememberingFile(file, (whole) => rememberFile(path, whole));
    },
    identity: (folder) => source.identity(folder),
  };
}

/** A small file that is read whole when its first byte is asked for. */
function rememberingFile(file: ByteFile, remember: (content: Uint8Array) => void): ByteFile {
  let content: Uint8Array | undefined;
  return {
    size: file.size,
    async read(position, length) {
      if (!content) {
        content = await file.read(0, file.size);
        remember(content);
      }
      return content.subarray(position, position + length);
    },
    close: () => file.close(),
  };
}
