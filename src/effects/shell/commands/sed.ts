import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';

const VALUES = optionSet('-e -f -l --expression --file --line-length');

/** `sed`: in place it changes its files by its script; with `w FILE` it writes; `sed -n 'a,bp'` reads a range. */
const sed: CommandReader = (call, host) => {
  const flags: string[] = [];
  // `-i.bak` and `-i ''` are spellings of in-place; the suffix is no cluster of letters.
  let suffix = '';
  let inPlace = false;
  const args = call.args.filter((arg, i) => {
    const match = /^(?:-([nrEsz]*)i(.*)|--in-place(?:=(.*))?)$/.exec(arg.value);
    if (match && !(i > 0 && VALUES.has(call.args[i - 1]?.value ?? ''))) {
      inPlace = true;
      suffix = match[2] ?? match[3] ?? '';
      for (const letter of match[1] ?? '') flags.push(`-${letter}`);
      return false;
    }
    return !(inPlace && arg.value === '');
  });
  if (/^[nrEsz]+$/.test(suffix)) {
    // `sed -in`: GNU takes the letters as a suffix; agents mean flags as often, the file changes either way.
    suffix = '';
  }
  const options = readOptions(args, { values: VALUES, dash: 'letters' });
  for (const option of options.given)
    if (/^-[nrEsz]$/.test(option.name) || option.name === '--regexp-extended' || option.name === '--quiet')
      flags.push(option.name);
  const expressions = options.values('-e', '--expression');
  const files = options.values('-f', '--file');
  for (const file of files) host.emit({ kind: 'read', path: file.value, certainty: 'certain' });
  const given = expressions.length > 0 || files.length > 0;
  const scripts = given ? expressions : options.operands.slice(0, 1);
  const paths = (given ? options.operands : options.operands.slice(1)).map((operand) => operand.value);
  const script = scripts.map((arg) => arg.value).join('\n');
  const known = files.length === 0 && scripts.length > 0 && scripts.every((arg) => arg.known);
  for (const path of writtenBy(script))
    host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'likely' });
  for (const path of paths) {
    if (isStream(path)) continue;
    if (!inPlace) {
      const range = known
        ? printedRange(script, flags.includes('-n') || flags.includes('--quiet'))
        : undefined;
      host.emit({ kind: 'read', path, ...(range && { range }), certainty: 'certain' });
      continue;
    }
    if (suffix !== '')
      host.emit({ kind: 'copy', from: path, to: `${path}${suffix}`, recursive: false, certainty: 'certain' });
    host.emit({
      kind: 'write',
      path,
      change: known ? { kind: 'sed', script, flags: [...new Set(flags)] } : { kind: 'unknown' },
      certainty: 'certain',
    });
  }
  return undefined;
};

/** `12,40p` and `12p` and `12,$p` under `-n`. */
function printedRange(script: string, quiet: boolean): { from: number; to?: number } | undefined {
  if (!quiet) return undefined;
  const match = /^\s*(\d{1,9})(?:\s*,\s*(\d{1,9}|\$))?\s*p\s*;?\s*$/.exec(script);
  if (!match) return undefined;
  const from = Number(match[1]);
  if (match[2] === '$') return { from };
  return { from, to: match[2] === undefined ? from : Number(match[2]) };
}

/** `w FILE` as a command of its own or as a flag of `s///`. */
function writtenBy(script: string): string[] {
  if (script.length > 100_000) return [];
  const found: string[] = [];
  for (const part of script.split(/[;\n]/)) {
    const match = /^\s*(?:\$|\d{1,9}(?:,\d{1,9})?|\/[^/]{0,200}\/)?\s*w\s+([^\s;]+)\s*$/.exec(part);
    const flag = /^\s*s([/|#,@]).*\1[gpIie0-9]*w\s+([^\s;]+)\s*$/.exec(part);
    const path = match?.[1] ?? flag?.[2];
    if (path !== undefined && !isStream(path)) found.push(path);
  }
  return found;
}

export const SED: Readonly<Record<string, CommandReader>> = { sed, gsed: sed };
