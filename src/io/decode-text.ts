import { isUtf8 } from 'node:buffer';

/** How the bytes of a text file are to be read: from its byte order mark, UTF-8 without one. */
export interface TextEncoding {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Length of the byte order mark. */
  readonly skip: 0 | 2 | 3;
}

export function detectEncoding(head: Uint8Array): TextEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', skip: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', skip: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', skip: 2 };
  return { name: 'utf-8', skip: 0 };
}

export interface DecodedText {
  readonly text: string;
  /** Whether bytes that are no text in this encoding became U+FFFD. */
  readonly repaired: boolean;
}

/** Decodes UTF-8; never throws. */
export function decodeUtf8(bytes: Buffer, start = 0, end = bytes.length): DecodedText {
  const text = bytes.toString('utf8', start, end);
  // A replacement character may also stand in the file, so only its presence calls for the exact check.
  const repaired = text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end));
  return { text, repaired };
}

/** Decodes a whole file, its byte order mark cut off. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = detectEncoding(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (encoding.name === 'utf-8') return decodeUtf8(buffer, encoding.skip);
  const body = buffer.subarray(encoding.skip);
  const text = new TextDecoder(encoding.name, { ignoreBOM: true }).decode(body);
  return { text, repaired: body.length % 2 === 1 };
}

/** Where to cut so that no UTF-8 sequence is split: at `bytes.length` or up to 3 bytes before. */
export function utf8CutPoint(bytes: Uint8Array): number {
  const end = bytes.length;
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? end - back : end;
    }
  }
  return end;
}

/** Turns chunks of UTF-16 into chunks of UTF-8, the byte order mark already cut off. */
export async function* transcodeToUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding['name'],
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  const rest = decoder.decode();
  if (rest !== '') yield Buffer.from(rest);
}
