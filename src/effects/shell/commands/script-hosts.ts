import { guessProgram } from '../guess-program.ts';
import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';

interface HostRules {
  /** Options with a value, those whose value is a program's text among them. */
  readonly values: string;
  /** Options whose value is a program's text. */
  readonly text: string;
}

/** Interpreters whose programs are not read: the script's name and its arguments are what there is to judge by. */
function scriptHost(rules: HostRules): CommandReader {
  const values = optionSet(`${rules.values} ${rules.text}`);
  const texts = [...optionSet(rules.text)];
  return (call, host) => {
    const options = readOptions(call.args, { values, dash: 'letters', stopAtOperand: true });
    const [script, ...rest] = options.operands;
    const inline = options.values(...texts).length > 0 || (!script && call.hasInput);
    if (inline) {
      host.guess(call.name);
      host.emit({ kind: 'run', program: call.name, certainty: 'certain' });
    } else if (script) guessProgram({ ...call, args: rest }, host, script.value);
    return undefined;
  };
}

/** `pwsh -c TEXT` and `cmd /c TEXT`: simple commands read the same in every shell. */
const otherShell: CommandReader = (call, host) => {
  const at = call.args.findIndex((arg) => /^(?:-c|-command|\/c)$/i.test(arg.value));
  if (at >= 0) {
    const text = call.args.slice(at + 1).map((arg) => arg.value);
    host.guess(call.name);
    host.shell(text.join(' '), 'child');
    return undefined;
  }
  const file = call.args.find((arg) => !arg.value.startsWith('-') && !arg.value.startsWith('/'));
  if (file) guessProgram({ ...call, args: [] }, host, file.value);
  return undefined;
};

const EVAL: HostRules = { values: '-l -L -I', text: '-e --eval -E' };
const plain = scriptHost(EVAL);

export const SCRIPT_HOSTS: Readonly<Record<string, CommandReader>> = {
  julia: scriptHost({ values: '-p -t --project -L', text: '-e -E --eval' }),
  elixir: scriptHost({ values: '-r -S', text: '-e --eval' }),
  escript: plain,
  runghc: plain,
  runhaskell: plain,
  racket: scriptHost({ values: '-l -t', text: '-e' }),
  sbcl: scriptHost({ values: '--load', text: '--eval' }),
  swipl: scriptHost({ values: '-s -l', text: '-g -t' }),
  octave: scriptHost({ values: '', text: '--eval' }),
  matlab: scriptHost({ values: '', text: '-r -batch' }),
  tclsh: plain,
  guile: plain,
  clojure: plain,
  clj: plain,
  bb: plain,
  groovy: plain,
  kotlin: plain,
  scala: plain,
  'scala-cli': plain,
  ocaml: plain,
  gjs: plain,
  'spark-submit': scriptHost({ values: '--master --conf --class --jars --name --py-files', text: '' }),
  sage: scriptHost({ values: '', text: '-c' }),
  maxima: scriptHost({ values: '-b', text: '--batch-string' }),
  pwsh: otherShell,
  powershell: otherShell,
  'cmd.exe': otherShell,
  'powershell.exe': otherShell,
};
