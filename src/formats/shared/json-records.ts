import { isObject, type JsonObject } from '../../base/json.ts';
import { isLfsPointer } from '../../base/lfs-pointer.ts';
import { stripAnsi } from '../../base/text.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { splitJsonLine } from './split-json-line.ts';

/** One JSON object found in the lines of an artifact. */
export interface JsonRecord<Line> {
  readonly value: JsonObject;
  /** The line that holds it, as the caller handed it over. */
  readonly line: Line;
  /** Length of its text: copies of a record have the same one. */
  readonly length: number;
}

const BOM = '\ufeff';

/**
 * JSON objects from lines of a log that may hold other things too: text before and between the records, several
 * objects on a line, terminal escapes around them, a last line that was cut. What is passed over or repaired is
 * counted in `log`; nothing throws. JSON values that are no objects (numbers, lists) count as other text.
 *
 * Batches go through as they come, so memory is bounded by the longest batch.
 */
export async function* readJsonRecords<Line extends { readonly text: string }>(
  batches: AsyncIterable<readonly Line[]>,
  placeOf: (line: Line) => SourceRef,
  log: DiagnosticLog,
  artifact: string,
): AsyncGenerator<readonly JsonRecord<Line>[]> {
  const scan = new RecordScan(placeOf, log, artifact);
  for await (const batch of batches) {
    const records: JsonRecord<Line>[] = [];
    for (const line of batch) scan.read(line, records);
    if (records.length > 0) yield records;
    if (scan.isPointer) break;
  }
  scan.finish();
}

class RecordScan<Line extends { readonly text: string }> {
  isPointer = false;
  private lines = 0;
  /** A line with an object that does not end: the cut tail of the artifact, unless more lines follow. */
  private broken: Line | undefined;
  private readonly placeOf: (line: Line) => SourceRef;
  private readonly log: DiagnosticLog;
  private readonly artifact: string;

  constructor(placeOf: (line: Line) => SourceRef, log: DiagnosticLog, artifact: string) {
    this.placeOf = placeOf;
    this.log = log;
    this.artifact = artifact;
  }

  read(line: Line, records: JsonRecord<Line>[]): void {
    if (this.isPointer) return;
    let { text } = line;
    if (this.lines++ === 0) {
      if (text.startsWith(BOM)) text = text.slice(1);
      if (isLfsPointer(text)) {
        this.isPointer = true;
        this.log.add('lfs-pointer', 'error', 'only a Git-LFS pointer was stored', this.placeOf(line));
        return;
      }
    }
    if (text.length === 0 || text.trim() === '') return;
    if (this.broken) {
      this.log.fold('malformed-json', 'warning', 'a record is no valid JSON', this.placeOf(this.broken));
      this.broken = undefined;
    }
    const whole = text.startsWith('{') ? parseObject(text) : undefined;
    if (whole) records.push({ value: whole, line, length: text.length });
    else this.readMixed(stripAnsi(text), line, records);
  }

  /** A line that is not one clean object. */
  private readMixed(text: string, line: Line, records: JsonRecord<Line>[]): void {
    const { objects, other, unfinished } = splitJsonLine(text);
    for (const object of objects) records.push({ value: object.value, line, length: object.length });
    if (objects.length > 1) {
      this.log.fold('joined-json', 'info', 'several records stood on one line', this.placeOf(line));
    }
    if (unfinished) this.broken = line;
    else if (other) {
      const what = objects.length > 0 ? 'text stood around a record' : 'a line without JSON was passed over';
      this.log.fold('non-json-line', 'info', what, this.placeOf(line));
    }
  }

  finish(): void {
    if (this.broken) {
      this.log.add('truncated-json', 'warning', 'the last record is cut off', this.placeOf(this.broken));
    }
    if (this.lines === 0) {
      this.log.add('empty-file', 'warning', 'the file is empty', { artifact: this.artifact });
    }
  }
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
