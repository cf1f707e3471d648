import type { Lexis } from './lexis.ts';

/** A text between chosen signs longer than this is taken for something else. */
const CHOSEN_LIMIT = 5_000;
const DOCUMENTS = 200;
/** So often a text or pattern that does not end is looked for. */
const MISSES = 200;
const OPERAND_WORD =
  /(?:^|[^\w$])(?:return|typeof|case|in|of|split|grep|if|elsif|unless|while|until|and|or|not|when|puts|print)$/;
const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** 1 for every character that stands in a comment, a text or a pattern, 0 for code. Any text gets an answer, in linear time. */
export function markCode(text: string, lexis: Lexis): Uint8Array {
  return new Marker(text, lexis).run();
}

/** The code alone: what stands in comments, texts and patterns is made blank, so that places stay what they are. */
export function codeOnly(text: string, lexis: Lexis): string {
  const inert = markCode(text, lexis);
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const start = at;
    const kind = inert[at];
    while (at < text.length && inert[at] === kind) at++;
    parts.push(kind === 1 ? ' '.repeat(at - start) : text.slice(start, at));
  }
  return parts.join('');
}

class Marker {
  private readonly text: string;
  private readonly lexis: Lexis;
  private readonly inert: Uint8Array;
  private at = 0;
  /** Place behind the last character of code that is no blank. */
  private last = 0;
  /** Braces open inside of each `${` of a template, innermost last. */
  private readonly holes: number[] = [];
  /** Quotes whose text does not end: they are no quotes. */
  private readonly open = new Set<string>();
  /** Names of the here-documents that begin on the next line. */
  private pending: string[] = [];
  private documents = 0;
  private misses = 0;

  constructor(text: string, lexis: Lexis) {
    this.text = text;
    this.lexis = lexis;
    this.inert = new Uint8Array(text.length);
  }

  run(): Uint8Array {
    const { text } = this;
    while (this.at < text.length) {
      const start = this.at;
      if (this.comment() || this.quoted() || this.template() || this.chosen() || this.pattern()) continue;
      this.document();
      const char = text[this.at] ?? '';
      this.at++;
      if (char === '\n') this.lineEnd();
      else if (char.trim() !== '') this.last = start + 1;
    }
    return this.inert;
  }

  private mark(end: number): true {
    const to = Math.min(end, this.text.length);
    this.inert.fill(1, this.at, to);
    this.at = to;
    return true;
  }

  private comment(): boolean {
    const { text, at, lexis } = this;
    const atStart = at === 0 || text[at - 1] === '\n';
    if (lexis.paragraphs && atStart && text[at] === '=' && /^=[a-z]/.test(text.slice(at, at + 2))) {
      const end = /\n=(?:cut|end)\b/g;
      end.lastIndex = at;
      const found = end.exec(text);
      return this.mark(found ? found.index + found[0].length : text.length);
    }
    for (const [opening, close] of lexis.blockComments) {
      if (!text.startsWith(opening, at)) continue;
      const end = text.indexOf(close, at + opening.length);
      return this.mark(end < 0 ? text.length : end + close.length);
    }
    if (!lexis.lineComments.some((sign) => text.startsWith(sign, at))) return false;
    if (lexis.commentBehindBlank && !atStart && !/[\s;{}()]/.test(text[at - 1] ?? '')) return false;
    const end = text.indexOf('\n', at);
    return this.mark(end < 0 ? text.length : end);
  }

  private quoted(): boolean {
    const quote = this.text[this.at] ?? '';
    if (!this.lexis.quotes.includes(quote) || this.open.has(quote)) return false;
    if (quote === '`' && this.lexis.patterns && !this.lexis.documents) {
      this.mark(this.at + 1);
      return this.templateText();
    }
    const end = this.endOfText(quote, this.at + 1);
    if (end === undefined) {
      this.open.add(quote);
      return false;
    }
    this.last = end;
    return this.mark(end);
  }

  private endOfText(quote: string, from: number): number | undefined {
    const { text, lexis } = this;
    for (let at = from; at < text.length; at++) {
      if (text[at] === '\\' && !lexis.doubled) at++;
      else if (text[at] === quote) {
        if (lexis.doubled && text[at + 1] === quote) at++;
        else return at + 1;
      }
    }
    return undefined;
  }

  /** A brace that opens or closes inside of `${…}`. */
  private template(): boolean {
    const depth = this.holes.at(-1);
    if (depth === undefined) return false;
    const char = this.text[this.at];
    if (char === '{') this.holes[this.holes.length - 1] = depth + 1;
    else if (char === '}' && depth > 0) this.holes[this.holes.length - 1] = depth - 1;
    else if (char === '}') {
      this.holes.pop();
      this.mark(this.at + 1);
      return this.templateText();
    }
    return false;
  }

  private templateText(): true {
    const { text } = this;
    let end = this.at;
    for (; end < text.length; end++) {
      if (text[end] === '\\') end++;
      else if (text[end] === '`') {
        this.last = end + 1;
        return this.mark(end + 1);
      } else if (text[end] === '$' && text[end + 1] === '{') {
        this.holes.push(0);
        this.mark(end + 2);
        this.last = end + 2;
        return true;
      }
    }
    return this.mark(end);
  }

  private chosen(): boolean {
    const { text, at, lexis } = this;
    if (lexis.chosen === undefined || this.misses > MISSES) return false;
    const before = text[at - 1] ?? '';
    const sign = lexis.chosen === 'perl' ? PERL_CHOSEN : RUBY_CHOSEN;
    sign.lastIndex = at;
    const match = sign.exec(text);
    if (!match || /[\w$@%&>{.-]/.test(before)) return false;
    if (lexis.chosen === 'ruby' && !this.expectsValue()) return false;
    const opening = match[2] ?? '';
    const isTwice = /^(?:s|tr|y)$/.test(match[1] ?? '');
    let end = this.endOfChosen(opening, at + match[0].length);
    if (end !== undefined && isTwice) {
      const close = PAIRS[opening];
      const again = close === undefined ? end : text.indexOf(opening, end) + 1;
      end = again <= 0 ? undefined : this.endOfChosen(opening, again);
    }
    if (end === undefined) {
      this.misses++;
      return false;
    }
    this.last = end;
    return this.mark(end);
  }

  private endOfChosen(opening: string, from: number): number | undefined {
    const { text } = this;
    const close = PAIRS[opening] ?? opening;
    let depth = 0;
    for (let at = from; at < Math.min(text.length, from + CHOSEN_LIMIT); at++) {
      if (text[at] === '\\') at++;
      else if (text[at] === close && depth-- === 0) return at + 1;
      else if (text[at] === opening && close !== opening) depth++;
    }
    return undefined;
  }

  /** Whether a value may begin here: behind an operator, an opening bracket, a word like `return`. */
  private expectsValue(): boolean {
    const before = this.text.slice(Math.max(0, this.last - 12), this.last);
    return before === '' || /[(,=:[!&|?{};+*%~^<>-]$/.test(before) || OPERAND_WORD.test(before);
  }

  private pattern(): boolean {
    const { text, at } = this;
    if (!this.lexis.patterns || text[at] !== '/' || this.misses > MISSES || !this.expectsValue())
      return false;
    let inClass = false;
    for (let end = at + 1; end < Math.min(text.length, at + CHOSEN_LIMIT); end++) {
      const char = text[end];
      if (char === '\n') return false;
      if (char === '\\') end++;
      else if (char === '[') inClass = true;
      else if (char === ']') inClass = false;
      else if (char === '/' && !inClass) {
        this.last = end + 1;
        return this.mark(end + 1);
      }
    }
    this.misses++;
    return false;
  }

  private document(): void {
    if (!this.lexis.documents || this.text[this.at] !== '<' || this.documents > DOCUMENTS) return;
    DOCUMENT.lastIndex = this.at;
    const name = DOCUMENT.exec(this.text)?.[2];
    if (name === undefined) return;
    this.pending.push(name);
    this.documents++;
  }

  private lineEnd(): void {
    for (const name of this.pending) {
      const end = new RegExp(`^[ \\t]*${name}\\b`, 'gm');
      end.lastIndex = this.at;
      const found = end.exec(this.text);
      if (found) this.mark(found.index + found[0].length);
    }
    this.pending = [];
  }
}

const PERL_CHOSEN = /(q[qwrx]?|m|s|tr|y)([^\w\s=,;)'"#])(?!>)/y;
const RUBY_CHOSEN = /%([qQwWiIr]?)([([{|!])/y;
const DOCUMENT = /<<<?[~-]?(?:(["'])(?=\w{1,40}\1)|(?=[A-Z_]))(\w{1,40})/y;
