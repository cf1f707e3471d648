import type { ByteFile } from './byte-source.ts';
import { isSpace, skipSpace } from './json-space.ts';

const WINDOW = 1024 * 1024;
const LF = 0x0a;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const QUOTE = 0x22;

export interface DocumentStart {
  /** Of the first bracket. */
  readonly offset: number;
  /** Lines before it that are no JSON (warnings that a tool printed into its own output). */
  readonly skippedLines: number;
}

/** Finds the first `{` or `[` of a JSON document, at the beginning or at the start of one of the first lines. */
export async function findDocumentStart(file: ByteFile, offset: number): Promise<DocumentStart | undefined> {
  const bytes = await file.read(offset, WINDOW);
  const end = bytes.length;
  let i = skipSpace(bytes, 0, end);
  if (bytes[i] === OPEN_OBJECT || bytes[i] === OPEN_ARRAY) return { offset: offset + i, skippedLines: 0 };
  let skippedLines = 0;
  while (i < end) {
    const newline = bytes.indexOf(LF, i);
    if (newline < 0) return undefined;
    skippedLines += 1;
    i = skipSpace(bytes, newline + 1, end);
    if (opensDocument(bytes, i, end)) return { offset: offset + i, skippedLines };
  }
  return undefined;
}

/** Stricter than at the very beginning: `[12:03] warning` and `{x}` in prose open nothing. */
function opensDocument(bytes: Uint8Array, i: number, end: number): boolean {
  const opener = bytes[i];
  if (opener !== OPEN_OBJECT && opener !== OPEN_ARRAY) return false;
  const next = bytes[skipSpace(bytes, i + 1, end)];
  if (next === QUOTE) return true;
  if (opener === OPEN_ARRAY) return next === OPEN_OBJECT || next === OPEN_ARRAY;
  return next === CLOSE_OBJECT && isSpace(bytes[i + 2] ?? LF);
}
