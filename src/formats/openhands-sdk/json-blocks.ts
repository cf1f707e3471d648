import type { TextLine } from '../port.ts';

/** A JSON text that was printed over several lines. */
export interface JsonBlock {
  readonly text: string;
  /** The line on which it begins. */
  readonly line: number;
}

/** The line that the headless command prints before each event. */
export const EVENT_MARK = '--JSON Event--';

/** After so much text without its end a block is no event. */
const LIMIT = 64 * 1024 * 1024;

/**
 * Objects that a program pretty-printed between other lines of its output: from a line that begins with `{` to the one
 * that closes it. Braces inside of strings do not count.
 */
export class BlockScan {
  private lines: string[] = [];
  private start = 0;
  private size = 0;
  private depth = 0;
  private quoted = false;

  /** The block that this line completes. */
  read({ text, line }: TextLine): JsonBlock | undefined {
    if (this.lines.length === 0) {
      if (!text.startsWith('{')) return undefined;
      this.start = line;
    }
    this.lines.push(text);
    this.size += text.length + 1;
    this.count(text);
    if (this.depth > 0 && this.size < LIMIT) return undefined;
    const block = { text: this.lines.join('\n'), line: this.start };
    this.reset();
    return block;
  }

  /** What began and never ended; the next line starts afresh. */
  reset(): boolean {
    const open = this.lines.length > 0;
    this.lines = [];
    this.size = 0;
    this.depth = 0;
    this.quoted = false;
    return open;
  }

  private count(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.quoted) {
        if (code === 92) at++;
        else if (code === 34) this.quoted = false;
      } else if (code === 34) this.quoted = true;
      else if (code === 123) this.depth++;
      else if (code === 125) this.depth--;
    }
    // A string never runs over a line's end in JSON.
    this.quoted = false;
  }
}
