import { exhaustive } from '../base/assert.ts';
import { ByteCarry } from './byte-carry.ts';
import { endsValue, lastSignificant, skipSpace } from './json-space.ts';
import { SpanScanner } from './span-scanner.ts';

/** Where the content of an array stands in the file, between its brackets, and how many elements are complete. */
export interface ArrayRange {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

/** What the outline finds, in file order. */
export interface OutlineSink {
  /** Whether the array of this top-level key is read element by element (`''`: the document itself). */
  wantsArray(key: string): boolean;
  array(key: string, range: ArrayRange): void;
  /** Bytes of the value of a top-level key. */
  value(key: string, bytes: Buffer): void;
  /** A value larger than the limit. */
  oversized(key: string, bytes: number): void;
  /** A member of the object that has no key and value. */
  garbage(): void;
}

export interface OutlineEnd {
  readonly root: 'object' | 'array' | 'none';
  /** The document ended before its last bracket: what was being read, and how many bytes of it were lost. */
  readonly cut?: { readonly key: string | undefined; readonly lostBytes: number };
  /** Offset of text behind the end of the document. */
  readonly trailing?: number;
}

/** States that pass over white space and wait for the next byte that means something. */
type WaitingState = 'start' | 'key' | 'colon' | 'value-start' | 'after' | 'done';
type State = WaitingState | 'key-text' | 'value' | 'array';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_QUOTE = Buffer.from('"');
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;
const KEY_LIMIT = 1024 * 1024;

/**
 * First pass over a JSON document of any size: finds the top-level keys, hands over their values as bytes, and
 * of the wanted arrays only where they stand. Fed with chunks in order; memory is bounded by the largest value.
 */
export class JsonOutline {
  private state: State = 'start';
  private root: OutlineEnd['root'] = 'none';
  private position: number;
  private readonly sink: OutlineSink;
  private readonly scanner = new SpanScanner();
  private readonly keyText = new ByteCarry(KEY_LIMIT);
  private readonly valueBytes: ByteCarry;
  private keyEscaped = false;
  private key: string | undefined;
  private arrayStart = 0;
  private count = 0;
  /** Where the current element or value begins. */
  private spanStart = 0;
  private isSpanBlank = true;
  private last: number | undefined;
  private trailing: number | undefined;

  constructor(sink: OutlineSink, options: { offset: number; valueLimit: number }) {
    this.sink = sink;
    this.position = options.offset;
    this.valueBytes = new ByteCarry(options.valueLimit);
  }

  push(chunk: Buffer): void {
    const end = chunk.length;
    let i = 0;
    while (i < end) i = this.step(chunk, i, end);
    this.last = lastSignificant(chunk) ?? this.last;
    this.position += end;
  }

  /** Call once, after the last chunk. */
  finish(): OutlineEnd {
    const trailing = this.trailing === undefined ? {} : { trailing: this.trailing };
    if (this.state === 'done' || this.state === 'start') return { root: this.root, ...trailing };
    return { root: this.root, cut: this.finishCut() };
  }

  private finishCut(): NonNullable<OutlineEnd['cut']> {
    const isComplete = this.scanner.isAtRest() && endsValue(this.last);
    const key = this.key;
    const lost = this.position - this.spanStart;
    switch (this.state) {
      case 'array': {
        const isKept = isComplete && !this.isSpanBlank;
        const count = this.count + (isKept ? 1 : 0);
        this.sink.array(key ?? '', { start: this.arrayStart, end: this.position, count });
        return { key, lostBytes: isKept || this.isSpanBlank ? 0 : lost };
      }
      case 'value':
        if (isComplete && key !== undefined) {
          this.closeValue();
          return { key, lostBytes: 0 };
        }
        return { key, lostBytes: lost };
      case 'key-text':
        return { key: undefined, lostBytes: this.keyText.length };
      case 'colon':
      case 'value-start':
        return { key, lostBytes: 0 };
      case 'start':
      case 'key':
      case 'after':
      case 'done':
        return { key: undefined, lostBytes: 0 };
      default:
        return exhaustive(this.state);
    }
  }

  /** Moves on by a byte or a state; answers where to go on. */
  private step(chunk: Buffer, from: number, end: number): number {
    const { state } = this;
    if (state === 'key-text') return this.readKey(chunk, from, end);
    if (state === 'value') return this.readValue(chunk, from, end);
    if (state === 'array') return this.readArray(chunk, from, end);
    const i = skipSpace(chunk, from, end);
    return i === end ? end : this.meet(state, chunk[i] as number, i, end);
  }

  /** The first byte that is no white space, in a state that waits for one. */
  private meet(state: WaitingState, byte: number, i: number, end: number): number {
    switch (state) {
      case 'start':
        this.root = byte === OPEN_ARRAY ? 'array' : 'object';
        if (byte === OPEN_ARRAY) this.openArray('', i + 1);
        else this.state = 'key';
        return i + 1;
      case 'key':
        this.key = undefined;
        if (byte === QUOTE) {
          this.keyText.add(OPENING_QUOTE);
          this.state = 'key-text';
        } else if (byte === CLOSE_OBJECT) this.state = 'done';
        else if (byte !== COMMA) return this.openValue(i);
        return i + 1;
      case 'colon':
        if (byte !== COLON) {
          this.key = undefined;
          return this.openValue(i);
        }
        this.state = 'value-start';
        return i + 1;
      case 'value-start':
        if (byte !== OPEN_ARRAY || this.key === undefined || !this.sink.wantsArray(this.key)) {
          return this.openValue(i);
        }
        this.openArray(this.key, i + 1);
        return i + 1;
      case 'after':
        if (byte === COMMA) this.state = 'key';
        else if (byte === CLOSE_OBJECT) this.state = 'done';
        return i + 1;
      case 'done':
        this.trailing ??= this.position + i;
        return end;
      default:
        return exhaustive(state);
    }
  }

  private readKey(chunk: Buffer, from: number, end: number): number {
    let i = from;
    while (i < end && (this.keyEscaped || chunk[i] !== QUOTE)) {
      this.keyEscaped = !this.keyEscaped && chunk[i] === BACKSLASH;
      i++;
    }
    const stop = Math.min(i + 1, end);
    this.keyText.add(chunk.subarray(from, stop));
    if (i < end) {
      this.key = parseKey(this.keyText.take());
      this.state = 'colon';
    }
    return stop;
  }

  /** Scans from `i`, the first byte of the value (it may itself be the comma of a member without value). */
  private openValue(i: number): number {
    this.state = 'value';
    this.scanner.reset();
    this.spanStart = this.position + i;
    return i;
  }

  private readValue(chunk: Buffer, from: number, end: number): number {
    const stop = this.scanner.advance(chunk, from, end);
    const isGarbage = stop < end && chunk[stop] === CLOSE_ARRAY;
    this.valueBytes.add(chunk.subarray(from, isGarbage ? stop + 1 : stop));
    if (stop === end) return end;
    if (isGarbage) return stop + 1;
    this.closeValue();
    this.state = chunk[stop] === COMMA ? 'key' : 'done';
    return stop + 1;
  }

  private closeValue(): void {
    const { length, isOverLimit } = this.valueBytes;
    const bytes = this.valueBytes.take();
    if (this.key === undefined) this.sink.garbage();
    else if (isOverLimit) this.sink.oversized(this.key, length);
    else this.sink.value(this.key, bytes);
  }

  private openArray(key: string, next: number): void {
    this.state = 'array';
    this.key = key;
    this.scanner.reset();
    this.count = 0;
    this.arrayStart = this.position + next;
    this.openSpan(this.arrayStart);
  }

  private openSpan(start: number): void {
    this.spanStart = start;
    this.isSpanBlank = true;
  }

  private readArray(chunk: Buffer, from: number, end: number): number {
    const stop = this.scanner.advance(chunk, from, end);
    if (this.isSpanBlank) this.isSpanBlank = skipSpace(chunk, from, stop) === stop;
    if (stop === end) return end;
    const byte = chunk[stop];
    if (byte === COMMA) {
      this.count += 1;
      this.openSpan(this.position + stop + 1);
    } else if (byte === CLOSE_ARRAY) {
      if (this.count > 0 || !this.isSpanBlank) this.count += 1;
      this.sink.array(this.key ?? '', {
        start: this.arrayStart,
        end: this.position + stop,
        count: this.count,
      });
      this.state = this.root === 'array' ? 'done' : 'after';
    } else this.isSpanBlank = false;
    return stop + 1;
  }
}

function parseKey(bytes: Buffer): string | undefined {
  try {
    const key: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}
