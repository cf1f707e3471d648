import { type SedRegex, translateRegex } from './sed-regex.ts';

/** What selects lines: a number, the last line, or a pattern. */
export type SedAddress =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'match'; readonly regex: SedRegex; readonly ignoreCase: boolean };

export type SedCommand = {
  readonly from?: SedAddress;
  readonly to?: SedAddress;
  readonly negated: boolean;
} & (
  | {
      readonly kind: 'substitute';
      readonly regex: SedRegex;
      readonly ignoreCase: boolean;
      /** Literal texts and numbers of groups, 0 for the whole match. */
      readonly parts: readonly (string | number)[];
      /** Replace from the nth match on; `all` goes on after it. */
      readonly nth: number;
      readonly all: boolean;
    }
  | { readonly kind: 'delete' }
  | { readonly kind: 'insert' | 'append' | 'change'; readonly text: string }
);

/** The commands of a sed script; undefined when it holds anything beyond s, d, i, a and c. */
export function parseSed(script: string, extended: boolean): SedCommand[] | undefined {
  const commands: SedCommand[] = [];
  let at = 0;
  while (at < script.length) {
    if (/[\s;]/.test(script.charAt(at))) {
      at++;
      continue;
    }
    const read = readCommand(script, at, extended);
    if (!read) return undefined;
    commands.push(read.command);
    at = read.end;
  }
  return commands;
}

interface Read<T> {
  readonly value: T;
  readonly end: number;
}

function readCommand(
  script: string,
  start: number,
  extended: boolean,
): { command: SedCommand; end: number } | undefined {
  const from = readAddress(script, start, extended);
  let at = skipBlanks(script, from?.end ?? start);
  let to: Read<SedAddress> | undefined;
  if (from && script[at] === ',') {
    to = readAddress(script, skipBlanks(script, at + 1), extended);
    if (!to) return undefined;
    at = skipBlanks(script, to.end);
  }
  const negated = script[at] === '!';
  if (negated) at = skipBlanks(script, at + 1);
  const range = { ...(from && { from: from.value }), ...(to && { to: to.value }), negated };
  const letter = script[at];
  if (letter === 'd') {
    const end = endOfCommand(script, at + 1);
    return end === undefined ? undefined : { command: { ...range, kind: 'delete' }, end };
  }
  if (letter === 's') return readSubstitute(script, at, extended, range);
  if (letter === 'i' || letter === 'a' || letter === 'c') {
    const text = readText(script, at + 1);
    const kind = letter === 'i' ? 'insert' : letter === 'a' ? 'append' : 'change';
    return text && { command: { ...range, kind, text: text.value }, end: text.end };
  }
  return undefined;
}

/** Only a separator may follow; anything else makes the script one that we do not understand. */
function endOfCommand(script: string, at: number): number | undefined {
  const end = skipBlanks(script, at);
  return end >= script.length || script[end] === ';' || script[end] === '\n' ? end : undefined;
}

function skipBlanks(script: string, at: number): number {
  let end = at;
  while (script[end] === ' ' || script[end] === '\t') end++;
  return end;
}

function readAddress(script: string, at: number, extended: boolean): Read<SedAddress> | undefined {
  const char = script[at] ?? '';
  if (char === '$') return { value: { kind: 'last' }, end: at + 1 };
  if (/\d/.test(char)) {
    const digits = /^\d{1,9}/.exec(script.slice(at, at + 10))?.[0] ?? '';
    // `first~step` is an address of its own kind.
    if (script[at + digits.length] === '~') return undefined;
    return { value: { kind: 'line', line: Number(digits) }, end: at + digits.length };
  }
  if (char !== '/') return undefined;
  const pattern = readDelimited(script, at + 1, '/');
  const regex = pattern && translateRegex(pattern.value, extended);
  if (!regex || pattern.value === '') return undefined;
  const ignoreCase = script[pattern.end] === 'I';
  return { value: { kind: 'match', regex, ignoreCase }, end: pattern.end + (ignoreCase ? 1 : 0) };
}

/** Text up to the delimiter; an escaped delimiter stands for itself. Inside brackets it needs no escape. */
function readDelimited(script: string, start: number, delimiter: string): Read<string> | undefined {
  let value = '';
  for (let at = start; at < script.length; at++) {
    const char = script.charAt(at);
    if (char === delimiter) return { value, end: at + 1 };
    if (char === '\\' && at + 1 < script.length) {
      at++;
      const next = script.charAt(at);
      value += next === delimiter ? next : char + next;
    } else if (char === '\n') return undefined;
    else value += char;
  }
  return undefined;
}

type Range = Pick<SedCommand, 'from' | 'to' | 'negated'>;

function readSubstitute(
  script: string,
  at: number,
  extended: boolean,
  range: Range,
): { command: SedCommand; end: number } | undefined {
  const delimiter = script.charAt(at + 1);
  if (delimiter === '' || delimiter === '\\' || delimiter === '\n') return undefined;
  const pattern = readDelimited(script, at + 2, delimiter);
  const replacement = pattern && readDelimited(script, pattern.end, delimiter);
  if (!replacement || pattern.value === '') return undefined;
  const regex = translateRegex(pattern.value, extended);
  const parts = parseReplacement(replacement.value);
  const flags = /^[gIi\d]*/.exec(script.slice(replacement.end, replacement.end + 12))?.[0] ?? '';
  const end = endOfCommand(script, replacement.end + flags.length);
  if (!regex || !parts || end === undefined) return undefined;
  const command: SedCommand = {
    ...range,
    kind: 'substitute',
    regex,
    ignoreCase: /[iI]/.test(flags),
    parts,
    nth: Number(/\d+/.exec(flags)?.[0] ?? '1'),
    all: flags.includes('g'),
  };
  return { command, end };
}

function parseReplacement(text: string): (string | number)[] | undefined {
  const parts: (string | number)[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const group = char === '&' ? 0 : char === '\\' && /\d/.test(text[at + 1] ?? '') ? Number(text[++at]) : -1;
    if (group >= 0) {
      parts.push(literal, group);
      literal = '';
    } else if (char === '\\') {
      const next = text.charAt(++at);
      if (next === 'n') literal += '\n';
      else if (next === 't') literal += '\t';
      else if (/[a-zA-Z]/.test(next)) return undefined;
      else literal += next;
    } else literal += char;
  }
  parts.push(literal);
  return parts;
}

/** The text of i, a and c: `i\` and a new line, or GNU's one-line form; a backslash at a line's end continues it. */
function readText(script: string, start: number): Read<string> | undefined {
  let at = skipBlanks(script, start);
  if (script[at] === '\\') {
    // Blanks behind the backslash belong to the text, unless the text starts on the next line.
    const newline = skipBlanks(script, at + 1);
    at = script[newline] === '\n' ? newline + 1 : at + 1;
  }
  let text = '';
  for (; at < script.length && script[at] !== '\n'; at++) {
    const char = script.charAt(at);
    if (char !== '\\') text += char;
    else {
      at++;
      const next = script.charAt(at);
      // GNU sed reads \t and \n here; other letters differ between versions.
      if (next === 't') text += '\t';
      else if (next === 'n') text += '\n';
      else if (/[a-zA-Z]/.test(next)) return undefined;
      else text += next;
    }
  }
  return { value: text, end: Math.min(at + 1, script.length) };
}
