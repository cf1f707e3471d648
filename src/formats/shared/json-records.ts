import { isObject, type JsonObject } from '../../base/json.ts';
import { nestsTooDeeply } from '../../base/json-depth.ts';
import { isLfsPointer } from '../../base/lfs-pointer.ts';
import { stripAnsi } from '../../base/text.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ArtifactReader, TextLine } from '../port.ts';
import { splitJsonLine } from './split-json-line.ts';

/** One JSON object found in the lines of an artifact. */
export interface JsonRecord<Line> {
  readonly value: JsonObject;
  /** The line that holds it, as the caller handed it over. */
  readonly line: Line;
  /** Length of its text: copies of a record have the same one. */
  readonly length: number;
}

/** Where the records come from, and where to say what was passed over. */
export interface RecordSource<Line> {
  readonly artifact: string;
  placeOf(line: Line): SourceRef;
  readonly log: DiagnosticLog;
  /** Text that every record's line holds: lines without it are passed over unparsed. */
  readonly marker?: string;
}

const FLAWS = {
  'invalid-utf8': 'bytes that are no UTF-8 were replaced',
  'limit-reached': 'a line is longer than what is read of one',
} as const;

const BOM = '\ufeff';

/** What records are read from: a line of a file, or of a recording's output. */
interface SourceLine {
  readonly text: string;
  readonly flaw?: TextLine['flaw'];
}

/** The JSON objects on the lines of a file, and the place of a line in it. */
export function readFileRecords(
  reader: ArtifactReader,
  artifact: string,
  log: DiagnosticLog,
): AsyncGenerator<readonly JsonRecord<TextLine>[]> {
  const placeOf = (line: TextLine): SourceRef => ({ artifact, line: line.line });
  return readJsonRecords(reader.lines(artifact), { artifact, placeOf, log });
}

/**
 * JSON objects from lines of a log that may hold other things too: text before and between the records, several
 * objects on a line, terminal escapes around them, a last line that was cut. What is passed over or repaired is
 * counted in the log; nothing throws. JSON values that are no objects (numbers, lists) count as other text.
 *
 * Batches go through as they come, so memory is bounded by the longest batch.
 */
export async function* readJsonRecords<Line extends SourceLine>(
  batches: AsyncIterable<readonly Line[]>,
  source: RecordSource<Line>,
): AsyncGenerator<readonly JsonRecord<Line>[]> {
  const scan = new RecordScan(source);
  for await (const batch of batches) {
    const records: JsonRecord<Line>[] = [];
    for (const line of batch) scan.read(line, records);
    if (records.length > 0) yield records;
    if (scan.isPointer) break;
  }
  scan.finish();
}

class RecordScan<Line extends SourceLine> {
  isPointer = false;
  private lines = 0;
  /** A line with an object that does not end: the cut tail of the artifact, unless more lines follow. */
  private broken: Line | undefined;
  private readonly source: RecordSource<Line>;

  constructor(source: RecordSource<Line>) {
    this.source = source;
  }

  read(line: Line, records: JsonRecord<Line>[]): void {
    if (this.isPointer) return;
    let { text } = line;
    if (line.flaw) this.source.log.fold(line.flaw, 'warning', FLAWS[line.flaw], this.source.placeOf(line));
    if (this.lines++ === 0) {
      if (text.startsWith(BOM)) text = text.slice(1);
      if (isLfsPointer(text)) {
        this.isPointer = true;
        this.source.log.add(
          'lfs-pointer',
          'error',
          'only a Git-LFS pointer was stored',
          this.source.placeOf(line),
        );
        return;
      }
    }
    if (text.length === 0 || text.trim() === '') return;
    if (this.broken) {
      this.source.log.fold(
        'malformed-json',
        'warning',
        'a record is no valid JSON',
        this.source.placeOf(this.broken),
      );
      this.broken = undefined;
    }
    const { marker } = this.source;
    if (marker !== undefined && !text.includes(marker)) {
      this.passOver(line, 'a line without JSON was passed over');
      return;
    }
    const whole = text.startsWith('{') ? parseObject(text) : undefined;
    if (whole) this.add(whole, text, line, records);
    else this.readMixed(stripAnsi(text), line, records);
  }

  /** A line that is not one clean object. */
  private readMixed(text: string, line: Line, records: JsonRecord<Line>[]): void {
    const { objects, other, unfinished, tooDeep } = splitJsonLine(text);
    for (const { value, text } of objects) this.add(value, text, line, records);
    if (tooDeep) this.reportDeep(line);
    if (objects.length > 1) {
      this.source.log.fold(
        'joined-json',
        'info',
        'several records stood on one line',
        this.source.placeOf(line),
      );
    }
    if (unfinished) this.broken = line;
    else if (other) {
      this.passOver(
        line,
        objects.length > 0 ? 'text stood around a record' : 'a line without JSON was passed over',
      );
    }
  }

  private add(value: JsonObject, text: string, line: Line, records: JsonRecord<Line>[]): void {
    if (nestsTooDeeply(value, text)) this.reportDeep(line);
    else records.push({ value, line, length: text.length });
  }

  private reportDeep(line: Line): void {
    const place = this.source.placeOf(line);
    this.source.log.fold('limit-reached', 'warning', 'a record nests too deeply and was left out', place);
  }

  private passOver(line: Line, what: string): void {
    this.source.log.fold('non-json-line', 'info', what, this.source.placeOf(line));
  }

  finish(): void {
    if (this.broken) {
      this.source.log.add(
        'truncated-json',
        'warning',
        'the last record is cut off',
        this.source.placeOf(this.broken),
      );
    }
    if (this.lines === 0) {
      this.source.log.add('empty-file', 'warning', 'the file is empty', { artifact: this.source.artifact });
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
