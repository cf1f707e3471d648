import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface FileDigest {
  /** SHA-256 over all of it, hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The digest of a file on the disk, read in pieces. Throws what the file system throws. */
export async function digestFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    const piece = Buffer.from(chunk);
    hash.update(piece);
    bytes += piece.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
