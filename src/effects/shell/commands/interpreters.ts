import { baseName } from '../../../base/path.ts';
import { guessProgram } from '../guess-program.ts';
import type { CommandReader, Host } from '../host.ts';
import { type ScanRule, scanProgram } from '../inline/scan-program.ts';
import { NODE_RULES, PERL_RULES, PHP_RULES, R_RULES, RUBY_RULES } from '../inline/script-rules.ts';
import { optionSet, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';
import { python } from './python.ts';

interface Interpreter {
  readonly rules: readonly ScanRule[];
  readonly values: string;
  /** Options whose value is a program's text. */
  readonly text: readonly string[];
  /** Options that only check or print. */
  readonly looks?: readonly string[];
  /** `-i[SUFFIX]` edits the files in place. */
  readonly inPlace?: boolean;
}

function interpreter(rules: Interpreter): CommandReader {
  const values = optionSet(`${rules.values} ${rules.text.join(' ')}`);
  return (call, host) => {
    const options = readOptions(call.args, { values, dash: 'letters', stopAtOperand: true });
    if (rules.looks && options.has(...rules.looks)) {
      for (const path of options.operands)
        host.emit({ kind: 'read', path: path.value, certainty: 'certain' });
      return undefined;
    }
    const texts = options.values(...rules.text).map((value) => value.value);
    const glued = call.args.find(
      (arg) => /^-[a-z0-9]*i[.\w~]*$/.test(arg.value) && /^-(?:p|n|l|0|w|i|a)/.test(arg.value),
    );
    if (texts.length > 0) {
      host.emit({ kind: 'run', program: call.name, certainty: 'certain' });
      for (const text of texts) scanProgram(text, rules.rules, host, call.name);
      if (rules.inPlace && glued)
        editInPlace(
          options.operands.map((operand) => operand.value),
          host,
        );
      else if (rules.inPlace)
        for (const path of options.operands)
          if (!isStream(path.value)) host.emit({ kind: 'read', path: path.value, certainty: 'likely' });
      return undefined;
    }
    const [script, ...rest] = options.operands;
    if (!script || script.value === '-') {
      if (call.draftInput !== undefined) {
        host.emit({ kind: 'run', program: call.name, certainty: 'certain' });
        scanProgram(call.draftInput, rules.rules, host, call.name);
      } else if (call.hasInput) host.guess(call.name);
      return undefined;
    }
    runScript(call.name, script.value, rules.rules, { ...call, args: rest }, host);
    return undefined;
  };
}

function runScript(
  program: string,
  script: string,
  rules: readonly ScanRule[],
  call: Parameters<CommandReader>[0],
  host: Host,
): void {
  const text = host.script(script);
  if (text !== undefined) {
    host.emit({ kind: 'run', program, script, certainty: 'certain' });
    scanProgram(text, rules, host, script);
  } else if (/^server\.[mc]?[jt]s$/.test(baseName(script))) {
    host.emit({ kind: 'process', action: 'start', what: script, background: true, certainty: 'likely' });
  } else {
    guessProgram(call, host, script);
  }
}

function editInPlace(paths: readonly string[], host: Host): void {
  for (const path of paths)
    if (!isStream(path))
      host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
}

const node = interpreter({
  rules: NODE_RULES,
  values: '-r --require --import --loader --experimental-loader --env-file -C',
  text: ['-e', '--eval', '-p', '--print', '-pe'],
  looks: ['-c', '--check'],
});

/** `node --test` runs tests. */
const nodeOrTest: CommandReader = (call, host) => {
  if (call.args.some((arg) => arg.value === '--test')) {
    const targets = call.args.filter((arg) => !arg.value.startsWith('-')).map((arg) => arg.value);
    host.emit({ kind: 'test', runner: 'node', targets, certainty: 'certain' });
    return undefined;
  }
  return node(call, host);
};

const deno: CommandReader = (call, host) => {
  const [sub, ...rest] = call.args;
  if (sub?.value === 'test') host.emit({ kind: 'test', runner: 'deno', targets: [], certainty: 'certain' });
  else if (sub?.value === 'eval' && rest[0]) scanProgram(rest[0].value, NODE_RULES, host, 'deno');
  else if (sub?.value === 'run')
    guessProgram({ ...call, args: rest }, host, rest.find((arg) => !arg.value.startsWith('-'))?.value);
  else if (sub && /^(?:install|add|compile|bundle|cache|fmt|init)$/.test(sub.value))
    host.emit({ kind: 'build', tool: 'deno', targets: rest.map((arg) => arg.value), certainty: 'certain' });
  return undefined;
};

const java: CommandReader = (call, host) => {
  const jar = call.args.findIndex((arg) => arg.value === '-jar');
  const target = jar >= 0 ? call.args[jar + 1] : call.args.find((arg) => !arg.value.startsWith('-'));
  if (target)
    guessProgram({ ...call, args: call.args.slice(call.args.indexOf(target) + 1) }, host, target.value);
  return undefined;
};

const perl = interpreter({
  rules: PERL_RULES,
  values: '-I -M -m',
  text: ['-e', '-E'],
  looks: ['-c', '-v'],
  inPlace: true,
});
const ruby = interpreter({ rules: RUBY_RULES, values: '-I -r', text: ['-e'], looks: ['-c'], inPlace: true });
const php = interpreter({ rules: PHP_RULES, values: '-d -c -z', text: ['-r'], looks: ['-l', '-i', '-m'] });
const r = interpreter({ rules: R_RULES, values: '', text: ['-e'] });
const lua = interpreter({ rules: [], values: '-l', text: ['-e'] });

export const INTERPRETERS: Readonly<Record<string, CommandReader>> = {
  python,
  python2: python,
  python3: python,
  pypy: python,
  pypy3: python,
  ipython: python,
  ipython3: python,
  torchrun: python,
  node: nodeOrTest,
  nodejs: nodeOrTest,
  tsx: nodeOrTest,
  'ts-node': nodeOrTest,
  deno,
  java,
  perl,
  ruby,
  php,
  Rscript: r,
  R: r,
  lua,
  luajit: lua,
};
