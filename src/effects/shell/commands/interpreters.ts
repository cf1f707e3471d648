import { baseName } from '../../../base/path.ts';
import { guessProgram } from '../guess-program.ts';
import type { CommandReader, Host } from '../host.ts';
import { type Language, scanProgram } from '../inline/scan-program.ts';
import {
  NO_LANGUAGE,
  NODE_LANGUAGE,
  PERL_LANGUAGE,
  PHP_LANGUAGE,
  R_LANGUAGE,
  RUBY_LANGUAGE,
} from '../inline/script-rules.ts';
import { optionSet, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';
import { type InPlaceEdit, readPerlEdit } from './perl-edit.ts';
import { python } from './python.ts';

interface Interpreter {
  readonly language: Language;
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
    const texts = options.values(...rules.text);
    const glued = call.args.find(
      (arg) => /^-[a-z0-9]*i[.\w~]*$/.test(arg.value) && /^-(?:p|n|l|0|w|i|a)/.test(arg.value),
    );
    if (texts.length > 0) {
      host.emit({ kind: 'run', program: call.name, certainty: 'certain' });
      for (const text of texts) scanProgram(text.value, rules.language, host, call.name, !text.known);
      if (rules.inPlace && glued)
        editInPlace(
          options.operands.map((operand) => operand.value),
          rules.language === PERL_LANGUAGE ? readPerlEdit(call.args) : UNREAD,
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
        scanProgram(call.draftInput, rules.language, host, call.name, call.input === undefined);
      } else if (call.hasInput) host.guess(call.name);
      return undefined;
    }
    runScript(call.name, script.value, rules.language, { ...call, args: rest }, host);
    return undefined;
  };
}

function runScript(
  program: string,
  script: string,
  language: Language,
  call: Parameters<CommandReader>[0],
  host: Host,
): void {
  const text = host.script(script);
  if (text !== undefined) {
    host.emit({ kind: 'run', program, script, certainty: 'certain' });
    scanProgram(text, language, host, script);
  } else if (/^server\.[mc]?[jt]s$/.test(baseName(script))) {
    host.emit({ kind: 'process', action: 'start', what: script, background: true, certainty: 'likely' });
  } else {
    guessProgram(call, host, script);
  }
}

const UNREAD: InPlaceEdit = { change: { kind: 'unknown' }, suffix: '' };

function editInPlace(paths: readonly string[], edit: InPlaceEdit, host: Host): void {
  for (const path of paths) {
    if (isStream(path)) continue;
    if (edit.suffix !== '')
      host.emit({
        kind: 'copy',
        from: path,
        to: `${path}${edit.suffix}`,
        recursive: false,
        certainty: 'certain',
      });
    host.emit({ kind: 'write', path, change: edit.change, certainty: 'certain' });
  }
}

const node = interpreter({
  language: NODE_LANGUAGE,
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
  else if (sub?.value === 'eval' && rest[0]) scanProgram(rest[0].value, NODE_LANGUAGE, host, 'deno');
  else if (sub?.value === 'run')
    guessProgram({ ...call, args: rest }, host, rest.find((arg) => !arg.value.startsWith('-'))?.value);
  else if (sub?.value === 'fmt' && rest.some((arg) => arg.value === '--check')) {
    for (const arg of rest)
      if (!arg.value.startsWith('-')) host.emit({ kind: 'read', path: arg.value, certainty: 'certain' });
  } else if (sub && /^(?:install|add|compile|bundle|cache|fmt|init)$/.test(sub.value))
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
  language: PERL_LANGUAGE,
  values: '-I -M -m',
  text: ['-e', '-E'],
  looks: ['-c', '-v'],
  inPlace: true,
});
const ruby = interpreter({
  language: RUBY_LANGUAGE,
  values: '-I -r',
  text: ['-e'],
  looks: ['-c'],
  inPlace: true,
});
const php = interpreter({
  language: PHP_LANGUAGE,
  values: '-d -c -z',
  text: ['-r'],
  looks: ['-l', '-i', '-m'],
});
const r = interpreter({ language: R_LANGUAGE, values: '', text: ['-e'] });
const lua = interpreter({ language: NO_LANGUAGE, values: '-l', text: ['-e'] });

/** `php artisan …` is a program of its own; `php -S host:port` serves. */
const phpOrServer: CommandReader = (call, host) => {
  const [first, second] = call.args;
  if (first && /^(?:\.\/)?artisan$/.test(first.value))
    return { next: [{ value: 'artisan', known: true }, ...call.args.slice(1)] };
  const at = call.args.findIndex((arg) => arg.value === '-S');
  if (at >= 0 && (at === 0 || first?.value !== '-r') && second !== undefined) {
    host.emit({ kind: 'process', action: 'start', what: 'php -S', background: true, certainty: 'certain' });
    return undefined;
  }
  return php(call, host);
};

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
  php: phpOrServer,
  Rscript: r,
  R: r,
  lua,
  luajit: lua,
};
