import type { Command, HereDoc, ParsedScript, Redirection } from 'unbash';
import type { ShellRedirect, ShellWord } from './ir.ts';
import { convertParts, convertWord, plainWord } from './word-pieces.ts';

export function isRedirection(entry: Command['suffix'][number]): entry is Redirection {
  return entry.type === 'Redirect' || entry.type === 'HereDoc' || entry.type === 'HereString';
}

export function readRedirects(list: readonly Redirection[]): {
  redirects: ShellRedirect[];
  scripts: ParsedScript[];
} {
  const redirects: ShellRedirect[] = [];
  const scripts: ParsedScript[] = [];
  for (const entry of list) {
    const fd = entry.descriptor?.type === 'FileDescriptor' ? entry.descriptor.value : undefined;
    if (entry.type === 'HereDoc') {
      const body = readHereDoc(entry);
      scripts.push(...body.scripts);
      redirects.push({ operator: '<<', fd, target: body.word });
      continue;
    }
    const converted = entry.target ? convertWord(entry.target) : undefined;
    if (converted) scripts.push(...converted.scripts);
    redirects.push({ operator: entry.operator, fd, target: converted?.word });
  }
  return { redirects, scripts };
}

function readHereDoc(entry: HereDoc): { word: ShellWord; scripts: readonly ParsedScript[] } {
  const strip = entry.operator === '<<-';
  const clean = (text: string): string => (strip ? text.replace(/^\t+/gm, '') : text);
  const text = clean(entry.body.text);
  if (entry.delimiter?.quoted) return { word: plainWord(text), scripts: [] };
  const parts = entry.body.parts;
  if (!parts) return { word: plainWord(unescapeHereDoc(text), text), scripts: [] };
  const converted = convertParts(parts, text, true);
  // Leading tabs go from the start of lines only, not from where a piece begins in the middle of one.
  const pieces = converted.word.pieces.map((piece, i) =>
    piece.kind === 'text' && strip && i > 0
      ? { ...piece, value: piece.value.replace(/(?<=\n)\t+/g, '') }
      : piece.kind === 'text'
        ? { ...piece, value: clean(piece.value) }
        : piece,
  );
  return { word: { pieces, text }, scripts: converted.scripts };
}

/** In an unquoted here-document a backslash escapes `$`, a backquote, itself and the line's end. */
function unescapeHereDoc(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\([$`\\\n])/g, (_, what: string) => (what === '\n' ? '' : what))
    : text;
}
