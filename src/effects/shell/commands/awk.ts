import type { CommandReader } from '../host.ts';
import { AWK as AWK_LEXIS } from '../inline/script/lexis.ts';
import { codeOnly } from '../inline/script/mark-code.ts';
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
  for (const file of files) {
    const text = host.script(file.value);
    if (text !== undefined) readProgram(text, host);
  }
  return undefined;
};

function readProgram(text: string, host: Parameters<CommandReader>[1]): void {
  // Signs in texts, patterns and comments mean nothing.
  const code = codeOnly(text, AWK_LEXIS);
  // A redirection stands behind print or printf; elsewhere `>` compares.
  for (const match of code.matchAll(/\bprintf?\b[^;\n}>|]{0,400}(>{1,2})/g)) {
    const target = /^\s{0,20}(?:"([^"\\\n]*)"\s{0,20}(?=[;\n})#]|$)|(\S{1,80}))/.exec(
      text.slice(match.index + match[0].length, match.index + match[0].length + 500),
    );
    const path = target?.[1];
    if (path === undefined) {
      host.emit({ kind: 'build', tool: 'awk', targets: [target?.[2] ?? ''], certainty: 'likely' });
    } else if (!isStream(path)) {
      host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
    }
  }
  const runs = /\bsystem\s{0,20}\(|\bprintf?\b[^;\n}|]{0,400}\|/g;
  for (const match of code.matchAll(runs)) {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 2_000);
    const literal = /^\s{0,20}"((?:[^"\\\n]|\\.)*)"\s{0,20}(.?)/.exec(rest);
    if (!literal) host.guess('awk');
    // What is joined to the text is not known.
    else
      host.shell(`${literal[1] ?? ''}${/^[;)}\n#]?$/.test(literal[2] ?? '') ? '' : ' "$UNKNOWN"'}`, 'child');
  }
}

export const AWK: Readonly<Record<string, CommandReader>> = { awk, gawk: awk, mawk: awk, nawk: awk };
