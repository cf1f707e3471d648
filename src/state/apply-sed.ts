import { parseSed, type SedAddress, type SedCommand } from './parse-sed.ts';
import type { SedRegex } from './sed-regex.ts';

/** Work on one file beyond which its content counts as unknown: a script may be hostile. */
const WORK_LIMIT = 3e8;

/**
 * A sed script applied in place to a whole file, for the commands s, d, i, a and c; undefined for the rest, for a
 * script that prints (`-n`) or reads NUL-separated lines (`-z`), and where matching could take too long.
 */
export function applySed(before: string, script: string, flags: readonly string[]): string | undefined {
  const letters = flags.map(shortFlags).join('');
  if (/[nzs]/.test(letters)) return undefined;
  const commands = parseSed(script, /[Er]/.test(letters));
  if (!commands || commands.length === 0) return undefined;
  if (before === '') return before;
  const closed = before.endsWith('\n');
  const lines = (closed ? before.slice(0, -1) : before).split('\n');
  if (estimateWork(lines, commands) > WORK_LIMIT) return undefined;
  const compiled = compile(commands);
  if (!compiled) return undefined;
  const out: string[] = [];
  for (const [index, line] of lines.entries()) runScript(compiled, line, index + 1, lines.length, out);
  if (out.length === 0) return '';
  return out.join('\n') + (closed ? '\n' : '');
}

/** Letters of a flag that matter here: `-i.bak` is just `i`, long names become their letters. */
function shortFlags(flag: string): string {
  if (flag.startsWith('--')) {
    const names: Readonly<Record<string, string>> = {
      '--regexp-extended': 'E',
      '--quiet': 'n',
      '--silent': 'n',
      '--null-data': 'z',
      '--separate': 's',
    };
    return names[flag] ?? '';
  }
  const letters = flag.replace(/^-/, '');
  const inPlace = letters.indexOf('i');
  return inPlace >= 0 ? letters.slice(0, inPlace) : letters;
}

function estimateWork(lines: readonly string[], commands: readonly SedCommand[]): number {
  const exponents: number[] = [];
  for (const command of commands) {
    for (const address of [command.from, command.to]) {
      if (address?.kind === 'match') exponents.push(address.regex.exponent);
    }
    if (command.kind === 'substitute') exponents.push(command.regex.exponent);
  }
  let work = 0;
  for (const line of lines) for (const exponent of exponents) work += (line.length + 1) ** exponent;
  return work;
}

interface Compiled {
  readonly command: SedCommand;
  readonly pattern: RegExp | undefined;
  readonly from: RegExp | undefined;
  readonly to: RegExp | undefined;
  /** A range that is open: the line up to which it goes if its end is a number. */
  open: boolean;
}

function compile(commands: readonly SedCommand[]): Compiled[] | undefined {
  try {
    return commands.map((command) => ({
      command,
      pattern: command.kind === 'substitute' ? toRegExp(command.regex, command.ignoreCase, true) : undefined,
      from: addressRegExp(command.from),
      to: addressRegExp(command.to),
      open: false,
    }));
  } catch {
    // A translated pattern that JavaScript refuses.
    return undefined;
  }
}

function toRegExp(regex: SedRegex, ignoreCase: boolean, global: boolean): RegExp {
  return new RegExp(regex.source, `su${global ? 'g' : ''}${ignoreCase ? 'i' : ''}`);
}

function addressRegExp(address: SedAddress | undefined): RegExp | undefined {
  return address?.kind === 'match' ? toRegExp(address.regex, address.ignoreCase, false) : undefined;
}

function runScript(
  script: readonly Compiled[],
  line: string,
  number: number,
  last: number,
  out: string[],
): void {
  let space = line;
  const after: string[] = [];
  for (const step of script) {
    if (selects(step, space, number, last) === step.command.negated) continue;
    const { command } = step;
    if (command.kind === 'delete') {
      out.push(...after);
      return;
    }
    if (command.kind === 'substitute') space = substitute(step, space);
    else if (command.kind === 'insert') out.push(command.text);
    else if (command.kind === 'append') after.push(command.text);
    else {
      // A changed range prints its text once, at its end.
      if (!command.to || command.negated || !step.open) out.push(command.text);
      out.push(...after);
      return;
    }
  }
  out.push(space, ...after);
}

function selects(step: Compiled, space: string, number: number, last: number): boolean {
  const { from, to } = step.command;
  if (!from) return true;
  if (!to) return hits(from, step.from, space, number, last);
  if (step.open) {
    if (to.kind === 'line') {
      // Past its end already: the line does not belong to the range any more.
      if (number > to.line) {
        step.open = false;
        return hits(from, step.from, space, number, last);
      }
      step.open = number < to.line;
    } else step.open = !hits(to, step.to, space, number, last);
    return true;
  }
  if (!hits(from, step.from, space, number, last)) return false;
  step.open = to.kind === 'line' ? to.line > number : to.kind === 'last' ? number < last : true;
  return true;
}

function hits(
  address: SedAddress,
  regex: RegExp | undefined,
  space: string,
  number: number,
  last: number,
): boolean {
  if (address.kind === 'line') return address.line === number;
  if (address.kind === 'last') return number === last;
  return regex?.test(space) ?? false;
}

function substitute({ command, pattern }: Compiled, space: string): string {
  if (command.kind !== 'substitute' || !pattern) return space;
  let count = 0;
  return space.replace(pattern, (...match: unknown[]) => {
    count++;
    const whole = String(match[0]);
    if (count < command.nth || (count > command.nth && !command.all)) return whole;
    return command.parts
      .map((part) => (typeof part === 'string' ? part : part === 0 ? whole : groupText(match[part])))
      .join('');
  });
}

function groupText(group: unknown): string {
  return typeof group === 'string' ? group : '';
}
