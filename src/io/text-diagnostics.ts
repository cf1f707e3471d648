import { isLfsPointer } from '../base/lfs-pointer.ts';
import type { Diagnostic } from '../model/diagnostic.ts';

/** What is to be said about the text of a file: nothing in it, a pointer instead of it, repaired or cut. */
export function describeText(
  artifact: string,
  text: string,
  repaired: boolean,
  readBytes: number,
  size: number,
): Diagnostic[] {
  const place = { artifact };
  const found: Diagnostic[] = [];
  if (size === 0) {
    found.push({ code: 'empty-file', severity: 'warning', message: 'The file is empty.', place });
  }
  if (isLfsPointer(text)) {
    const message = 'The file is a Git-LFS pointer: its content is not here.';
    found.push({ code: 'lfs-pointer', severity: 'error', message, place });
  }
  if (repaired) {
    const message = 'Bytes that are no UTF-8 were replaced by U+FFFD.';
    found.push({ code: 'invalid-utf8', severity: 'warning', message, place });
  }
  if (readBytes < size) {
    const message = `The file is over the limit: the last ${size - readBytes} of its ${size} bytes were not read.`;
    found.push({
      code: 'limit-reached',
      severity: 'error',
      message,
      place: { artifact, bytes: [readBytes, size] },
    });
  }
  return found;
}
