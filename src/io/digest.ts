import { createHash, type Hash } from 'node:crypto';
import { joinPath } from '../base/path.ts';
import type { ByteSource } from './byte-source.ts';
import { relativePath } from './relative-path.ts';
import type { RunReader } from './source-reader.ts';
import { walk } from './walk.ts';

const END_BYTES = 256 * 1024;
const DIGITS = 12;
/** Files of a folder whose beginnings are taken in, and how much of each. */
const HEADS = 8;
const HEAD_BYTES = 64 * 1024;
/** Entries that are taken in, in the order of a walk. */
const ENTRIES = 4096;

/**
 * A short name for the content of an artifact, 12 hex digits: equal content gives equal digests wherever it lies. Of a
 * file the size, the first and the last 256 KiB count; of a folder the names and sizes of what is in it and the
 * beginnings of the first few files. Undefined when it is not there.
 */
export async function digestArtifact(reader: RunReader, path: string): Promise<string | undefined> {
  const { source } = reader;
  const place = reader.locate(path);
  if (place === undefined) return undefined;
  const entry = await source.stat(place);
  if (!entry || entry.kind === 'refused') return undefined;
  const hash = createHash('sha256');
  if (entry.kind === 'file') {
    if (!(await addFile(hash, source, place, END_BYTES, END_BYTES))) return undefined;
  } else await addFolder(hash, source, place);
  return hash.digest('hex').slice(0, DIGITS);
}

async function addFile(
  hash: Hash,
  source: ByteSource,
  path: string,
  headBytes: number,
  tailBytes: number,
): Promise<boolean> {
  const file = await source.open(path);
  if (!file) return false;
  try {
    hash.update(`file ${file.size}\n`);
    const head = await file.read(0, headBytes);
    hash.update(head);
    const tailStart = Math.max(head.length, file.size - tailBytes);
    if (tailStart < file.size) hash.update(await file.read(tailStart, tailBytes));
    return true;
  } finally {
    await file.close();
  }
}

async function addFolder(hash: Hash, source: ByteSource, path: string): Promise<void> {
  let left = ENTRIES;
  let heads = HEADS;
  for await (const folder of walk(source, { from: path })) {
    hash.update(`folder ${JSON.stringify(relativePath(path, folder.path))} ${folder.entries.length}\n`);
    for (const { name, kind, size } of folder.entries) {
      hash.update(`${JSON.stringify(name)} ${kind} ${size}\n`);
      if (kind === 'file' && heads > 0) {
        heads -= 1;
        await addFile(hash, source, joinPath(folder.path, name), HEAD_BYTES, 0);
      }
      left -= 1;
      if (left === 0) return;
    }
  }
}
