import { CodetracerError } from '../base/error.ts';
import type { ArchiveLimits } from './archive-limits.ts';

/**
 * Passes unpacked bytes on and stops a bomb: too much in all, or far more than so few packed bytes can honestly hold.
 * @throws CodetracerError `unreadable`
 */
export async function* guardUnpacking(
  parts: AsyncIterable<Buffer>,
  name: string,
  packedBytes: number,
  limits: ArchiveLimits,
): AsyncGenerator<Buffer> {
  let unpacked = 0;
  for await (const part of parts) {
    unpacked += part.length;
    if (unpacked > limits.unpackedBytes) {
      throw new CodetracerError('unreadable', `${name}: unpacks to more than ${limits.unpackedBytes} bytes`, {
        hint: 'unpack it yourself and name the folder',
      });
    }
    if (unpacked > limits.ratioFrom && unpacked > packedBytes * limits.ratio) {
      throw new CodetracerError(
        'unreadable',
        `${name}: unpacks to more than ${limits.ratio} times its size`,
        {
          hint: 'if you trust it, unpack it yourself and name the folder',
        },
      );
    }
    yield part;
  }
}
