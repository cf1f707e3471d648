import type { Arg } from './resolve-word.ts';

/**
 * What a call prints to standard output, where the text alone says it: `echo`, `printf`, `cat` of its input, `true`.
 */
export function knownOutput(
  name: string,
  args: readonly Arg[],
  input: string | undefined,
): string | undefined {
  switch (name) {
    case 'echo':
      return args.every((arg) => arg.known) && !hasBytes(args)
        ? echoText(args.map((arg) => arg.value))
        : undefined;
    case 'printf':
      return args.every((arg) => arg.known) && !hasBytes(args)
        ? printfText(args.map((arg) => arg.value))
        : undefined;
    case 'cat':
    case 'tee':
      if (name === 'cat' && args.some((arg) => arg.value !== '-')) return undefined;
      return input;
    case ':':
    case 'true':
    case 'sleep':
    case 'cd':
    case 'mkdir':
    case 'touch':
    case '':
      return '';
    default:
      return undefined;
  }
}

/** Escapes for bytes from 0x80 on: they are no characters, and what they make together is not worked out here. */
function hasBytes(args: readonly Arg[]): boolean {
  return args.some((arg) => /\\(?:x[89a-fA-F][0-9a-fA-F]|0?[23][0-7]{2})/.test(arg.value));
}

function echoText(args: readonly string[]): string {
  let from = 0;
  let newline = true;
  let escapes = false;
  for (; from < args.length && /^-[neE]+$/.test(args[from] ?? ''); from++) {
    for (const letter of (args[from] ?? '').slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = args.slice(from).join(' ');
  return (escapes ? decodeEscapes(text) : text) + (newline ? '\n' : '');
}

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  '"': '"',
  "'": "'",
};

function decodeEscapes(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|0?([0-7]{1,3})|(.))/gs,
    (whole, hex: string | undefined, octal: string | undefined, letter: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return SIMPLE[letter ?? ''] ?? whole;
    },
  );
}

/** `printf` with `%s`, `%d`, `%%` and `%b`; other formats are not known. The format repeats while arguments are left. */
function printfText(args: readonly string[]): string | undefined {
  const words = args[0] === '--' ? args.slice(1) : args;
  const format = words[0];
  if (format === undefined || format === '-v') return undefined;
  const rest = words.slice(1);
  const parts = format.split(/(%%|%[sdb])/);
  if (parts.some((part, i) => i % 2 === 0 && part.includes('%'))) return undefined;
  const slots = parts.filter((part, i) => i % 2 === 1 && part !== '%%').length;
  if (slots * Math.max(1, rest.length) > 100_000) return undefined;
  let text = '';
  let next = 0;
  // The format is used once even without arguments, and again while arguments are left.
  const rounds = slots === 0 ? 1 : Math.max(1, Math.ceil(rest.length / slots));
  for (let round = 0; round < rounds; round++) {
    for (const [i, part] of parts.entries()) {
      if (i % 2 === 0) text += decodeEscapes(part);
      else if (part === '%%') text += '%';
      else {
        const value = rest[next++] ?? (part === '%d' ? '0' : '');
        text += part === '%b' ? decodeEscapes(value) : value;
      }
    }
  }
  return text;
}
