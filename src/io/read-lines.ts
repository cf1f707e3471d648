import type { TextLine } from '../formats/port.ts';
import { decodeUtf8 } from './decode-text.ts';

export interface LineOptions {
  /** Byte offset of the first chunk in the file. */
  readonly offset: number;
  /** Bytes of the file per UTF-16 code unit of the text, when the chunks were transcoded from UTF-16. */
  readonly unitBytes?: 2;
  /** Longest line in bytes; more is cut off and marked. */
  readonly limit: number;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * Splits chunks of UTF-8 into lines, one batch per chunk that ends a line. Memory is bounded by a chunk and the longest
 * line. A line may be cut by chunks anywhere; a chunk may be reused once the next one is asked for.
 */
export async function* splitChunksToLines(
  chunks: AsyncIterable<Buffer>,
  options: LineOptions,
): AsyncGenerator<TextLine[]> {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let line = 0;
  let start = options.offset;

  const carry = (part: Buffer): void => {
    const room = options.limit - carriedBytes;
    if (room > 0) carried.push(Buffer.from(part.subarray(0, room)));
    carriedBytes += part.length;
  };
  const finish = (bytes: Buffer, from: number, to: number, length: number, ending: number): TextLine => {
    const isCut = length > options.limit;
    const hasCr = !isCut && to > from && bytes[to - 1] === CR;
    const { text, repaired } = decodeUtf8(bytes, from, hasCr ? to - 1 : to);
    line += 1;
    const flaw = isCut ? 'limit-reached' : repaired ? 'invalid-utf8' : undefined;
    const made: TextLine = flaw ? { line, text, start, flaw } : { line, text, start };
    start += options.unitBytes
      ? (text.length + (hasCr ? 1 : 0) + ending) * options.unitBytes
      : length + ending;
    return made;
  };

  for await (const chunk of chunks) {
    const batch: TextLine[] = [];
    let from = 0;
    for (let to = chunk.indexOf(LF); to >= 0; to = chunk.indexOf(LF, from)) {
      if (carriedBytes === 0) {
        batch.push(finish(chunk, from, Math.min(to, from + options.limit), to - from, 1));
      } else {
        carry(chunk.subarray(from, to));
        const whole = Buffer.concat(carried);
        batch.push(finish(whole, 0, whole.length, carriedBytes, 1));
        carried = [];
        carriedBytes = 0;
      }
      from = to + 1;
    }
    if (from < chunk.length) carry(chunk.subarray(from));
    if (batch.length > 0) yield batch;
  }
  if (carriedBytes > 0) {
    const whole = Buffer.concat(carried);
    yield [finish(whole, 0, whole.length, carriedBytes, 0)];
  }
}
