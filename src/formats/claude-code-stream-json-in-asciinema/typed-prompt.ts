import type { CastLine } from '../shared/cast.ts';

export interface TypedPrompt {
  readonly text: string;
  readonly events: readonly [number, number];
}

/** The prompt of the command `claude … -p '…'` that was typed; it may hold line feeds, so it may span typed lines. */
export function readTypedPrompt(typed: readonly CastLine[]): TypedPrompt | undefined {
  const first = typed.findIndex(({ text }) => findPrompt(text) !== undefined);
  const start = typed[first];
  if (!start) return undefined;
  const rest = typed.slice(first);
  const text = rest.map((line) => line.text).join('\n');
  const from = findPrompt(text);
  const word = from === undefined ? undefined : readShellWord(text, from);
  if (!word || word.text.trim() === '') return undefined;
  const end = lineAt(rest, word.end) ?? start;
  return { text: word.text, events: [start.events[0], end.events[1]] };
}

/** Where the word after `-p` begins on a command line of `claude`. */
function findPrompt(text: string): number | undefined {
  const command = text.search(/\bclaude\s/);
  if (command < 0) return undefined;
  const option = /\s(?:-p|--print)\s+(?=\S)/.exec(text.slice(command));
  return option ? command + option.index + option[0].length : undefined;
}

function lineAt(lines: readonly CastLine[], offset: number): CastLine | undefined {
  let left = offset;
  for (const line of lines) {
    if (left <= line.text.length) return line;
    left -= line.text.length + 1;
  }
  return lines.at(-1);
}

/** One word of a POSIX shell from `start`: quoted parts and bare parts side by side, as in `'don'"'"'t'`. */
export function readShellWord(text: string, start: number): { text: string; end: number } | undefined {
  const parts: string[] = [];
  let at = start;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === "'") {
      const close = text.indexOf("'", at + 1);
      if (close < 0) return undefined;
      parts.push(text.slice(at + 1, close));
      at = close + 1;
    } else if (char === '"') {
      const quoted = readDoubleQuoted(text, at + 1);
      if (!quoted) return undefined;
      parts.push(quoted.text);
      at = quoted.end;
    } else if (char === '\\') {
      parts.push(text.charAt(at + 1));
      at += 2;
    } else if (/[\s;&|<>()]/.test(char)) break;
    else {
      parts.push(char);
      at++;
    }
  }
  return { text: parts.join(''), end: at };
}

function readDoubleQuoted(text: string, start: number): { text: string; end: number } | undefined {
  const parts: string[] = [];
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { text: parts.join(''), end: at + 1 };
    if (char === '\\' && '"\\$`\n'.includes(text.charAt(at + 1))) parts.push(text.charAt(++at));
    else parts.push(char);
  }
  return undefined;
}
