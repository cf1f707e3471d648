import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import type { ArchiveLimits } from './archive-limits.ts';
import type { ArchiveMembers } from './archive-members.ts';
import type { ByteFile } from './byte-source.ts';
import { unzstd } from './decompress.ts';
import { type MemberContent, memberOf, openBytes } from './memory-source.ts';
import { readParts } from './read-chunks.ts';

const KIND_MASK = 0xf000;
const LINK_KIND = 0xa000;
const LINK_LIMIT = 4096;
/** Zstandard inside zip, which Inspect's `.eval` logs use; yauzl does not know it. */
const ZSTD_METHOD = 93;

const ZIP_OPTIONS = {
  lazyEntries: true,
  autoClose: false,
  // Names are checked by our own rules: one bad name must not close the whole archive.
  decodeStrings: false,
} as const;

/** Reads all members of a zip archive into memory. Throws when the archive's directory is damaged. */
export async function readZip(file: ByteFile, members: ArchiveMembers, limits: ArchiveLimits): Promise<void> {
  const access = new FileAccess(async () => ({ ...file, close: async () => undefined }));
  const zip = await yauzl.fromRandomAccessReaderPromise(access, file.size, ZIP_OPTIONS);
  for await (const entry of zip.eachEntry()) {
    if (!members.hasRoom()) break;
    await addEntry(zip, entry, members, limits);
  }
}

/** Finds the members of a zip archive; each is unpacked when it is opened. `openFile` opens the archive. */
export async function listZip(
  openFile: () => Promise<ByteFile | undefined>,
  size: number,
  members: ArchiveMembers,
  limits: ArchiveLimits,
): Promise<void> {
  const access = new FileAccess(openFile);
  const zip = await yauzl.fromRandomAccessReaderPromise(access, size, ZIP_OPTIONS);
  /** The member that was opened last: a reader looks at the same one several times. */
  let last: { readonly path: string; readonly bytes: Buffer } | undefined;
  for await (const entry of zip.eachEntry()) {
    if (!members.hasRoom()) break;
    await addEntry(zip, entry, members, limits, (path) => ({
      size: entry.uncompressedSize,
      async open() {
        if (last?.path !== path) {
          const bytes = await readChecked(zip, entry).catch(() => undefined);
          if (!bytes) return undefined;
          last = { path, bytes };
        }
        return openBytes(last.bytes);
      },
    }));
  }
}

async function addEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  members: ArchiveMembers,
  limits: ArchiveLimits,
  later?: (path: string) => MemberContent,
): Promise<void> {
  const { generalPurposeBitFlag, fileNameRaw, extraFields, uncompressedSize: size } = entry;
  const name = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  const path = members.accept(name);
  if (path === undefined) return;
  if (name.endsWith('/')) {
    members.addFolder(path);
    return;
  }
  if (!canUnpack(entry)) {
    members.refuse(name, 'Members that are encrypted or packed in an unknown way');
    return;
  }
  if (size > limits.ratioFrom && size > entry.compressedSize * limits.ratio) {
    members.refuse(name, 'Members that unpack to far more than they can honestly hold');
    return;
  }
  const isLink = ((entry.externalFileAttributes >>> 16) & KIND_MASK) === LINK_KIND;
  if (isLink && size > LINK_LIMIT) {
    members.refuse(name, 'Links that are no path');
    return;
  }
  if (later && !isLink) {
    if (members.fits(name, size)) members.addFile(path, later(path));
    return;
  }
  if (!members.keeps(name, size)) return;
  try {
    const bytes = await readChecked(zip, entry);
    if (isLink) members.addLink(path, bytes.toString('utf8'), false);
    else members.addFile(path, memberOf(bytes));
  } catch (error) {
    members.damaged(
      `A member could not be unpacked (${error instanceof Error ? error.message : 'unknown'}).`,
    );
  }
}

async function readChecked(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  const bytes = await readEntry(zip, entry);
  if (crc32(bytes) !== entry.crc32) throw new Error('wrong checksum');
  return bytes;
}

function canUnpack(entry: yauzl.Entry): boolean {
  return entry.canDecodeFileData() || (entry.compressionMethod === ZSTD_METHOD && !entry.isEncrypted());
}

/** Throws when the entry gives more or less than its size. */
async function readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  if (entry.compressionMethod !== ZSTD_METHOD) return collect(await zip.openReadStreamPromise(entry));
  const packed = await collect(await zip.openReadStreamPromise(entry, { decodeFileData: false }));
  const { uncompressedSize: size } = entry;
  // A process for each of many small members would cost more than it saves.
  const parts = unzstd(openBytes(packed), ['node', 'script']);
  const bytes = await collect(parts, size);
  if (bytes.length !== size) throw new Error(`${bytes.length} bytes where ${size} were announced`);
  return bytes;
}

async function collect(parts: AsyncIterable<unknown>, limit = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const all: Buffer[] = [];
  let total = 0;
  for await (const part of parts) {
    all.push(part as Buffer);
    total += (part as Buffer).length;
    if (total > limit) throw new Error(`more than the announced ${limit} bytes`);
  }
  return Buffer.concat(all);
}

/** Opens the archive anew for each range, so nothing stays open. */
class FileAccess extends yauzl.RandomAccessReader {
  private readonly openFile: () => Promise<ByteFile | undefined>;

  constructor(openFile: () => Promise<ByteFile | undefined>) {
    super();
    this.openFile = openFile;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(readRange(this.openFile, start, end));
  }

  override close(callback: (error: Error | null) => void): void {
    // Whoever opened the file closes it.
    callback(null);
  }
}

async function* readRange(
  openFile: () => Promise<ByteFile | undefined>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const file = await openFile();
  if (!file) throw new Error('the archive can not be opened any more');
  try {
    yield* readParts(file, { start, end });
  } finally {
    await file.close();
  }
}
