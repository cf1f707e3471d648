import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';

const VALUES = optionSet('-F -v -f -i -E -l --field-separator --assign --file --include');

/** `awk PROGRAM FILE…`: reads; `print > "file"` writes; `system("…")` and `print | "cmd"` run shells; `-i inplace` edits. */
const awk: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: VALUES, dash: 'letters' });
  const files = options.values('-f', '--file', '-E');
  for (const file of files) host.emit({ kind: 'read', path: file.value, certainty: 'certain' });
  const [first, ...rest] = options.operands;
  const program = files.length > 0 ? undefined : first;
  const paths = (files.length > 0 ? options.operands : rest).filter(
    (path) => !/^[A-Za-z_]\w*=/.test(path.value),
  );
  const inPlace = options.values('-i', '--include').some((value) => value.value === 'inplace');
  for (const { value: path } of paths) {
    if (isStream(path)) continue;
    if (inPlace) host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
    else host.emit({ kind: 'read', path, certainty: 'certain' });
  }
  if (program) readProgram(program.value, host);
  return undefined;
};

function readProgram(text: string, host: Parameters<CommandReader>[1]): void {
  // A redirection stands behind print or printf; elsewhere `>` compares.
  for (const match of text.matchAll(/\bprintf?\b[^;\n}>]{0,400}(>{1,2})\s*("([^"\n]*)"|[\w$.[\]]+)/g)) {
    const path = match[3];
    if (path === undefined) {
      host.emit({ kind: 'build', tool: 'awk', targets: [match[2] ?? ''], certainty: 'likely' });
    } else if (!isStream(path)) {
      host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
    }
  }
  for (const match of text.matchAll(/\bsystem\s*\(\s*"((?:[^"\\\n]|\\.)*)"/g))
    host.shell(match[1] ?? '', 'child');
  for (const match of text.matchAll(/\bprintf?\b[^;\n}|]{0,400}\|\s*"([^"\n]*)"/g))
    host.shell(match[1] ?? '', 'child');
}

export const AWK: Readonly<Record<string, CommandReader>> = { awk, gawk: awk, mawk: awk, nawk: awk };
