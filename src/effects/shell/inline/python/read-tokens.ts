import { readPrefix, readString, type StringPart } from './read-string.ts';

export type PythonToken =
  | { readonly kind: 'name' | 'operator'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  /** Undefined parts: bytes or escapes that are no plain text. */
  | { readonly kind: 'string'; readonly parts: readonly StringPart[] | undefined }
  | { readonly kind: 'newline' | 'indent' | 'dedent' | 'end' };

/** Longest first, so that a prefix does not win. */
const OPERATORS =
  '**= //= >>= <<= ... -> := ** // == != <= >= << >> += -= *= /= %= &= |= ^= @= ( ) [ ] { } , : . ; = + - * / % < > & | ^ ~ @ !'.split(
    ' ',
  );
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER =
  /(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?|\.\d[\d_]*(?:[eE][+-]?\d+)?)[jJ]?/y;

/** Longer programs are read by their beginning. */
const LIMIT = 2_000_000;

/** The tokens of a Python text. Any text gives tokens: what is no Python is passed over. */
export function readTokens(given: string): PythonToken[] {
  const text = given.length > LIMIT ? given.slice(0, LIMIT) : given;
  const tokens: PythonToken[] = [];
  const indents = [0];
  let depth = 0;
  let at = 0;
  let lineStart = true;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    if (lineStart && depth === 0) {
      const start = at;
      while (text[at] === ' ' || text[at] === '\t') at++;
      const here = text[at];
      if (here === undefined) break;
      if (here !== '\n' && here !== '\r' && here !== '#')
        setIndent(widthOf(text, start, at), indents, tokens);
      lineStart = false;
      continue;
    }
    const char = text[at] ?? '';
    if (char === '\n') {
      if (depth === 0) pushNewline(tokens);
      // Inside brackets no line begins, nor where the bracket closes.
      lineStart = depth === 0;
      at++;
    } else if (char === ' ' || char === '\t' || char === '\r' || char === '\f') at++;
    else if (char === '\\' && /^\r?\n/.test(text.slice(at + 1, at + 3))) {
      at += text[at + 1] === '\r' ? 3 : 2;
    } else if (char === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else {
      const prefix = readPrefix(text, at);
      if (prefix !== undefined) {
        const string = readString(text, at, prefix);
        tokens.push({ kind: 'string', parts: string.parts });
        at = string.end;
        continue;
      }
      const number = /[\d.]/.test(char) ? match(NUMBER) : undefined;
      const name = number === undefined ? match(NAME) : undefined;
      const operator =
        number === undefined && name === undefined
          ? OPERATORS.find((one) => text.startsWith(one, at))
          : undefined;
      if (number !== undefined) tokens.push({ kind: 'number', text: number });
      else if (name !== undefined) tokens.push({ kind: 'name', text: name });
      else if (operator !== undefined) {
        if ('([{'.includes(operator)) depth++;
        else if (')]}'.includes(operator)) depth = Math.max(0, depth - 1);
        tokens.push({ kind: 'operator', text: operator });
      }
      at += (number ?? name ?? operator ?? ' ').length;
    }
  }
  pushNewline(tokens);
  while (indents.length > 1) {
    indents.pop();
    tokens.push({ kind: 'dedent' });
  }
  tokens.push({ kind: 'end' });
  return tokens;
}

function widthOf(text: string, from: number, to: number): number {
  let width = 0;
  for (let i = from; i < to; i++) width = text[i] === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1;
  return width;
}

function setIndent(width: number, indents: number[], tokens: PythonToken[]): void {
  if (width > (indents.at(-1) ?? 0)) {
    indents.push(width);
    tokens.push({ kind: 'indent' });
    return;
  }
  while (indents.length > 1 && width < (indents.at(-1) ?? 0)) {
    indents.pop();
    tokens.push({ kind: 'dedent' });
  }
}

function pushNewline(tokens: PythonToken[]): void {
  const last = tokens.at(-1)?.kind;
  if (last !== undefined && last !== 'newline' && last !== 'indent' && last !== 'dedent')
    tokens.push({ kind: 'newline' });
}
