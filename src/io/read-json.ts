import { isLfsPointer } from '../base/lfs-pointer.ts';
import type { JsonDocument } from '../formats/port.ts';
import { DiagnosticLog } from '../model/diagnostic-log.ts';
import { decodeText, detectEncoding } from './decode-text.ts';
import { documentOfValue, emptyDocument } from './json-document.ts';
import type { JsonRequest } from './json-request.ts';
import { openBytes } from './memory-source.ts';
import { NON_FINITE_MESSAGE, parseJson } from './parse-json.ts';
import { scanJson } from './scan-json.ts';

/** Enough for a byte order mark and a pointer's signature. */
const HEAD_BYTES = 512;

/**
 * A small document is parsed in one go. A large one, and one that does not parse, is scanned: keys and elements that are
 * complete are kept, the rest is reported.
 */
export async function readJsonDocument(request: JsonRequest): Promise<JsonDocument | undefined> {
  const { artifact, limits } = request;
  const file = await request.open();
  if (!file) return undefined;
  const log = new DiagnosticLog();
  try {
    const isLarge = file.size > limits.wholeJsonBytes;
    const start = await file.read(0, isLarge ? HEAD_BYTES : file.size);
    if (start.length === 0) {
      log.add('empty-file', 'error', 'The file is empty.', { artifact });
      return emptyDocument(log);
    }
    if (isLfsPointer(Buffer.from(start.subarray(0, HEAD_BYTES)).toString('latin1'))) {
      log.add('lfs-pointer', 'error', 'The file is a Git-LFS pointer: its content is not here.', {
        artifact,
      });
      return emptyDocument(log);
    }
    const encoding = detectEncoding(start);
    if (isLarge && encoding.name === 'utf-8') {
      return await scanJson(file, encoding.skip, { ...request, log });
    }
    // Large UTF-16 is read whole too: the scanner knows only UTF-8, and nothing large is written this way.
    const bytes = isLarge ? await file.read(0, Math.min(file.size, limits.textBytes)) : start;
    const { text, repaired } = decodeText(bytes);
    const parsed = parseJson(text);
    if (parsed.kind === 'value') {
      if (repaired) {
        log.add('invalid-utf8', 'warning', 'Bytes that are no UTF-8 were replaced by U+FFFD.', { artifact });
      }
      if (parsed.nonFinite > 0) {
        log.fold('malformed-json', 'info', NON_FINITE_MESSAGE, { artifact }, parsed.nonFinite);
      }
      return documentOfValue(parsed.value, request.arrays, log);
    }
    const plain = encoding.name === 'utf-8' ? bytes.subarray(encoding.skip) : Buffer.from(text);
    const memory = openBytes(plain);
    return await scanJson(memory, 0, { ...request, log, open: async () => memory });
  } finally {
    await file.close();
  }
}
