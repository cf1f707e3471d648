import { basename } from 'node:path';
import { CodetracerError } from '../base/error.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.ts';
import { ArchiveMembers } from './archive-members.ts';
import { feedOfChunks, feedOfFile } from './byte-feed.ts';
import type { ByteFile, ByteSource } from './byte-source.ts';
import { gunzip, unzstd } from './decompress.ts';
import { ARCHIVE_HEAD_BYTES, type ArchiveKind, detectArchive } from './detect-archive.ts';
import { openDiskFile } from './disk-source.ts';
import { guardUnpacking } from './guard-unpacking.ts';
import { createTreeSource, type MemberContent, memberOf } from './memory-source.ts';
import { readTar } from './read-tar.ts';
import { streamedMember } from './streamed-member.ts';
import { isTarHeader, TAR_BLOCK } from './tar-header.ts';

/** An archive as a source; `diagnostics` says what was refused or lost. */
export interface ArchiveSource extends ByteSource {
  readonly kind: ArchiveKind;
  readonly diagnostics: readonly Diagnostic[];
}

export type OpenFile = () => Promise<ByteFile | undefined>;

/** Whether a file on disk is an archive, by its first bytes. */
export async function isArchive(path: string): Promise<boolean> {
  const file = await openDiskFile(path);
  if (!file) return false;
  try {
    return detectArchive(await file.read(0, ARCHIVE_HEAD_BYTES)) !== undefined;
  } finally {
    await file.close();
  }
}

/** Opens an archive on disk. See `openArchive`. */
export function createArchiveSource(
  path: string,
  limits: Partial<ArchiveLimits> = {},
): Promise<ArchiveSource> {
  return openArchive(basename(path), () => openDiskFile(path), limits);
}

/**
 * Opens a `.tar`, `.tar.gz`, `.tar.zst` or `.zip` archive, known by its content, as a source; nothing is unpacked to
 * disk. Members of a plain tar archive are read where they stand, those of the others are kept in memory. A file that
 * is packed alone (`x.jsonl.gz`) is a source with that one file. Members of a zip archive are unpacked only when they are
 * opened if `lazily` is set; one that is damaged then can't be opened.
 * @throws CodetracerError `unreadable` when it is no archive, has nothing that can be read, or is a bomb.
 */
export async function openArchive(
  name: string,
  openFile: OpenFile,
  limits: Partial<ArchiveLimits> = {},
  options: { readonly lazily?: boolean } = {},
): Promise<ArchiveSource> {
  const file = await openFile();
  if (!file) throw new CodetracerError('unreadable', `${name}: can not be opened`);
  const all: ArchiveLimits = { ...ARCHIVE_LIMITS, ...limits };
  const members = new ArchiveMembers(name, all);
  try {
    const kind = detectArchive(await file.read(0, ARCHIVE_HEAD_BYTES));
    if (!kind) throw new CodetracerError('unreadable', `${name}: no archive (.tar, .tar.gz, .tar.zst, .zip)`);
    try {
      // Loaded when needed: most runs are folders, and start-up counts.
      if (kind === 'zip' && options.lazily) {
        const { listZip } = await import('./read-zip.ts');
        await listZip(openFile, file.size, members, all);
      } else await readMembers(kind, name, file, openFile, members, all);
    } catch (error) {
      if (error instanceof CodetracerError) throw error;
      members.damaged(`Unpacking stopped: ${error instanceof Error ? error.message : String(error)}`);
    }
    members.resolveLinks();
    const { diagnostics } = members;
    const damage = diagnostics.find(({ code }) => code === 'damaged-archive');
    if (members.isEmpty && damage) throw new CodetracerError('unreadable', `${name}: ${damage.message}`);
    return { ...createTreeSource(members.files, name, members.folders), kind, diagnostics };
  } finally {
    await file.close();
  }
}

async function readMembers(
  kind: ArchiveKind,
  name: string,
  file: ByteFile,
  openFile: OpenFile,
  members: ArchiveMembers,
  limits: ArchiveLimits,
): Promise<void> {
  if (kind === 'zip') {
    // Loaded when needed: most runs are folders, and start-up counts.
    const { readZip } = await import('./read-zip.ts');
    return readZip(file, members, limits);
  }
  if (kind === 'tar') {
    const feed = feedOfFile(file);
    return readTar(feed, members, async (_name, size) => {
      const start = feed.position;
      return start + size > file.size ? undefined : rangeOf(openFile, start, size);
    });
  }
  const unpack = (packed: ByteFile): AsyncGenerator<Buffer> =>
    guardUnpacking(kind === 'gzip' ? gunzip(packed) : unzstd(packed), name, packed.size, limits);
  const unpackAgain = (): Promise<AsyncGenerator<Buffer> | undefined> => reopen(openFile, unpack);
  const unpacked = unpack(file);
  try {
    const feed = feedOfChunks(unpacked);
    if (isTarHeader(await feed.peek(TAR_BLOCK))) {
      await readTar(feed, members, async (member, size) => {
        const start = feed.position;
        if (!members.hasMemory(size)) {
          // Passed over here, so that a member that the archive only promises is none.
          return (await feed.skip(size)) === size ? streamedMember(unpackAgain, start, size) : undefined;
        }
        if (!members.keeps(member, size)) return undefined;
        const bytes = await feed.take(size);
        return bytes.length === size ? memberOf(bytes) : undefined;
      });
      return;
    }
    const bytes = await feed.take(limits.keptBytes + 1);
    const inner = name.replace(/\.(?:gz|zst)$/i, '');
    if (members.hasMemory(bytes.length)) {
      if (members.keeps(inner, bytes.length)) members.addFile(inner, memberOf(bytes));
    } else {
      const size = bytes.length + (await feed.skip(Number.MAX_SAFE_INTEGER));
      members.addFile(inner, streamedMember(unpackAgain, 0, size));
    }
  } finally {
    await unpacked.return(undefined);
  }
}

/** Unpacks from the beginning once more; the archive is open until the stream ends. */
async function reopen(
  openFile: OpenFile,
  unpack: (packed: ByteFile) => AsyncGenerator<Buffer>,
): Promise<AsyncGenerator<Buffer> | undefined> {
  const packed = await openFile();
  if (!packed) return undefined;
  return (async function* () {
    try {
      yield* unpack(packed);
    } finally {
      await packed.close();
    }
  })();
}

/** A range of the archive as a file. The archive is opened anew each time, so nothing stays open. */
function rangeOf(openFile: OpenFile, start: number, size: number): MemberContent {
  return {
    size,
    async open() {
      const whole = await openFile();
      return (
        whole && {
          size,
          read: (position, length, into) =>
            whole.read(start + position, Math.max(0, Math.min(length, size - position)), into),
          close: () => whole.close(),
        }
      );
    },
  };
}
