/** A piece of a string literal: text, or the source of an expression in a formatted one. */
export type StringPart =
  | { readonly kind: 'text'; readonly value: string }
  /** `plain`: without a conversion or a format. */
  | { readonly kind: 'expression'; readonly source: string; readonly plain: boolean };

const PREFIX = /(?:[rR][bBfF]?|[bB][rR]?|[fF][rR]?|[uU])?(?='|")/y;

/** The prefix of a string literal that begins here (often empty); undefined when none does. */
export function readPrefix(text: string, at: number): string | undefined {
  PREFIX.lastIndex = at;
  return PREFIX.exec(text)?.[0];
}

export interface ReadString {
  readonly parts: readonly StringPart[] | undefined;
  readonly end: number;
}

/** Reads the string literal at `at`. One that is never closed ends with its line, or with the text. */
export function readString(text: string, at: number, prefix: string): ReadString {
  const flags = prefix.toLowerCase();
  const start = at + prefix.length;
  const quote = text[start] ?? '';
  const triple = text.startsWith(quote.repeat(3), start);
  const delimiter = triple ? quote.repeat(3) : quote;
  const from = start + delimiter.length;
  const to = findEnd(text, from, delimiter, flags.includes('f'));
  const body = text.slice(from, to).replaceAll('\r\n', '\n');
  const raw = flags.includes('r');
  const decode = (part: string): string | undefined => (raw ? part : decodeEscapes(part));
  const end = Math.min(text.length, to + (text.startsWith(delimiter, to) ? delimiter.length : 0));
  if (!flags.includes('f')) {
    const value = decode(body);
    // Bytes beyond ASCII are no text.
    const isText = value !== undefined && (!flags.includes('b') || isAscii(value));
    return { parts: isText ? [{ kind: 'text', value }] : undefined, end };
  }
  return { parts: splitFormatted(body, decode), end };
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false;
  return true;
}

function findEnd(text: string, from: number, delimiter: string, isFormatted: boolean): number {
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '\n' && delimiter.length === 1) return i;
    else if (char === delimiter[0] && text.startsWith(delimiter, i)) return i;
    else if (isFormatted && char === '{' && text[i + 1] === '{') i++;
  }
  return text.length;
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** Undefined for names of characters (`\N{…}`), which only Python knows. */
function decodeEscapes(text: string): string | undefined {
  if (!text.includes('\\')) return text;
  let named = false;
  const value = text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(N\{)|([\s\S]))/g,
    (
      whole: string,
      x?: string,
      u?: string,
      long?: string,
      octal?: string,
      name?: string,
      letter?: string,
    ): string => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        return code > 0x10ffff ? whole : String.fromCodePoint(code);
      }
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (name !== undefined) named = true;
      return SIMPLE[letter ?? ''] ?? whole;
    },
  );
  return named ? undefined : value;
}

function splitFormatted(
  body: string,
  decode: (part: string) => string | undefined,
): StringPart[] | undefined {
  const parts: StringPart[] = [];
  let literal = '';
  const flush = (): boolean => {
    const value = decode(literal);
    literal = '';
    if (value === undefined) return false;
    if (value !== '') parts.push({ kind: 'text', value });
    return true;
  };
  for (let i = 0; i < body.length; i++) {
    const char = body[i] ?? '';
    if ((char === '{' || char === '}') && body[i + 1] === char) {
      literal += char;
      i++;
    } else if (char === '{') {
      if (!flush()) return undefined;
      const end = fieldEnd(body, i + 1);
      const field = body.slice(i + 1, end);
      const plainEnd = expressionEnd(field);
      const source = field.slice(0, plainEnd).trim();
      parts.push({ kind: 'expression', source, plain: plainEnd === field.length && !source.endsWith('=') });
      i = end;
    } else literal += char;
  }
  return flush() ? parts : undefined;
}

/** Position of the brace that closes a field; braces inside are skipped. */
function fieldEnd(body: string, from: number): number {
  let depth = 0;
  for (let i = from; i < body.length; i++) {
    if (body[i] === '{' || body[i] === '[' || body[i] === '(') depth++;
    else if (body[i] === ']' || body[i] === ')') depth--;
    else if (body[i] === '}') {
      if (depth <= 0) return i;
      depth--;
    }
  }
  return body.length;
}

/** Where the expression of a field ends and its conversion (`!r`) or format (`:>8`) begins. */
function expressionEnd(field: string): number {
  let depth = 0;
  let quote = '';
  for (let i = 0; i < field.length; i++) {
    const char = field[i] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (depth === 0 && (char === ':' || (char === '!' && field[i + 1] !== '='))) return i;
  }
  return field.length;
}
