const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** 1 for the bytes that mean something between JSON strings. */
const STRUCTURAL = new Uint8Array(256);
for (const byte of [QUOTE, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT]) STRUCTURAL[byte] = 1;

/** Bytes of a string that are looked at one by one before the native search is asked. */
const NEAR = 64;

/** Levels whose bracket is remembered; deeper ones are only counted. */
const REMEMBERED_DEPTH = 1 << 20;

/**
 * Finds where a JSON value ends without parsing it: follows strings and brackets over chunks of bytes. A closing bracket
 * that fits no open one is passed over, and one that fits an outer bracket closes the inner ones too, so that a
 * broken value does not swallow its neighbours.
 */
export class SpanScanner {
  private stack = new Uint8Array(64);
  private depth = 0;
  private objects = 0;
  /** Open brackets beyond the remembered depth. */
  private beyond = 0;
  private inString = false;
  private escaped = false;

  /** Whether the scanner stands between values: no bracket and no string is open. */
  isAtRest(): boolean {
    return this.depth === 0 && !this.inString;
  }

  reset(): void {
    this.depth = 0;
    this.objects = 0;
    this.beyond = 0;
    this.inString = false;
    this.escaped = false;
  }

  /** Index of the next `,`, `]` or `}` outside of all brackets opened so far (not consumed), or `end`. */
  advance(bytes: Buffer, from: number, end: number): number {
    let i = from;
    for (;;) {
      if (this.inString) {
        i = this.skipString(bytes, i, end);
        if (this.inString) return end;
      }
      while (i < end && STRUCTURAL[bytes[i] as number] === 0) i++;
      if (i >= end) return end;
      const byte = bytes[i] as number;
      if (byte === QUOTE) this.inString = true;
      else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.open(byte);
      else if (this.depth === 0) return i;
      else if (byte !== COMMA) this.close(byte === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_ARRAY);
      i++;
    }
  }

  /** From inside a string to behind its closing quote, or to the end. */
  private skipString(bytes: Buffer, from: number, end: number): number {
    let i = from;
    if (this.escaped && i < end) {
      this.escaped = false;
      i++;
    }
    while (i < end) {
      // Most strings are short; for the others a native search beats our loop.
      const near = Math.min(end, i + NEAR);
      while (i < near) {
        const byte = bytes[i] as number;
        if (byte === QUOTE) {
          this.inString = false;
          return i + 1;
        }
        i += byte === BACKSLASH ? 2 : 1;
      }
      if (i >= end) break;
      const found = bytes.indexOf(QUOTE, i);
      const quote = found < 0 || found > end ? end : found;
      let slashes = 0;
      while (quote - slashes > i && bytes[quote - slashes - 1] === BACKSLASH) slashes++;
      const isEscaped = slashes % 2 === 1;
      i = quote + (isEscaped ? 1 : 0);
    }
    this.escaped = this.escaped || i > end;
    return end;
  }

  private open(bracket: number): void {
    if (this.depth >= REMEMBERED_DEPTH) {
      this.beyond += 1;
      return;
    }
    if (this.depth === this.stack.length) {
      const larger = new Uint8Array(this.stack.length * 2);
      larger.set(this.stack);
      this.stack = larger;
    }
    this.stack[this.depth] = bracket;
    this.depth += 1;
    if (bracket === OPEN_OBJECT) this.objects += 1;
  }

  private close(opener: number): void {
    if (this.beyond > 0) {
      this.beyond -= 1;
      return;
    }
    const hasOpener = opener === OPEN_OBJECT ? this.objects > 0 : this.depth > this.objects;
    if (!hasOpener) return;
    let closed: number | undefined;
    do {
      this.depth -= 1;
      closed = this.stack[this.depth];
      if (closed === OPEN_OBJECT) this.objects -= 1;
    } while (closed !== opener);
  }
}
