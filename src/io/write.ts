import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodetracerError } from '../base/error.ts';
import { reasonOf } from './disk-source.ts';
import { TextBlocks } from './text-blocks.ts';

/** Text that is gathered before it goes to the disk, in UTF-16 code units. */
const BUFFERED = 512 * 1024;

/** Takes a file's content part by part; the file appears under its name only when `close` is done. */
export interface FileWriter {
  write(part: string | Uint8Array): Promise<void>;
  /** Puts the file in its place. */
  close(): Promise<void>;
  /** Leaves whatever was there before as it is. Does nothing after `close`. */
  abort(): Promise<void>;
}

/** Makes a folder and those above it. */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Opens a writer that fills a temporary file beside the target and renames it at the end: a reader sees the old
 * content or the new, never a part. Folders are made as needed.
 * @throws CodetracerError `unwritable` when the place can't be written.
 */
export async function openFileWriter(path: string): Promise<FileWriter> {
  const folder = dirname(path);
  await ensureFolder(folder);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  let handle: FileHandle;
  try {
    handle = await open(temporary, 'wx');
  } catch (error) {
    throw unwritable(path, error);
  }
  let isOpen = true;
  let pending: string[] = [];
  let pendingLength = 0;

  const flush = async (): Promise<void> => {
    if (pendingLength === 0) return;
    const text = pending.join('');
    pending = [];
    pendingLength = 0;
    await handle.writeFile(text, 'utf8');
  };
  const abort = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true });
  };
  return {
    async write(part) {
      if (typeof part === 'string') {
        pending.push(part);
        pendingLength += part.length;
        if (pendingLength >= BUFFERED) await flush();
      } else {
        await flush();
        await handle.writeFile(part);
      }
    },
    async close() {
      try {
        await flush();
        await handle.close();
        await rename(temporary, path);
        isOpen = false;
      } catch (error) {
        await abort();
        throw unwritable(path, error);
      }
    },
    abort,
  };
}

/** Writes a whole file at once, atomically. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await writeParts(path, [content]);
}

/**
 * Writes JSON that comes as pieces of text, in order, so that the document never stands in memory as a whole. Pieces
 * may be cut anywhere; lone surrogates come out as escapes.
 */
export async function writeJsonStream(
  path: string,
  parts: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  await writeParts(path, blocksOf(parts));
}

/** Writes `[...]` with one item per line; items are serialized one at a time. */
export async function writeJsonArray(
  path: string,
  items: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<void> {
  await writeParts(path, arrayParts(items));
}

/** The text of a JSON array, piece by piece; what JSON can't say (`undefined`) becomes null, as in JSON.stringify. */
async function* arrayParts(items: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const item of items) {
    yield separator + (JSON.stringify(item) ?? 'null');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function writeParts(
  path: string,
  parts: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const writer = await openFileWriter(path);
  try {
    for await (const part of parts) await writer.write(part);
    await writer.close();
  } finally {
    await writer.abort();
  }
}

async function* blocksOf(parts: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  const blocks = new TextBlocks(BUFFERED);
  if (Symbol.iterator in parts) {
    for (const part of parts) {
      const block = blocks.add(part);
      if (block !== undefined) yield block;
    }
  } else {
    for await (const part of parts) {
      const block = blocks.add(part);
      if (block !== undefined) yield block;
    }
  }
  yield blocks.finish();
}

function unwritable(path: string, error: unknown): CodetracerError {
  return new CodetracerError('unwritable', `${path}: can not be written (${reasonOf(error)})`, {
    cause: error,
  });
}
