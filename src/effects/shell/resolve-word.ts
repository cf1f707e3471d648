import { expandBraces } from './expand-braces.ts';
import type { ShellWord } from './ir.ts';

/** A word as a program gets it. */
export interface Arg {
  /** The text; where a part is not known, that part as written (`$X/a.txt`). */
  readonly value: string;
  /** No part of the value depends on what only a shell knows. */
  readonly known: boolean;
}

/** Variables whose value the text itself gives; a name that maps to undefined was set to something unknown. */
export type Variables = ReadonlyMap<string, string | undefined>;

/** One word's text, without splitting or braces: for here-documents, assignments and targets of redirections. */
export function resolveText(word: ShellWord, variables: Variables): Arg {
  let value = '';
  let known = true;
  for (const piece of word.pieces) {
    switch (piece.kind) {
      case 'text':
        value += piece.value;
        break;
      case 'variable': {
        const found = variables.get(piece.name);
        if (found === undefined) known = false;
        value += found ?? piece.text;
        break;
      }
      case 'braces':
        value += piece.text;
        break;
      case 'opaque':
        value += piece.text;
        known = false;
        break;
    }
  }
  return { value, known };
}

/** The arguments that a word gives: braces multiply, an unquoted known variable splits at white space. */
export function resolveWord(word: ShellWord, variables: Variables): Arg[] {
  const [only] = word.pieces;
  if (word.pieces.length === 1 && only) {
    if (only.kind === 'text') return [{ value: only.value, known: true }];
    if (only.kind === 'variable' && !only.quoted) {
      const found = variables.get(only.name);
      if (found === undefined) return [{ value: only.text, known: false }];
      const parts = found.split(/\s+/).filter((part) => part !== '');
      return parts.map((value) => ({ value, known: true }));
    }
  }
  if (!word.pieces.some((piece) => piece.kind === 'braces')) return [resolveText(word, variables)];
  let made: Arg[] = [{ value: '', known: true }];
  for (const piece of word.pieces) {
    if (piece.kind === 'braces') {
      made = cross(
        made,
        expandBraces(piece.text).map((value) => ({ value, known: true })),
      );
    } else {
      made = cross(made, [resolveText({ pieces: [piece], text: word.text }, variables)]);
    }
  }
  return made;
}

/** More arguments than this from one word are not told apart. */
const CROSS_LIMIT = 256;

function cross(left: readonly Arg[], right: readonly Arg[]): Arg[] {
  const made: Arg[] = [];
  for (const a of left) {
    for (const b of right) {
      if (made.length >= CROSS_LIMIT) return made;
      made.push({ value: a.value + b.value, known: a.known && b.known });
    }
  }
  return made;
}

/** An argument that our own code makes up. */
export function knownArg(value: string): Arg {
  return { value, known: true };
}
