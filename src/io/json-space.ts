/** Index of the first byte from `from` that is no JSON white space, or `end`. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let i = from;
  while (i < end && isSpace(bytes[i])) i++;
  return i;
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The last byte that is no white space, or undefined. */
export function lastSignificant(bytes: Uint8Array): number | undefined {
  let i = bytes.length - 1;
  while (i >= 0 && isSpace(bytes[i])) i--;
  return bytes[i];
}

/** Whether a JSON value that ends in this byte is surely complete: `}`, `]` or `"` (a number may have been cut). */
export function endsValue(byte: number | undefined): boolean {
  return byte === 0x7d || byte === 0x5d || byte === 0x22;
}
