import type { ByteFile } from './byte-source.ts';

/** Byte range of one frame in a zstd file. */
export interface ZstdFrame {
  readonly start: number;
  readonly end: number;
}

const FRAME_MAGIC = 0xfd2fb528;
const RLE_BLOCK = 1;

/**
 * Finds the frames of a zstd file by their headers, without unpacking (RFC 8878, section 3.1). A file may hold many,
 * as parallel compressors and `cat` make them; skippable ones are passed over. Ends where no frame begins.
 */
export async function* listZstdFrames(file: ByteFile): AsyncGenerator<ZstdFrame> {
  let at = 0;
  while (at < file.size) {
    const head = Buffer.from(await file.read(at, 8));
    if (head.length < 8) return;
    const magic = head.readUInt32LE(0);
    if (magic >>> 4 === 0x184d2a5) {
      at += 8 + head.readUInt32LE(4);
      continue;
    }
    if (magic !== FRAME_MAGIC) return;
    const descriptor = head[4] ?? 0;
    const end = await findFrameEnd(file, at + 4 + headerBytes(descriptor), (descriptor & 4) !== 0);
    yield { start: at, end: Math.min(end, file.size) };
    at = end;
  }
}

function headerBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  return 1 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
}

async function findFrameEnd(file: ByteFile, firstBlock: number, hasChecksum: boolean): Promise<number> {
  let at = firstBlock;
  while (at < file.size) {
    const head = Buffer.from(await file.read(at, 3));
    if (head.length < 3) return file.size;
    const word = head.readUIntLE(0, 3);
    const isLast = (word & 1) === 1;
    at += 3 + (((word >> 1) & 3) === RLE_BLOCK ? 1 : word >> 3);
    if (isLast) return at + (hasChecksum ? 4 : 0);
  }
  return file.size;
}
