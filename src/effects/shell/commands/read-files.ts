import type { LineRange } from '../../../model/effect.ts';
import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';

const VALUES = optionSet('-n -c --lines --bytes -s --pid --sleep-interval');

/** `head` and `tail` read a range that they name: the first n lines, or from line n on (`tail -n +5`). */
const headOrTail: CommandReader = (call, host) => {
  const legacy = call.args.find(
    (arg, i) => /^[-+]\d+$/.test(arg.value) && !VALUES.has(call.args[i - 1]?.value ?? ''),
  );
  const args = legacy ? call.args.filter((arg) => arg !== legacy) : call.args;
  const options = readOptions(args, { values: VALUES, dash: 'letters' });
  const count = options.value('-n', '--lines')?.value ?? legacy?.value.replace(/^-/, '') ?? '10';
  const bytes = options.has('-c', '--bytes');
  const range = bytes ? undefined : readRange(call.name, count);
  for (const { value: path } of options.operands) {
    if (!isStream(path)) host.emit({ kind: 'read', path, ...(range && { range }), certainty: 'certain' });
  }
  return undefined;
};

function readRange(name: string, count: string): LineRange | undefined {
  if (!/^\+?\d{1,9}$/.test(count)) return undefined;
  if (name === 'head')
    return count.startsWith('+') || count === '0' ? undefined : { from: 1, to: Number(count) };
  // The end of a file has no line numbers here, unless counted from the front.
  return count.startsWith('+') ? { from: Math.max(1, Number(count)) } : undefined;
}

/** `split FILE [PREFIX]`: pieces of names of its own; the prefix is no file. */
const split: CommandReader = (call, host) => {
  const options = readOptions(call.args, {
    values: optionSet(
      '-l -b -n -C -a -t --lines --bytes --number --suffix-length --filter --additional-suffix -f',
    ),
    dash: 'letters',
  });
  const [file, prefix] = options.operands;
  if (file && !isStream(file.value)) host.emit({ kind: 'read', path: file.value, certainty: 'certain' });
  const names = prefix?.value ?? options.value('-f')?.value ?? (call.name === 'csplit' ? 'xx' : 'x');
  if (!options.has('--filter'))
    host.emit({ kind: 'build', tool: call.name, targets: [`${names}*`], certainty: 'certain' });
  return undefined;
};

export const READERS_OF_FILES: Readonly<Record<string, CommandReader>> = {
  head: headOrTail,
  tail: headOrTail,
  split,
};
