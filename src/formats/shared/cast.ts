import { asNumber, at, isObject } from '../../base/json.ts';
import { isLfsPointer } from '../../base/lfs-pointer.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { TextLine } from '../port.ts';

/** A line that a recorded terminal printed: output events joined and cut at line feeds, carriage returns left out. */
export interface CastLine {
  readonly text: string;
  /** First and last recording event that printed a part of it. */
  readonly events: readonly [number, number];
  /** Seconds since the recording began, of these two events. */
  readonly times: readonly [number, number];
}

/** Typed lines past this number are not kept: an interactive recording may hold one per key. */
const MAX_TYPED = 1000;

/**
 * Decodes an asciinema recording (asciicast v1, v2 or v3) line by line in bounded memory. Events count from 0 and of
 * every kind; the header is none. v1 is one JSON document and is read when it stands on one line.
 */
export class CastDecoder {
  readonly artifact: string;
  /** Version as the header says; undefined before it was read, or when the file is no recording. */
  version: number | undefined;
  /** When the recording began, where recorded. */
  startedAt: Millis | undefined;
  /** What was typed into the terminal, up to each return key. */
  readonly typed: CastLine[] = [];
  private readonly log: DiagnosticLog;
  private readonly output = new LineJoiner();
  private readonly input = new LineJoiner();
  private event = 0;
  private clock = 0;
  private seen = false;
  private broken: number | undefined;

  constructor(artifact: string, log: DiagnosticLog) {
    this.artifact = artifact;
    this.log = log;
  }

  push(lines: readonly TextLine[]): CastLine[] {
    const done: CastLine[] = [];
    for (const line of lines) this.readLine(line, done);
    return done;
  }

  /** The last line, when no line feed ended it; reports what was cut. */
  finish(): CastLine[] {
    if (this.broken !== undefined) {
      const place = { artifact: this.artifact, line: this.broken };
      this.log.add('truncated-json', 'warning', 'the last event of the recording is cut off', place);
    }
    if (!this.seen) {
      this.log.add('empty-file', 'warning', 'the recording is empty', { artifact: this.artifact });
    }
    const rest = this.output.flush();
    return rest ? [rest] : [];
  }

  private readLine(line: TextLine, done: CastLine[]): void {
    const text = this.seen ? line.text : line.text.replace(/^\ufeff/, '');
    if (text === '' || text.startsWith('#')) return;
    const first = !this.seen;
    this.seen = true;
    const value = parse(text);
    if (first && isLfsPointer(text)) {
      const place = { artifact: this.artifact, line: line.line };
      this.log.add('lfs-pointer', 'error', 'only a Git-LFS pointer was stored', place);
      return;
    }
    if (this.broken !== undefined) {
      const place = { artifact: this.artifact, line: this.broken };
      this.log.fold('malformed-json', 'warning', 'an event of the recording is no valid JSON', place);
      this.broken = undefined;
    }
    if (value === undefined) this.broken = line.line;
    else if (isObject(value)) this.readHeader(value, line.line, done);
    else if (Array.isArray(value)) this.readEvent(value, line.line, done);
  }

  private readHeader(header: Record<string, unknown>, line: number, done: CastLine[]): void {
    this.version ??= asNumber(header.version);
    this.startedAt ??= toMillis(header.timestamp);
    if (!Array.isArray(header.stdout)) return;
    // v1: the events stand in the document, as pairs of delay and output.
    for (const event of header.stdout) {
      if (Array.isArray(event)) this.readEvent([event[0], 'o', event[1]], line, done);
    }
  }

  private readEvent(event: readonly unknown[], line: number, done: CastLine[]): void {
    const number = this.event++;
    const time = asNumber(event[0]);
    const [, kind, data] = event;
    // v2 counts from the start; v1 and v3 from the event before.
    if (time !== undefined) this.clock = this.version === 2 ? time : this.clock + time;
    if (typeof data !== 'string' || typeof kind !== 'string') {
      const place = { artifact: this.artifact, line };
      this.log.fold('unexpected-shape', 'warning', 'an event of the recording has no kind or no text', place);
      return;
    }
    if (kind === 'o') this.output.push(data, number, this.clock, done);
    else if (kind === 'i' && this.typed.length < MAX_TYPED) {
      this.input.push(data.replaceAll('\r', '\n'), number, this.clock, this.typed);
    }
  }
}

/** Joins pieces of text and cuts them at line feeds; each line knows the events that it came from. */
class LineJoiner {
  private parts: string[] = [];
  private since: readonly [number, number] | undefined;
  private last: readonly [number, number] = [0, 0];

  push(data: string, event: number, time: number, done: CastLine[]): void {
    this.last = [event, time];
    let from = 0;
    for (let at = data.indexOf('\n'); at >= 0; at = data.indexOf('\n', from)) {
      this.add(data.slice(from, at), event, time);
      const line = this.flush();
      if (line) done.push(line);
      from = at + 1;
    }
    if (from < data.length) this.add(data.slice(from), event, time);
  }

  private add(text: string, event: number, time: number): void {
    this.since ??= [event, time];
    this.parts.push(text);
  }

  flush(): CastLine | undefined {
    if (!this.since) return undefined;
    const text = this.parts.join('').replaceAll('\r', '');
    const line: CastLine = {
      text,
      events: [this.since[0], this.last[0]],
      times: [this.since[1], this.last[1]],
    };
    this.parts = [];
    this.since = undefined;
    return line;
  }
}

/** Lines of a recording's output, in batches; `decoder` collects header, typed lines and diagnostics. */
export async function* readCastLines(
  batches: AsyncIterable<readonly TextLine[]>,
  decoder: CastDecoder,
): AsyncGenerator<readonly CastLine[]> {
  for await (const batch of batches) {
    const lines = decoder.push(batch);
    if (lines.length > 0) yield lines;
  }
  const rest = decoder.finish();
  if (rest.length > 0) yield rest;
}

export function castPlace(artifact: string, line: CastLine): SourceRef {
  return { artifact, castEvents: line.events };
}

/** Whether the first line of a file is the header of a recording. */
export function isCastHead(head: string): boolean {
  const end = head.indexOf('\n');
  const first = (end < 0 ? head : head.slice(0, end)).replace(/^\ufeff/, '');
  const header = parse(first.trim());
  if (!isObject(header) || asNumber(header.version) === undefined) return false;
  return asNumber(header.width) !== undefined || asNumber(at(header, 'term', 'cols')) !== undefined;
}

function parse(text: string): unknown {
  return parseJsonText(text);
}
