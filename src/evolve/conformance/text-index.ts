import { stripAnsi } from '../../base/text.ts';
import { HashSet } from './hash-set.ts';

/** So many characters of the runs' texts are held as they are; of what comes after only hashes. */
const MAX_HELD = 32 * 1024 * 1024;
/** Lines and windows of words past these numbers are not indexed; the two take 32 MB at the most. */
const MAX_LINES = 2_000_000;
const MAX_WINDOWS = 2_000_000;
const MAX_NUMBERS = 1_000_000;

/** So many lines are looked for in the held texts themselves before words are indexed: mostly that settles it. */
const MAX_SEARCHES = 64;

/** So many words in a row that stand in the run as well make a part of a line a kept one. */
const WINDOW = 3;

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** What became of a text: its UTF-8 bytes, those that stand in the run, and the first line that does not. */
export interface Judged {
  readonly bytes: number;
  readonly kept: number;
  readonly lost?: string;
}

/**
 * Everything that runs hold: whether a recorded text was kept is answered in time linear in that text, however it was
 * cut, joined or wrapped on the way. White space does not count. Most texts are found whole; lines, and words with
 * their neighbours, are only indexed when one is not.
 */
export class TextIndex {
  private readonly held = new Set<string>();
  private heldLength = 0;
  /** Held texts whose lines, and whose words, are not indexed yet. */
  private linesToCome: string[] = [];
  private windowsToCome: string[] = [];
  private searches = 0;
  private readonly lines = new HashSet(MAX_LINES);
  private readonly windows = new HashSet(MAX_WINDOWS);
  private readonly numbers = new Set<number>();

  /** Whether texts were left out for the sake of memory: then a text that is not found may stand in the run all the same. */
  get isFull(): boolean {
    return this.lines.isFull || this.windows.isFull || this.numbers.size >= MAX_NUMBERS;
  }

  addText(text: string): void {
    if (text === '' || this.held.has(text)) return;
    if (this.heldLength + text.length > MAX_HELD) {
      this.indexLines(text);
      this.indexWindows(text);
      return;
    }
    this.heldLength += text.length;
    this.held.add(text);
    this.linesToCome.push(text);
    this.windowsToCome.push(text);
  }

  /** Whether a short value stands there as it is. */
  hasValue(text: string): boolean {
    if (this.held.has(text)) return true;
    // What is not held any more is known by its lines.
    return this.heldLength + text.length > MAX_HELD && this.judge(text).kept > 0;
  }

  private indexLines(recorded: string): void {
    const text = stripAnsi(recorded);
    let hash = SEED;
    // The same line without the number that a listing puts before it.
    let listed = SEED;
    let listing: 'before' | 'number' | 'after' | 'none' = 'before';
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : 10;
      if (code === 10) {
        if (hash !== SEED) this.lines.add(hash);
        if (listing === 'after' && listed !== SEED) this.lines.add(listed);
        hash = SEED;
        listed = SEED;
        listing = 'before';
        continue;
      }
      const isBlank = code <= 32 || code === 160;
      if (listing === 'after' && !isBlank) listed = Math.imul(listed ^ code, PRIME);
      else if (listing === 'number' && isSeparator(code)) listing = 'after';
      else if (listing === 'before' || listing === 'number') {
        const isDigit = code >= 48 && code <= 57;
        if (isDigit) listing = 'number';
        else if (!isBlank || listing === 'number') listing = 'none';
      }
      if (!isBlank) hash = Math.imul(hash ^ code, PRIME);
    }
  }

  private indexWindows(recorded: string): void {
    const text = stripAnsi(recorded);
    const words = new WordWindow();
    for (let i = 0; i < text.length; i++) if (words.push(text.charCodeAt(i))) this.windows.add(words.hash);
    if (words.end()) this.windows.add(words.hash);
  }

  addNumber(value: number): void {
    if (this.numbers.size < MAX_NUMBERS) this.numbers.add(value);
  }

  hasNumber(value: number): boolean {
    return this.numbers.has(value);
  }

  judge(recorded: string): Judged {
    if (this.held.has(recorded)) {
      const bytes = utf8Bytes(recorded);
      return { bytes, kept: bytes };
    }
    for (const text of this.linesToCome) this.indexLines(text);
    this.linesToCome = [];
    const text = stripAnsi(recorded);
    let bytes = 0;
    let kept = 0;
    let lost: string | undefined;
    let hash = SEED;
    let start = 0;
    let lineBytes = 0;
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : 10;
      if (i < text.length) lineBytes += utf8Length(code);
      if (code !== 10) {
        if (code > 32 && code !== 160) hash = Math.imul(hash ^ code, PRIME);
        continue;
      }
      bytes += lineBytes;
      if (hash === SEED || this.lines.has(hash) || this.hasInside(text, start, i)) kept += lineBytes;
      else {
        const part = Math.round(lineBytes * this.shareOfWords(text, start, i));
        kept += part;
        if (part * 2 < lineBytes) lost ??= text.slice(start, i);
      }
      hash = SEED;
      start = i + 1;
      lineBytes = 0;
    }
    return lost === undefined ? { bytes, kept } : { bytes, kept, lost };
  }

  /**
   * A line without what marks it up: the head that a logger puts before it, the sign of a patch, tags, the fence of a
   * code block. Marks alone are no text.
   */
  private hasInside(text: string, from: number, to: number): boolean {
    const first = text.charCodeAt(from);
    if (first === 96 && text.startsWith('```', from)) return true;
    const isPatch = first === 43 || first === 45;
    const start = isPatch ? from + 1 : Math.min(endOfLogHead(text, from), to);
    let hash = SEED;
    let isMarked = start > from;
    for (let i = start; i < to; i++) {
      const code = text.charCodeAt(i);
      const end = code === 60 ? endOfTag(text, i, to) : undefined;
      if (end !== undefined) {
        i = end;
        isMarked = true;
      } else if (code > 32 && code !== 160) hash = Math.imul(hash ^ code, PRIME);
    }
    return isMarked && (hash === SEED || this.lines.has(hash));
  }

  /** The share of a line's words that stand in the run with their neighbours. */
  private shareOfWords(text: string, from: number, to: number): number {
    const start = Math.min(endOfLogHead(text, from), to);
    const count = countWords(text, start, to);
    // A line of rules and brackets has nothing to lose; one of few words stands there whole or not at all.
    if (count < WINDOW) return count === 0 ? 1 : 0;
    if (this.windowsToCome.length > 0 && this.searches++ < MAX_SEARCHES) {
      const line = text.slice(start, to).trim();
      if (this.windowsToCome.some((held) => held.includes(line))) return 1;
    }
    for (const held of this.windowsToCome) this.indexWindows(held);
    this.windowsToCome = [];
    const words = new WordWindow();
    let found = 0;
    let coveredTo = 0;
    const look = (): void => {
      if (!this.windows.has(words.hash)) return;
      found += words.count - Math.max(coveredTo, words.count - WINDOW);
      coveredTo = words.count;
    };
    for (let i = start; i < to; i++) {
      if (words.push(text.charCodeAt(i))) look();
    }
    if (words.end()) look();
    return found / count;
  }
}

/**
 * The last words of a text as one hash. Words are runs of letters, digits and underscores; an escaped line end or tab
 * (`\\n` in a printed string) parts words as the character itself does.
 */
class WordWindow {
  /** Words seen. */
  count = 0;
  private word = SEED;
  private isEscaped = false;
  private last: [number, number, number] = [0, 0, 0];

  /** The next character; answers whether a word ended that completes a window. */
  push(code: number): boolean {
    // n, r, t after a backslash.
    const isBlank = this.isEscaped && (code === 110 || code === 114 || code === 116);
    this.isEscaped = code === 92 && !this.isEscaped;
    if (!isBlank && isWordCode(code)) {
      this.word = Math.imul(this.word ^ code, PRIME);
      return false;
    }
    return this.end();
  }

  end(): boolean {
    if (this.word === SEED) return false;
    this.last = [this.last[1], this.last[2], this.word];
    this.word = SEED;
    this.count++;
    return this.count >= WINDOW;
  }

  get hash(): number {
    let hash = SEED;
    for (const word of this.last) {
      hash = Math.imul(hash ^ (word & 0xffff), PRIME);
      hash = Math.imul(hash ^ (word >>> 16), PRIME);
    }
    return hash ^ (hash >>> 15);
  }
}

function countWords(text: string, from: number, to: number): number {
  const words = new WordWindow();
  for (let i = from; i < to; i++) words.push(text.charCodeAt(i));
  words.end();
  return words.count;
}

/** What stands between number and line in listings: tab, colon, bar, arrow. */
function isSeparator(code: number): boolean {
  return code === 9 || code === 58 || code === 124 || code === 0x2192;
}

/** Time and level, as loggers put them before what they are told to write. */
const LOG_HEAD =
  /\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?(?:[ \t|:-]{1,4}\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b\]?)?[ \t|:-]{0,4}/y;

/** Where the text of a logged line begins; `from` where no logger wrote it. */
function endOfLogHead(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first !== 91 && (first < 48 || first > 57)) return from;
  LOG_HEAD.lastIndex = from;
  return LOG_HEAD.test(text) ? LOG_HEAD.lastIndex : from;
}

const LONGEST_TAG = 80;

/** Where the tag that begins at `at` closes; undefined when none does. */
function endOfTag(text: string, at: number, to: number): number | undefined {
  if (!/[A-Za-z/]/.test(text.charAt(at + 1))) return undefined;
  const last = Math.min(to, at + LONGEST_TAG);
  for (let i = at + 1; i < last; i++) {
    const code = text.charCodeAt(i);
    if (code === 62) return i;
    if (code === 60) return undefined;
  }
  return undefined;
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code >= 192
  );
}

/** How many bytes a text is in UTF-8. */
export function utf8Bytes(text: string): number {
  if (!/[^\u0000-\u007f]/.test(text)) return text.length;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) bytes += utf8Length(text.charCodeAt(i));
  return bytes;
}

/** Bytes that a UTF-16 unit needs in UTF-8; the halves of a pair need two each. */
function utf8Length(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code >= 0xd800 && code <= 0xdfff ? 2 : 3;
}
