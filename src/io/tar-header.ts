export const TAR_BLOCK = 512;

export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** The type flag; `0` for the NUL of old archives. */
  readonly type: string;
  readonly linkName: string;
}

const CHECKSUM_AT = 148;
const SPACE = 0x20;

/** Reads a header block (v7, ustar, GNU, pax); undefined when its checksum is wrong. */
export function parseTarHeader(block: Uint8Array): TarHeader | undefined {
  if (!isTarHeader(block)) return undefined;
  const name = textAt(block, 0, 100);
  // Only POSIX ustar has a prefix; GNU archives use the same bytes for times.
  const isUstar = textAt(block, 257, 6) === 'ustar' && block[263] === 0x30;
  const prefix = isUstar ? textAt(block, 345, 155) : '';
  const flag = block[156] ?? 0;
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: numberAt(block, 124, 12),
    type: flag === 0 ? '0' : String.fromCharCode(flag),
    linkName: textAt(block, 157, 100),
  };
}

/** Whether a block has the checksum of a tar header. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK || block[0] === 0) return false;
  const stored = numberAt(block, CHECKSUM_AT, 8);
  let unsigned = 0;
  let signed = 0;
  for (let i = 0; i < TAR_BLOCK; i++) {
    const byte = i >= CHECKSUM_AT && i < CHECKSUM_AT + 8 ? SPACE : (block[i] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  // Some old writers summed signed bytes.
  return stored === unsigned || stored === signed;
}

/** The records of a pax extended header: `"<length> <key>=<value>\n"`, lengths in bytes. */
export function parsePax(bytes: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(SPACE, at);
    const length = space < 0 ? Number.NaN : Number(bytes.toString('latin1', at, space));
    if (!Number.isInteger(length) || length <= space - at + 1 || at + length > bytes.length) break;
    const record = bytes.toString('utf8', space + 1, at + length - 1);
    const cut = record.indexOf('=');
    if (cut > 0) records.set(record.slice(0, cut), record.slice(cut + 1));
    at += length;
  }
  return records;
}

/** Text up to the first NUL. */
function textAt(block: Uint8Array, start: number, length: number): string {
  const field = Buffer.from(block.buffer, block.byteOffset + start, Math.min(length, block.length - start));
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

/** Octal text, or a big-endian number when the first bit is set (files of 8 GiB and more). */
function numberAt(block: Uint8Array, start: number, length: number): number {
  const first = block[start] ?? 0;
  if (first & 0x80) {
    let value = first & 0x7f;
    for (let i = 1; i < length; i++) value = value * 256 + (block[start + i] ?? 0);
    return value;
  }
  const text = textAt(block, start, length).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : 0;
}
