import { isTarHeader, TAR_BLOCK } from './tar-header.ts';

export type ArchiveKind = 'tar' | 'gzip' | 'zstd' | 'zip';

/** How many bytes of a file `detectArchive` wants to see. */
export const ARCHIVE_HEAD_BYTES = TAR_BLOCK;

/** What a file is by its first bytes, whatever its name says; undefined when it is no archive. */
export function detectArchive(head: Uint8Array): ArchiveKind | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (isZstdMagic(head)) return 'zstd';
  const isZip = head[0] === 0x50 && head[1] === 0x4b;
  if (isZip && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))) return 'zip';
  return isTarHeader(head) ? 'tar' : undefined;
}

/** A frame with data, or a skippable one before it (as pzstd writes). */
function isZstdMagic(head: Uint8Array): boolean {
  if (head[0] === 0x28) return head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
  const isSkippable = ((head[0] ?? 0) & 0xf0) === 0x50;
  return isSkippable && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;
}
