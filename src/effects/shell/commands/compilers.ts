import { applySpec } from '../apply-spec.ts';
import { findSpec } from '../catalogue/index.ts';
import type { CommandReader } from '../host.ts';
import { knownArg } from '../resolve-word.ts';

/** `gcc -E` and `gcc -M` print unless `-o` names a file; `gcc -v` alone says what it is. */
const compiler: CommandReader = (call, host) => {
  const spec = findSpec(call.name);
  if (!spec) return undefined;
  const words = call.args.map((arg) => arg.value);
  const prints =
    words.some((word) => /^-(?:E|M|MM)$/.test(word)) &&
    !words.some((word) => /^-o./.test(word) || word === '-o');
  if (!prints) {
    applySpec(spec, call, host);
    return undefined;
  }
  for (const word of words)
    if (/^[^-].*\.\w{1,4}$/.test(word)) host.emit({ kind: 'read', path: word, certainty: 'certain' });
  return undefined;
};

/** Commands of `cmake -E` and the programs that do the same. */
const PORTABLE: Readonly<Record<string, readonly string[]>> = {
  copy: ['cp'],
  copy_if_different: ['cp'],
  copy_directory: ['cp', '-r'],
  rename: ['mv'],
  remove: ['rm'],
  rm: ['rm'],
  remove_directory: ['rm', '-r'],
  make_directory: ['mkdir', '-p'],
  touch: ['touch'],
  create_symlink: ['ln', '-s'],
  tar: ['tar'],
  env: ['env'],
  time: ['time'],
  chdir: ['cd'],
  cat: ['cat'],
  echo: ['echo'],
};

const cmake: CommandReader = (call, host) => {
  if (call.args[0]?.value === '-E') {
    const [, command, ...rest] = call.args;
    const words = PORTABLE[command?.value ?? ''];
    return words ? { next: [...words.map(knownArg), ...rest] } : undefined;
  }
  const spec = findSpec(call.name);
  if (spec) applySpec(spec, call, host);
  return undefined;
};

export const COMPILERS: Readonly<Record<string, CommandReader>> = {
  gcc: compiler,
  'g++': compiler,
  cc: compiler,
  'c++': compiler,
  clang: compiler,
  'clang++': compiler,
  cmake,
  cmake3: cmake,
};
