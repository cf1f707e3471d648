import type { Arg } from './resolve-word.ts';

export interface GivenOption {
  /** With its dashes: `-o`, `--output`. */
  readonly name: string;
  readonly value: Arg | undefined;
}

/** Arguments of a program told apart by the usual rules. */
export interface ReadOptions {
  readonly given: readonly GivenOption[];
  readonly operands: readonly Arg[];
  readonly has: (...names: readonly string[]) => boolean;
  readonly value: (...names: readonly string[]) => Arg | undefined;
  readonly values: (...names: readonly string[]) => readonly Arg[];
}

export interface OptionRules {
  /** Options whose value stands in the next word, or glued behind a short one. */
  readonly values: ReadonlySet<string>;
  /** `words`: a single dash begins a whole word (`-out`, `-vf`), as openssl, ffmpeg and java have it. */
  readonly dash: 'letters' | 'words';
  /** The first operand ends the options (wrappers: what follows is another command's). */
  readonly stopAtOperand?: boolean;
}

/** Splits arguments into options and operands. `--` ends the options; a lone `-` is an operand. */
export function readOptions(args: readonly Arg[], rules: OptionRules): ReadOptions {
  const given: GivenOption[] = [];
  const operands: Arg[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg) continue;
    const text = arg.value;
    if (text === '--') {
      for (const rest of args.slice(i + 1)) operands.push(rest);
      break;
    }
    if (!text.startsWith('-') || text === '-') {
      operands.push(arg);
      if (rules.stopAtOperand) {
        for (const rest of args.slice(i + 1)) operands.push(rest);
        break;
      }
      continue;
    }
    const equals = text.indexOf('=');
    if (text.startsWith('--') || rules.dash === 'words') {
      if (equals > 0) {
        given.push({
          name: text.slice(0, equals),
          value: { value: text.slice(equals + 1), known: arg.known },
        });
      } else if (rules.values.has(text)) {
        given.push({ name: text, value: args[++i] });
      } else {
        given.push({ name: text, value: undefined });
      }
      continue;
    }
    if (rules.values.has(text) && text.length > 2) {
      given.push({ name: text, value: args[++i] });
      continue;
    }
    for (let at = 1; at < text.length && at <= 32; at++) {
      // `-j$(nproc)`: what is no letter begins a value.
      if (!/[\w#?@]/.test(text[at] ?? '')) break;
      const name = `-${text[at]}`;
      if (!rules.values.has(name)) {
        given.push({ name, value: undefined });
        continue;
      }
      const glued = text.slice(at + 1);
      given.push({ name, value: glued === '' ? args[++i] : { value: glued, known: arg.known } });
      break;
    }
  }
  const find = (names: readonly string[]): GivenOption | undefined =>
    given.find((option) => names.includes(option.name));
  return {
    given,
    operands,
    has: (...names) => find(names) !== undefined,
    value: (...names) =>
      given.findLast((option) => names.includes(option.name) && option.value !== undefined)?.value,
    values: (...names) =>
      given.flatMap((option) => (names.includes(option.name) && option.value ? [option.value] : [])),
  };
}

/** `'-n --lines'` as a set. */
export function optionSet(text: string | undefined): ReadonlySet<string> {
  return new Set(text?.split(' ').filter((name) => name !== ''));
}
