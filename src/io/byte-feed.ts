import type { ByteFile } from './byte-source.ts';

/** Bytes that are read once, in order. */
export interface ByteFeed {
  /** Offset of the next byte. */
  readonly position: number;
  /** The next `length` bytes, as memory that the caller may keep; fewer at the end. */
  take(length: number): Promise<Buffer>;
  /** Passes over bytes; answers how many there were. */
  skip(length: number): Promise<number>;
}

/** A file as a feed: passing over costs nothing. */
export function feedOfFile(file: ByteFile): ByteFeed {
  let position = 0;
  return {
    get position() {
      return position;
    },
    async take(length) {
      const bytes = await file.read(position, Math.min(length, Math.max(0, file.size - position)));
      position += bytes.length;
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    },
    async skip(length) {
      const passed = Math.min(length, Math.max(0, file.size - position));
      position += passed;
      return passed;
    },
  };
}

export interface PeekableFeed extends ByteFeed {
  /** The next bytes, which stay next. */
  peek(length: number): Promise<Buffer>;
}

/** Chunks as a feed. */
export function feedOfChunks(chunks: AsyncIterator<Buffer>): PeekableFeed {
  let current: Buffer = Buffer.alloc(0);
  let position = 0;

  /** Up to `length` bytes of what is at hand; none only at the end. */
  const nextPart = async (length: number): Promise<Buffer> => {
    while (current.length === 0) {
      const next = await chunks.next();
      if (next.done) return current;
      current = next.value;
    }
    const part = current.subarray(0, length);
    current = current.subarray(part.length);
    position += part.length;
    return part;
  };
  const feed: PeekableFeed = {
    get position() {
      return position;
    },
    async peek(length) {
      const bytes = await feed.take(length);
      current = Buffer.concat([bytes, current]);
      position -= bytes.length;
      return bytes;
    },
    async take(length) {
      // Grown as bytes arrive: a header may promise far more than the archive holds.
      let bytes = Buffer.allocUnsafe(Math.min(length, 1024 * 1024));
      let filled = 0;
      while (filled < length) {
        const part = await nextPart(length - filled);
        if (part.length === 0) break;
        if (filled + part.length > bytes.length) {
          const larger = Buffer.allocUnsafe(
            Math.min(length, Math.max(bytes.length * 2, filled + part.length)),
          );
          bytes.copy(larger, 0, 0, filled);
          bytes = larger;
        }
        part.copy(bytes, filled);
        filled += part.length;
      }
      return bytes.subarray(0, filled);
    },
    async skip(length) {
      let passed = 0;
      while (passed < length) {
        const part = await nextPart(length - passed);
        if (part.length === 0) break;
        passed += part.length;
      }
      return passed;
    },
  };
  return feed;
}
