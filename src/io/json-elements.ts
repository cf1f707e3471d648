import { asArray, pointer } from '../base/json.ts';
import type { JsonElement } from '../formats/port.ts';
import type { DiagnosticLog } from '../model/diagnostic-log.ts';
import { ByteCarry } from './byte-carry.ts';
import type { ByteFile } from './byte-source.ts';
import { decodeUtf8 } from './decode-text.ts';
import type { ArrayRange } from './json-outline.ts';
import { NON_FINITE_MESSAGE, parseJson } from './parse-json.ts';
import { readChunks } from './read-chunks.ts';
import { SpanScanner } from './span-scanner.ts';

const COMMA = 0x2c;
/** Elements are parsed together up to here: one by one costs calls, much more at once costs large allocations. */
const RUN_BYTES = 16 * 1024;

export interface ElementContext {
  readonly artifact: string;
  readonly key: string;
  readonly log: DiagnosticLog;
  /** Largest element in bytes. */
  readonly limit: number;
  readonly chunkBytes?: number;
}

/**
 * Second pass: parses the elements of one array, one batch per chunk. Elements that are no JSON are left out and
 * counted; the index of the others stays their place in the array.
 */
export async function* readElements(
  file: ByteFile,
  range: ArrayRange,
  context: ElementContext,
): AsyncGenerator<JsonElement[]> {
  const scanner = new SpanScanner();
  const carry = new ByteCarry(context.limit);
  let index = 0;
  let batch: JsonElement[] = [];

  const addOne = (bytes: Buffer, isOverLimit = false): void => {
    if (isOverLimit) reportOversized(context, index);
    else parseElement(bytes, index, context, batch);
    index += 1;
  };
  /** Neighbours that stand whole in a chunk are parsed in one go; one by one only when that fails. */
  const addRun = (chunk: Buffer, start: number, ends: readonly number[]): void => {
    const last = ends.at(-1);
    if (last === undefined) return;
    if (ends.length === 1) {
      addOne(chunk.subarray(start, last));
      return;
    }
    const { text, repaired } = decodeUtf8(chunk, start, last);
    const parsed = repaired ? undefined : parseJson(`[${text}]`);
    // Whatever calls for a diagnostic is read again one by one, for its place.
    const values = parsed?.kind === 'value' && parsed.nonFinite === 0 ? asArray(parsed.value) : undefined;
    if (values?.length === ends.length) {
      for (const value of values) batch.push({ index: index++, value });
      return;
    }
    let from = start;
    for (const end of ends) {
      addOne(chunk.subarray(from, end));
      from = end + 1;
    }
  };

  for await (const chunk of readChunks(file, { ...range, ...chunking(context) })) {
    let from = 0;
    let runStart = 0;
    let ends: number[] = [];
    let stop = scanner.advance(chunk, 0, chunk.length);
    while (stop < chunk.length) {
      if (chunk[stop] === COMMA) {
        if (carry.length > 0) {
          carry.add(chunk.subarray(from, stop));
          const { isOverLimit } = carry;
          addOne(carry.take(), isOverLimit);
          runStart = stop + 1;
        } else ends.push(stop);
        from = stop + 1;
        if (from - runStart >= RUN_BYTES) {
          addRun(chunk, runStart, ends);
          runStart = from;
          ends = [];
        }
      }
      stop = scanner.advance(chunk, stop + 1, chunk.length);
    }
    addRun(chunk, runStart, ends);
    carry.add(chunk.subarray(from));
    if (batch.length > 0) {
      yield batch;
      batch = [];
    }
  }
  if (index < range.count) {
    const { isOverLimit } = carry;
    addOne(carry.take(), isOverLimit);
    if (batch.length > 0) yield batch;
  }
}

function chunking(context: ElementContext): { chunkBytes?: number } {
  return context.chunkBytes === undefined ? {} : { chunkBytes: context.chunkBytes };
}

function parseElement(bytes: Buffer, index: number, context: ElementContext, batch: JsonElement[]): void {
  const { artifact, key, log } = context;
  const { text, repaired } = decodeUtf8(bytes);
  const place = { artifact, pointer: key === '' ? pointer(index) : pointer(key, index) };
  if (repaired) {
    log.fold('invalid-utf8', 'warning', 'Bytes that are no UTF-8 were replaced by U+FFFD.', place);
  }
  const parsed = parseJson(text);
  switch (parsed.kind) {
    case 'value':
      batch.push({ index, value: parsed.value });
      if (parsed.nonFinite > 0) {
        log.fold('malformed-json', 'info', NON_FINITE_MESSAGE, place, parsed.nonFinite);
      }
      return;
    case 'too-deep':
      log.fold('limit-reached', 'warning', 'Elements that nest too deep were left out.', place);
      return;
    case 'malformed':
      log.fold('malformed-json', 'warning', 'Elements that are no valid JSON were left out.', place);
  }
}

function reportOversized({ artifact, key, log }: ElementContext, index: number): void {
  const place = { artifact, pointer: key === '' ? pointer(index) : pointer(key, index) };
  log.fold('limit-reached', 'error', 'Elements larger than the limit were left out.', place);
}
