import { CodetracerError } from '../base/error.ts';
import { baseName, dirName } from '../base/path.ts';
import { type ArchiveSource, openArchive } from './archive-source.ts';
import type { ByteFile, ByteSource } from './byte-source.ts';
import { ARCHIVE_HEAD_BYTES, detectArchive } from './detect-archive.ts';
import { createTreeSource } from './memory-source.ts';

/** Archives inside archives are opened so deep. */
export const ARCHIVE_DEPTH = 2;

/** Open archives that are remembered: a run's files are read one after the other. */
const KNOWN_ARCHIVES = 2;

/** Members of a compressed tar archive stay in memory up to here, for each archive that is remembered. */
const KEPT_BYTES = 512 * 1024 * 1024;

/** A source whose paths lead into the archives that lie in it: `runs.zip/a/log.json`. An archive stays a file in listings. */
export interface NestingSource extends ByteSource {
  /** The archive at a path; undefined when no readable archive lies there. */
  archive(path: string): Promise<ArchiveSource | undefined>;
  /** Whether a path that is there leads into an archive of the source: nothing of the source itself lies there. */
  isInArchive(path: string): Promise<boolean>;
}

/**
 * Lets the paths of a source lead into archives, which are read in place and known by their content. What is really
 * there comes first: archives are looked at only for paths that name nothing else.
 */
export function nestArchives(source: ByteSource, depth = ARCHIVE_DEPTH): NestingSource {
  const known = new Map<string, Nested | undefined>();

  const openAt = async (path: string): Promise<Nested | undefined> => {
    if (known.has(path)) return known.get(path);
    const opened = await openNested(source, path);
    const nested = opened && { archive: opened, inside: nestArchives(opened, depth - 1) };
    const [oldest] = known.keys();
    if (known.size >= KNOWN_ARCHIVES && oldest !== undefined) known.delete(oldest);
    known.set(path, nested);
    return nested;
  };
  /** The archive on the way to a path that is not there itself, and the rest of the way. */
  const find = async (path: string): Promise<{ nested: Nested; rest: string } | undefined> => {
    if (depth <= 0) return undefined;
    for (let place = path; place !== '' && place !== '/'; place = dirName(place)) {
      const entry = await source.stat(place);
      if (!entry) continue;
      const nested = entry.kind === 'file' ? await openAt(place) : undefined;
      return nested && { nested, rest: path.slice(place.length + 1) };
    }
    return undefined;
  };

  return {
    name: source.name,
    async archive(path) {
      if (depth <= 0) return undefined;
      if ((await source.stat(path))?.kind === 'file') return (await openAt(path))?.archive;
      const found = await find(path);
      return found && found.rest !== '' ? found.nested.inside.archive(found.rest) : undefined;
    },
    async isInArchive(path) {
      return path !== '' && (await source.stat(path)) === undefined && (await find(path)) !== undefined;
    },
    async list(folder) {
      const listing = await source.list(folder);
      if (listing.problem === undefined) return listing;
      const found = await find(folder);
      return found ? found.nested.inside.list(found.rest) : listing;
    },
    async stat(path) {
      const entry = await source.stat(path);
      if (entry) return entry;
      const found = await find(path);
      return found?.nested.inside.stat(found.rest);
    },
    async open(path) {
      const file = await source.open(path);
      if (file) return file;
      const found = await find(path);
      return found && found.rest !== '' ? found.nested.inside.open(found.rest) : undefined;
    },
    identity: (folder) => source.identity(folder),
  };
}

interface Nested {
  readonly archive: ArchiveSource;
  readonly inside: NestingSource;
}

async function readHead(file: ByteFile): Promise<Uint8Array> {
  try {
    return await file.read(0, ARCHIVE_HEAD_BYTES);
  } finally {
    await file.close();
  }
}

async function openNested(source: ByteSource, path: string): Promise<ArchiveSource | undefined> {
  const file = await source.open(path);
  if (!file) return undefined;
  const name = baseName(path);
  const head = await readHead(file);
  const kind = detectArchive(head);
  if (!kind) return undefined;
  try {
    const limits = { keptBytes: KEPT_BYTES };
    return await openArchive(name, () => source.open(path), limits, { lazily: true });
  } catch (error) {
    if (!(error instanceof CodetracerError)) throw error;
    // A bomb, or nothing in it can be read: an archive with no members that says why.
    const { message } = error;
    const damage = {
      code: 'damaged-archive',
      severity: 'error',
      message,
      place: { artifact: path },
    } as const;
    return { ...createTreeSource(new Map(), name), kind, diagnostics: [damage] };
  }
}
