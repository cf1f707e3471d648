import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { ArchiveLimits } from './archive-limits.ts';
import type { ArchiveMembers } from './archive-members.ts';
import type { ByteFile } from './byte-source.ts';
import { memberOf } from './memory-source.ts';
import { readParts } from './read-chunks.ts';

const KIND_MASK = 0xf000;
const LINK_KIND = 0xa000;
const LINK_LIMIT = 4096;

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
  if (!entry.canDecodeFileData()) {
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
    if (isLink) members.addLink(path, bytes.toString('utf8'), false);
    else members.addFile(path, memberOf(bytes));
  } catch (error) {
    members.damaged(
      `A member could not be unpacked (${error instanceof Error ? error.message : 'unknown'}).`,
    );
  }
}

/** The stream ends with an error when it gives more or less than the entry's size. */
async function readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  return Buffer.concat(parts);
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
