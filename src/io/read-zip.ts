import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import type { ArchiveLimits } from './archive-limits.ts';
import type { ArchiveMembers } from './archive-members.ts';
import type { ByteFile } from './byte-source.ts';
import { unzstd } from './decompress.ts';
import { memberOf, openBytes } from './memory-source.ts';
import { readParts } from './read-chunks.ts';

const KIND_MASK = 0xf000;
const LINK_KIND = 0xa000;
const LINK_LIMIT = 4096;
/** Zstandard inside zip, which Inspect's `.eval` logs use; yauzl does not know it. */
const ZSTD_METHOD = 93;

/** Reads all members of a zip archive into memory. Throws when the archive's directory is damaged. */
export async function readZip(file: ByteFile, members: ArchiveMembers, limits: ArchiveLimits): Promise<void> {
  const zip = await yauzl.fromRandomAccessReaderPromise(new FileAccess(file), file.size, {
    lazyEntries: true,
    autoClose: false,
    // Names are checked by our own rules: one bad name must not close the whole archive.
    decodeStrings: false,
  });
  for await (const entry of zip.eachEntry()) {
    if (!members.hasRoom()) break;
    await addEntry(zip, entry, members, limits);
  }
}

async function addEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  members: ArchiveMembers,
  limits: ArchiveLimits,
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
  if (!members.keeps(name, size)) return;
  try {
    const bytes = await readEntry(zip, entry);
    if (crc32(bytes) !== entry.crc32) throw new Error('wrong checksum');
    if (isLink) members.addLink(path, bytes.toString('utf8'), false);
    else members.addFile(path, memberOf(bytes));
  } catch (error) {
    members.damaged(
      `A member could not be unpacked (${error instanceof Error ? error.message : 'unknown'}).`,
    );
  }
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

class FileAccess extends yauzl.RandomAccessReader {
  private readonly file: ByteFile;

  constructor(file: ByteFile) {
    super();
    this.file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(readParts(this.file, { start, end }));
  }

  override close(callback: (error: Error | null) => void): void {
    // Whoever opened the file closes it.
    callback(null);
  }
}
