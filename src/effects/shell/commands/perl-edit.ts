import type { ContentChange } from '../../../model/effect.ts';
import type { Arg } from '../resolve-word.ts';

/** What `-i` does to each file. */
export interface InPlaceEdit {
  readonly change: ContentChange;
  /** Where the file as it was is kept; empty for nowhere. */
  readonly suffix: string;
}

const UNKNOWN: ContentChange = { kind: 'unknown' };

/** `perl -pi -e 's/a/b/g'`: said as `sed` would, where both mean the same; else something unknown. */
export function readPerlEdit(args: readonly Arg[]): InPlaceEdit {
  let suffix = '';
  let prints = false;
  let isWhole = false;
  let plain = true;
  const texts: Arg[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg?.value.startsWith('-')) break;
    // A cluster of letters: `-0777` and `-i.bak` take what is glued to them, `-e` the next word.
    let rest = arg.value.slice(1);
    while (rest !== '') {
      const letter = rest[0] ?? '';
      rest = rest.slice(1);
      if (letter === 'p') prints = true;
      else if (letter === '0') {
        isWhole = rest.startsWith('777');
        plain &&= isWhole;
        rest = rest.replace(/^[0-7]{1,4}/, '');
      } else if (letter === 'i') {
        suffix = rest;
        rest = '';
      } else if (letter === 'e' || letter === 'E') {
        const text = rest === '' ? args[++i] : { value: rest, known: arg.known };
        if (text) texts.push(text);
        rest = '';
      } else if (letter !== 'w') plain = false;
    }
  }
  // `-i*` and a folder in the suffix name the copy by rules of their own.
  if (suffix !== '' && !/^[\w.~-]+$/.test(suffix)) return { change: UNKNOWN, suffix: '' };
  const known = texts.length > 0 && texts.every((text) => text.known);
  if (!prints || !plain || !known) return { change: UNKNOWN, suffix };
  return { change: readStatements(texts.map((text) => text.value).join('\n;'), isWhole) ?? UNKNOWN, suffix };
}

function readStatements(text: string, isWhole: boolean): ContentChange | undefined {
  const changes: ContentChange[] = [];
  const scripts: string[] = [];
  for (let at = 0; at < text.length; ) {
    if (/[\s;]/.test(text[at] ?? '')) {
      at++;
      continue;
    }
    const edit = readSubstitution(text, at);
    if (!edit) return undefined;
    at = edit.end;
    if (isWhole) {
      const old = literalOf(edit.pattern);
      if (old === undefined || old === '' || edit.flags.includes('i')) return undefined;
      const { replacement } = edit;
      changes.push({ kind: 'replace', old, new: replacement, all: edit.flags.includes('g'), lenient: true });
    } else {
      const script = asSed(edit);
      if (script === undefined) return undefined;
      scripts.push(script);
    }
  }
  if (scripts.length > 0) return { kind: 'sed', script: scripts.join('\n'), flags: ['-E'] };
  const [only] = changes;
  return changes.length > 1 ? { kind: 'sequence', changes } : only;
}

interface Substitution {
  readonly pattern: string;
  readonly replacement: string;
  readonly flags: string;
  readonly end: number;
}

/** `s/…/…/gi` with any sign that is no bracket; nothing in it that Perl fills in. */
function readSubstitution(text: string, at: number): Substitution | undefined {
  const sign = text[at + 1] ?? '';
  if (text[at] !== 's' || !/[/|#!,:~%]/.test(sign)) return undefined;
  const [pattern, second] = readPart(text, at + 2, sign);
  const [raw, end] = readPart(text, second, sign);
  if (pattern === undefined || raw === undefined) return undefined;
  const flags = /^[a-z]*/.exec(text.slice(end, end + 10))?.[0] ?? '';
  const after = text.slice(end + flags.length).trimStart();
  if (!/^[gi]*$/.test(flags) || (after !== '' && !after.startsWith(';'))) return undefined;
  const replacement = raw
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t');
  // Values, and escapes with a meaning of their own.
  const fills = /(?:^|[^\\])(?:\\\\)*[$@]/.test(raw) || /\\(?![nt]|[^\w\s])/.test(raw) || /\\\\/.test(raw);
  return fills ? undefined : { pattern, replacement, flags, end: end + flags.length };
}

/** Up to the sign that ends it; the sign itself is written with a backslash inside. */
function readPart(text: string, from: number, sign: string): [part: string | undefined, end: number] {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === sign) {
      const part = text.slice(from, at);
      return [sign === '/' ? part : part.replaceAll(`\\${sign}`, sign), at + 1];
    }
  }
  return [undefined, text.length];
}

/** A pattern of plain characters, as the text that it matches. */
function literalOf(pattern: string): string | undefined {
  const bare = pattern.replace(/\\(?:[^\w\s]|[nt])/g, '');
  if (/[\\.^$*+?()[\]{}|@]/.test(bare)) return undefined;
  return pattern
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\([^\w\s])/g, '$1');
}

/**
 * Only what Perl and the extended patterns of `sed` read in the same way: no groups, no choices, no classes with a
 * backslash. Perl counts bytes, so `.` alone and repeated letters beyond ASCII are left out.
 */
const SHARED =
  /^\^?(?:(?:[^\\.^$*+?()[\]{}|@/\n\u0080-\uffff]|\\[-.^$*+?()[\]{}|/@"'#:,=!&]|\.(?=[*+])|\[[\w ,.:;=-]{1,60}\])[*+]?|[\u0080-\uffff](?![*+])){1,200}\$?$/;

function asSed(edit: Substitution): string | undefined {
  if (!SHARED.test(edit.pattern)) return undefined;
  if (edit.flags.includes('i') && /[^\n -~]/.test(edit.pattern)) return undefined;
  const pattern = edit.pattern.replace(/\\([-@"'#:,=!&])/g, '$1');
  if (edit.replacement.includes('\n')) return undefined;
  const replacement = edit.replacement.replace(/[\\/&]/g, '\\$&');
  return `s/${pattern}/${replacement}/${edit.flags.replace('i', 'I')}`;
}
