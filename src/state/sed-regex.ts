/** A POSIX regular expression of a sed script as a JavaScript one, with what it may cost. */
export interface SedRegex {
  readonly source: string;
  /** Unbounded quantifiers, plus one when a match may start anywhere: the work on a line is at most its length to this power. */
  readonly exponent: number;
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9a-fA-F',
};

type Token =
  | { readonly kind: 'atom'; readonly source: string }
  | { readonly kind: 'open' | 'close' | 'or' | 'start' | 'end' }
  | { readonly kind: 'repeat'; readonly source: string };

/**
 * Translates a basic (or, with `extended`, extended) regular expression. Undefined for what has no safe
 * translation: back-references, and repeated groups that repeat or branch inside, whose matching can explode.
 */
export function translateRegex(pattern: string, extended: boolean): SedRegex | undefined {
  const tokens = tokenize(pattern, extended);
  if (!tokens) return undefined;
  let source = '';
  let repeats = 0;
  // Whether the group at each depth holds a repetition or a branch.
  const inside: boolean[] = [];
  let closed = false;
  let closedRisky = false;
  for (const token of tokens) {
    if (token.kind === 'repeat') {
      if (closed && closedRisky) return undefined;
      source += token.source;
      if (token.source !== '?') repeats++;
      mark(inside);
    } else if (token.kind === 'open') {
      inside.push(false);
      source += '(';
    } else if (token.kind === 'close') {
      const risky = inside.pop();
      if (risky === undefined) return undefined;
      if (risky) mark(inside);
      closedRisky = risky;
      source += ')';
    } else if (token.kind === 'or') {
      mark(inside);
      source += '|';
    } else if (token.kind === 'atom') source += token.source;
    else source += token.kind === 'start' ? '^' : '$';
    closed = token.kind === 'close';
  }
  if (inside.length > 0) return undefined;
  const [first, second] = tokens;
  const pinned =
    first?.kind === 'start' || (first?.kind === 'atom' && first.source !== '.' && second?.kind !== 'repeat');
  return { source, exponent: repeats + (pinned ? 0 : 1) };
}

function mark(inside: boolean[]): void {
  if (inside.length > 0) inside[inside.length - 1] = true;
}

function tokenize(pattern: string, extended: boolean): Token[] | undefined {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '\\') {
      i++;
      const token = escapedToken(pattern.charAt(i), extended);
      if (!token) return undefined;
      if (token === 'brace') {
        const end = pattern.indexOf('\\}', i);
        if (end < 0 || !pushBrace(tokens, pattern.slice(i + 1, end))) return undefined;
        i = end + 1;
      } else tokens.push(token);
    } else if (char === '[') {
      const read = readBracket(pattern, i);
      if (!read) return undefined;
      tokens.push({ kind: 'atom', source: read.source });
      i = read.end;
    } else if (extended && char === '{') {
      const end = pattern.indexOf('}', i);
      if (end < 0 || !pushBrace(tokens, pattern.slice(i + 1, end))) return undefined;
      i = end;
    } else tokens.push(plainToken(char, extended, tokens, i === pattern.length - 1));
  }
  return tokens;
}

function pushBrace(tokens: Token[], body: string): boolean {
  if (!/^\d{1,3}(,\d{0,3})?$/.test(body)) return false;
  tokens.push({ kind: 'repeat', source: `{${body}}` });
  return true;
}

function plainToken(char: string, extended: boolean, before: readonly Token[], last: boolean): Token {
  const opening = before.length === 0 || before.at(-1)?.kind === 'open' || before.at(-1)?.kind === 'or';
  if (char === '.') return { kind: 'atom', source: '.' };
  if (char === '*') return opening ? { kind: 'atom', source: '\\*' } : { kind: 'repeat', source: '*' };
  if (char === '^' && (opening || extended)) return { kind: 'start' };
  if (char === '$' && (last || extended)) return { kind: 'end' };
  if (extended) {
    if (char === '(') return { kind: 'open' };
    if (char === ')') return { kind: 'close' };
    if (char === '|') return { kind: 'or' };
    if (char === '+' || char === '?') return { kind: 'repeat', source: char };
  }
  return { kind: 'atom', source: escapeLiteral(char) };
}

function escapedToken(char: string, extended: boolean): Token | 'brace' | undefined {
  if (char === '' || /[1-9]/.test(char)) return undefined;
  if (!extended) {
    if (char === '(') return { kind: 'open' };
    if (char === ')') return { kind: 'close' };
    if (char === '|') return { kind: 'or' };
    if (char === '+' || char === '?') return { kind: 'repeat', source: char };
    if (char === '{') return 'brace';
  }
  if (char === '<' || char === '>') return { kind: 'atom', source: '\\b' };
  if (/[wWsSbBnt]/.test(char)) return { kind: 'atom', source: `\\${char}` };
  if (/[a-zA-Z0-9`']/.test(char)) return undefined;
  return { kind: 'atom', source: escapeLiteral(char) };
}

/** `[...]`: a backslash is an ordinary character inside, and `[:name:]` names a class. */
function readBracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let i = start + 1;
  let source = '[';
  if (pattern[i] === '^') {
    source += '^';
    i++;
  }
  for (let first = true; i < pattern.length; i++, first = false) {
    const char = pattern.charAt(i);
    if (char === ']' && !first) return { source: `${source}]`, end: i };
    if (char === '[' && pattern[i + 1] === ':') {
      const end = pattern.indexOf(':]', i);
      const members = end < 0 ? undefined : CLASSES[pattern.slice(i + 2, end)];
      if (members === undefined) return undefined;
      source += members;
      i = end + 1;
    } else if (char === '[' && /[.=]/.test(pattern[i + 1] ?? '')) return undefined;
    // GNU sed reads these two escapes inside brackets too.
    else if (char === '\\' && /[nt]/.test(pattern[i + 1] ?? '')) source += char + pattern.charAt(++i);
    else source += char === '\\' || char === '[' || char === ']' ? `\\${char}` : char;
  }
  return undefined;
}

function escapeLiteral(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}
