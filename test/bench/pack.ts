import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packTar } from 'modern-tar';

/** Files by path, as an archive holds them. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** A `.tar.zst` of files. */
export async function packTarZst(files: Files): Promise<Buffer> {
  return wrapZstd(await packTarOnly(files));
}

/** A `.tar` of files. */
export async function packTarOnly(files: Files): Promise<Buffer> {
  const entries = Object.entries(files).map(([name, content]) => {
    const body = Buffer.from(content);
    return { header: { name, size: body.length, type: 'file' as const }, body };
  });
  return Buffer.from(await packTar(entries));
}

/** A zstd frame of raw blocks (RFC 8878): valid for every decoder, and no compressor is needed to write it. */
function wrapZstd(content: Buffer): Buffer {
  const block = 100_000;
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]), size];
  for (let start = 0; start < content.length; start += block) {
    const body = content.subarray(start, start + block);
    const isLast = start + block >= content.length;
    const header = Buffer.alloc(4);
    header.writeUInt32LE((isLast ? 1 : 0) + body.length * 8);
    parts.push(header.subarray(0, 3), body);
  }
  return Buffer.concat(parts);
}

const FIXTURES = join(import.meta.dirname, '../fixtures');

/** The files of a fixture, under a folder of the archive. */
export async function fixtureFiles(fixture: string, under = ''): Promise<Record<string, Buffer>> {
  const root = join(FIXTURES, fixture);
  const files: Record<string, Buffer> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[join(under, relative(root, path))] = await readFile(path);
  }
  return files;
}

export function fixtureFile(path: string): Promise<Buffer> {
  return readFile(join(FIXTURES, path));
}
