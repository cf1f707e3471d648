import { isObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';

/** Arguments of a call whose JSON text was cut at its end. */
export interface ShortenedArgs {
  /** The values that stand there; the last text may end early, with the mark of whoever cut it. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The key whose text ends early. */
  readonly cut?: string;
  /** What stands behind the last value that could be read: part of a key, of a number, of a list. */
  readonly rest?: string;
}

/** The values of a JSON object as far as its text goes: `{"command": "edit 1:2\nfoo …[+4 chars]`. */
export function readShortenedArgs(text: string): ShortenedArgs {
  const whole = parseJsonText(text);
  if (isObject(whole)) return { values: whole };
  const entries: [string, unknown][] = [];
  const values = (): Record<string, unknown> => Object.fromEntries(entries);
  let at = skipSpace(text, 0);
  if (text[at] !== '{') return text.trim() === '' ? { values: {} } : { values: {}, rest: text };
  at++;
  for (;;) {
    at = skipSpace(text, at);
    if (text[at] === ',') at = skipSpace(text, at + 1);
    if (at >= text.length || text[at] === '}') return { values: values() };
    const start = at;
    const key = readString(text, at);
    if (!key?.ended) return { values: values(), rest: text.slice(start) };
    at = skipSpace(text, key.end);
    if (text[at] !== ':') return { values: values(), rest: text.slice(start) };
    at = skipSpace(text, at + 1);
    const value = readValue(text, at);
    if (!value) return { values: values(), rest: text.slice(start) };
    entries.push([key.text, value.value]);
    if (!value.ended) return { values: values(), cut: key.text };
    at = value.end;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

interface Read {
  readonly value: unknown;
  readonly end: number;
  readonly ended: boolean;
}

/** A text, cut or not, or another value that is whole. */
function readValue(text: string, from: number): Read | undefined {
  const string = readString(text, from);
  if (string) return { value: string.text, end: string.end, ended: string.ended };
  // Lists of these records hold plain numbers; anything deeper is kept as the rest.
  const plain = /(?:\[[^[\]{}"]{0,1000}\]|true|false|null|-?\d{1,20}(?:\.\d{1,20})?)(?=\s*[,}])/y;
  plain.lastIndex = from;
  const match = plain.exec(text);
  const value = match && parseJsonText(match[0]);
  return match && value !== undefined ? { value, end: from + match[0].length, ended: true } : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** A JSON string from its quote on; one that does not end runs to the end of the text. */
function readString(text: string, from: number): { text: string; end: number; ended: boolean } | undefined {
  if (text[from] !== '"') return undefined;
  const parts: string[] = [];
  let plain = from + 1;
  for (let at = from + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      parts.push(text.slice(plain, at));
      return { text: parts.join(''), end: at + 1, ended: true };
    }
    if (char !== '\\') continue;
    const code = text.charAt(at + 1);
    const hex = code === 'u' ? /^[\da-f]{4}/i.exec(text.slice(at + 2, at + 6))?.[0] : undefined;
    const decoded =
      hex === undefined
        ? (ESCAPES[code] ?? ('"\\/'.includes(code) && code !== '' ? code : undefined))
        : String.fromCharCode(Number.parseInt(hex, 16));
    // An escape that was cut through stays as it stands.
    if (decoded === undefined) continue;
    parts.push(text.slice(plain, at), decoded);
    at += hex === undefined ? 1 : 5;
    plain = at + 1;
  }
  parts.push(text.slice(plain));
  return { text: parts.join(''), end: text.length, ended: false };
}
