import { Decompress } from 'fzstd';
import type { ByteFile } from './byte-source.ts';
import { readParts } from './read-chunks.ts';

/** Small: four packed bytes can become 128 KiB, and what one part becomes is in memory at once. */
const PART_BYTES = 4 * 1024;

/** Unpacks in JavaScript: slow, and without checking checksums, but everywhere. */
export async function* unpackWithScript(file: ByteFile): AsyncGenerator<Buffer> {
  let unpacked: Buffer[] = [];
  const decoder = new Decompress((part) => {
    unpacked.push(Buffer.from(part.buffer, part.byteOffset, part.length));
  });
  for await (const part of readParts(file, { start: 0, end: file.size }, PART_BYTES)) {
    decoder.push(part);
    yield* unpacked;
    unpacked = [];
  }
  decoder.push(new Uint8Array(0), true);
  yield* unpacked;
}
