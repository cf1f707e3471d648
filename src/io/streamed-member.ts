import { type ByteFeed, feedOfChunks } from './byte-feed.ts';
import type { MemberContent } from './memory-source.ts';

/** Unpacked bytes from the beginning, once more; `return` ends it early. */
export type Unpack = () => Promise<AsyncGenerator<Buffer> | undefined>;

/**
 * A range of what an archive unpacks to, too large to be kept: it is unpacked again for each opening, and once more when
 * a reader goes back. Reading on, as line and array readers do, costs one pass; memory is a few chunks.
 */
export function streamedMember(unpack: Unpack, start: number, size: number): MemberContent {
  return {
    size,
    async open() {
      let stream: AsyncGenerator<Buffer> | undefined;
      let feed: ByteFeed | undefined;
      const close = async (): Promise<void> => {
        await stream?.return(undefined);
        stream = undefined;
        feed = undefined;
      };
      const feedAt = async (offset: number): Promise<ByteFeed | undefined> => {
        if (feed && feed.position > offset) await close();
        stream ??= await unpack();
        if (!stream) return undefined;
        feed ??= feedOfChunks(stream);
        await feed.skip(offset - feed.position);
        return feed;
      };
      return {
        size,
        async read(position, length) {
          const wanted = Math.max(0, Math.min(length, size - position));
          if (wanted === 0) return Buffer.alloc(0);
          const at = await feedAt(start + position);
          return at ? at.take(wanted) : Buffer.alloc(0);
        },
        close,
      };
    },
  };
}
