import type { ByteFile } from './byte-source.ts';

export const CHUNK_BYTES = 1024 * 1024;

export interface ChunkRange {
  readonly start?: number;
  readonly end?: number;
  readonly chunkBytes?: number;
}

/**
 * The bytes of a file in order. One buffer serves all chunks: what a consumer keeps beyond the next step it must copy.
 * The file stays open.
 */
export async function* readChunks(file: ByteFile, range: ChunkRange = {}): AsyncGenerator<Buffer> {
  const end = Math.min(range.end ?? file.size, file.size);
  const chunkBytes = range.chunkBytes ?? CHUNK_BYTES;
  let position = range.start ?? 0;
  if (position >= end) return;
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, end - position));
  while (position < end) {
    const chunk = await file.read(position, Math.min(chunkBytes, end - position), buffer);
    if (chunk.length === 0) return;
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    position += chunk.length;
  }
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The bytes of a range in parts that the consumer may hold on to, as streams do with what waits in their queue. */
export async function* readParts(
  file: ByteFile,
  range: ByteRange = { start: 0, end: file.size },
  partBytes = 256 * 1024,
): AsyncGenerator<Uint8Array> {
  for (let at = range.start; at < range.end; at += partBytes) {
    const part = await file.read(at, Math.min(partBytes, range.end - at));
    if (part.length === 0) return;
    yield part;
  }
}
