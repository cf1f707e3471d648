import { parseJsonText } from '../../base/parse-json-text.ts';
/** End (exclusive) of the JSON string that opens at `start`; -1 when it is cut off. */
export function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '"') return i + 1;
  }
  return -1;
}

/** End (exclusive) of the object or array that opens at `start`; -1 when it is cut off. */
export function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      const end = endOfString(text, i);
      if (end < 0) return -1;
      i = end - 1;
    } else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}

const CONTROL = /[\u0000-\u001f]/g;
const ESCAPES: { readonly [char: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Parses JSON as models write it: line breaks inside strings are taken as escaped, and a backslash before a character
 * that needs none as itself. undefined for text that is no JSON all the same.
 */
export function parseLoose(text: string): unknown {
  const asWritten = parseJsonText(text);
  if (asWritten !== undefined) return asWritten;
  const pieces: string[] = [];
  let from = 0;
  for (let start = text.indexOf('"'); start >= 0; start = text.indexOf('"', from)) {
    const end = endOfString(text, start);
    if (end < 0) return undefined;
    pieces.push(text.slice(from, start), repairString(text.slice(start, end)));
    from = end;
  }
  pieces.push(text.slice(from));
  return parseJsonText(pieces.join(''));
}

function repairString(literal: string): string {
  return literal
    .replace(CONTROL, (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\/g, (escape) => (escape.length > 1 ? escape : '\\\\'));
}

/** Tells the line, from 1, of offsets asked for in rising order: one pass over the text for all of them. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    while (next >= 0 && next < offset) {
      line++;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}
