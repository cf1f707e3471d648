import type { ParsedScript, Word, WordPart } from 'unbash';
import type { ShellWord, WordPiece } from './ir.ts';

/** A word in our own shape, and the scripts that run while the shell expands it. */
export interface ConvertedWord {
  readonly word: ShellWord;
  readonly scripts: readonly ParsedScript[];
}

export function convertWord(word: Word): ConvertedWord {
  const parts = word.parts;
  if (!parts || parts.length === 0) return { word: plainWord(word.value, word.text), scripts: [] };
  return convertParts(parts, word.text);
}

export function plainWord(value: string, text = value): ShellWord {
  return { pieces: [{ kind: 'text', value, quoted: false }], text };
}

interface Pending {
  readonly part: WordPart;
  readonly quoted: boolean;
  /** Look only for scripts: the text of this part is covered by an opaque piece. */
  readonly silent: boolean;
}

export function convertParts(parts: readonly WordPart[], text: string, quoted = false): ConvertedWord {
  const pieces: WordPiece[] = [];
  const scripts: ParsedScript[] = [];
  const work: Pending[] = [];
  const push = (list: readonly WordPart[] | undefined, isQuoted: boolean, silent: boolean): void => {
    for (let i = (list?.length ?? 0) - 1; i >= 0; i--) {
      const part = list?.[i];
      if (part) work.push({ part, quoted: isQuoted, silent });
    }
  };
  push(parts, quoted, false);
  for (let item = work.pop(); item; item = work.pop()) {
    const { part, silent } = item;
    const add = (piece: WordPiece): void => {
      if (!silent) pieces.push(piece);
    };
    switch (part.type) {
      case 'Literal':
      case 'Glob':
        add({ kind: 'text', value: part.value, quoted: item.quoted });
        break;
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        add({ kind: 'text', value: part.value, quoted: true });
        break;
      case 'DoubleQuoted':
      case 'LocaleString':
        // An empty quoted string is a word of its own.
        if (part.parts.length === 0) add({ kind: 'text', value: '', quoted: true });
        push(part.parts, true, silent);
        break;
      case 'SimpleExpansion':
        add({ kind: 'variable', name: part.text.slice(1), text: part.text, quoted: item.quoted });
        break;
      case 'ParameterExpansion': {
        const operation = part.operation;
        if (!operation && !part.prefix && !part.index)
          add({ kind: 'variable', name: part.parameter, text: part.text, quoted: item.quoted });
        else add({ kind: 'opaque', text: part.text });
        if (operation && 'operand' in operation) push(operation.operand?.parts, true, true);
        break;
      }
      case 'CommandExpansion':
      case 'ProcessSubstitution':
        add({ kind: 'opaque', text: part.text });
        if (part.script) scripts.push(part.script);
        break;
      case 'BraceExpansion':
        add(
          part.parts && part.parts.some((child) => child.type !== 'Literal')
            ? { kind: 'opaque', text: part.text }
            : { kind: 'braces', text: part.text },
        );
        push(part.parts, item.quoted, true);
        break;
      case 'ArithmeticExpansion':
      case 'ExtendedGlob':
        add({ kind: 'opaque', text: part.text });
        break;
    }
  }
  return { word: { pieces, text }, scripts };
}
