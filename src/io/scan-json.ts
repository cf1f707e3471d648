import { pointer } from '../base/json.ts';
import type { JsonDocument, JsonElement } from '../formats/port.ts';
import type { DiagnosticLog } from '../model/diagnostic-log.ts';
import type { ByteFile } from './byte-source.ts';
import { decodeUtf8 } from './decode-text.ts';
import { findDocumentStart } from './find-document-start.ts';
import { createDocument, defineKey, emptyDocument, noElements } from './json-document.ts';
import { readElements } from './json-elements.ts';
import { type ArrayRange, JsonOutline, type OutlineEnd, type OutlineSink } from './json-outline.ts';
import type { JsonRequest } from './json-request.ts';
import { NON_FINITE_MESSAGE, parseJson } from './parse-json.ts';
import { readChunks } from './read-chunks.ts';

export interface ScanRequest extends JsonRequest {
  readonly log: DiagnosticLog;
}

/**
 * Reads a document by its structure, without parsing it as a whole: whatever its size, and with what is complete when it is
 * damaged. `offset` is where the text begins (behind a byte order mark).
 */
export async function scanJson(file: ByteFile, offset: number, request: ScanRequest): Promise<JsonDocument> {
  const { artifact, log, limits } = request;
  const start = await findDocumentStart(file, offset);
  if (start === undefined) {
    log.add('malformed-json', 'error', 'The file holds no JSON object or array.', { artifact });
    return emptyDocument(log);
  }
  if (start.skippedLines > 0) {
    log.fold(
      'non-json-line',
      'warning',
      'Lines before the document were passed over.',
      { artifact, line: 1 },
      start.skippedLines,
    );
  }

  const found: object = {};
  const ranges = new Map<string, ArrayRange>();
  const sink = createSink(found, ranges, request);
  const outline = new JsonOutline(sink, { offset: start.offset, valueLimit: limits.valueBytes });
  for await (const chunk of readChunks(file, { start: start.offset, chunkBytes: limits.chunkBytes })) {
    outline.push(chunk);
  }
  const end = outline.finish();
  reportEnd(end, ranges, file.size, request);

  async function* elements(key: string): AsyncGenerator<readonly JsonElement[]> {
    const range = ranges.get(key);
    const reopened = range && (await request.open());
    if (!reopened) return;
    try {
      const { chunkBytes, valueBytes } = limits;
      yield* readElements(reopened, range, { artifact, key, log, limit: valueBytes, chunkBytes });
    } finally {
      await reopened.close();
    }
  }
  if (end.root === 'object') return createDocument(found, log, elements);
  if (request.arrays.includes('')) return createDocument([], log, elements);
  const whole: unknown[] = [];
  for await (const batch of elements('')) for (const { value } of batch) whole.push(value);
  return createDocument(whole, log, noElements);
}

function createSink(found: object, ranges: Map<string, ArrayRange>, request: ScanRequest): OutlineSink {
  const { artifact, log } = request;
  return {
    wantsArray: (key) => request.arrays.includes(key),
    array(key, range) {
      defineKey(found, key, []);
      ranges.set(key, range);
    },
    value(key, bytes) {
      const place = { artifact, pointer: pointer(key) };
      const { text, repaired } = decodeUtf8(bytes);
      const parsed = parseJson(text);
      if (parsed.kind === 'value') {
        // Of a key that stands there twice the last value counts, as with JSON.parse.
        ranges.delete(key);
        defineKey(found, key, parsed.value);
        if (parsed.nonFinite > 0) {
          log.fold('malformed-json', 'info', NON_FINITE_MESSAGE, place, parsed.nonFinite);
        }
      } else if (parsed.kind === 'too-deep') {
        log.add('limit-reached', 'warning', `The value of "${key}" nests too deep and was left out.`, place);
      } else {
        log.add(
          'malformed-json',
          'warning',
          `The value of "${key}" is no valid JSON and was left out.`,
          place,
        );
      }
      if (repaired)
        log.add('invalid-utf8', 'warning', 'Bytes that are no UTF-8 were replaced by U+FFFD.', place);
    },
    oversized(key, bytes) {
      log.add(
        'limit-reached',
        'error',
        `The value of "${key}" (${bytes} bytes) is over the limit and was left out.`,
        {
          artifact,
          pointer: pointer(key),
        },
      );
    },
    garbage() {
      log.fold('malformed-json', 'warning', 'Members of the document without key or value were left out.', {
        artifact,
      });
    },
  };
}

function reportEnd(
  end: OutlineEnd,
  ranges: ReadonlyMap<string, ArrayRange>,
  size: number,
  { artifact, log }: ScanRequest,
): void {
  if (end.trailing !== undefined) {
    const bytes = size - end.trailing;
    log.add('malformed-json', 'warning', `${bytes} bytes behind the end of the document were passed over.`, {
      artifact,
      bytes: [end.trailing, size],
    });
  }
  if (!end.cut) return;
  const { key, lostBytes } = end.cut;
  const range = key === undefined ? undefined : ranges.get(key);
  const where = key === undefined ? '' : key === '' ? ' inside its array' : ` inside "${key}"`;
  const kept = range ? `; ${range.count} complete elements were kept` : '';
  const lost = lostBytes > 0 ? `, the last ${lostBytes} bytes were lost` : '';
  log.add('truncated-json', 'warning', `The document ends early${where}${kept}${lost}.`, {
    artifact,
    ...(key === undefined ? {} : { pointer: key === '' ? '' : pointer(key) }),
    bytes: [size - lostBytes, size],
  });
}
