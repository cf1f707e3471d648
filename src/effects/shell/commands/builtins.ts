import type { CommandReader, Host } from '../host.ts';

const changeDirectory: CommandReader = (call, host) => {
  const target = call.args.find((arg) => arg.value === '-' || !arg.value.startsWith('-'));
  host.chdir(target ? target.value : '~');
  return undefined;
};

/** `+1`/`-1` only turns the stack; its directories are not known here. */
const pushd: CommandReader = (call, host) => {
  const target = call.args.find((arg) => !/^[-+]/.test(arg.value));
  if (target) host.chdir(target.value);
  return undefined;
};

const popd: CommandReader = (_call, host) => {
  host.chdir('-');
  return undefined;
};

const exportNames: CommandReader = (call, host) => {
  if (call.args.some((arg) => arg.value === '-p' || arg.value === '-f')) return undefined;
  for (const arg of call.args) {
    const match = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(arg.value);
    if (!match) continue;
    const [, name = '', value] = match;
    const known = arg.known ? value : undefined;
    if (value !== undefined) host.setVariable(name, known);
    host.emit({
      kind: 'env',
      name,
      ...(known !== undefined && { value: known }),
      exported: call.name === 'export' || call.args.some((option) => option.value === '-x'),
      certainty: 'certain',
    });
  }
  return undefined;
};

const unset: CommandReader = (call, host) => {
  for (const arg of call.args) {
    if (arg.value.startsWith('-')) continue;
    host.setVariable(arg.value, undefined);
    host.emit({ kind: 'env', name: arg.value, exported: true, certainty: 'certain' });
  }
  return undefined;
};

/** `source venv/bin/activate`: a script that sets variables in this shell. */
const source: CommandReader = (call, host) => {
  const [file] = call.args;
  if (!file) return undefined;
  host.emit({ kind: 'read', path: file.value, certainty: 'certain' });
  const text = host.script(file.value);
  if (text !== undefined) host.shell(text, 'here');
  return undefined;
};

const evaluate: CommandReader = (call, host) => {
  const known = call.args.every((arg) => arg.known);
  if (call.args.length === 0) return undefined;
  if (known) host.shell(call.args.map((arg) => arg.value).join(' '), 'here');
  else host.guess('eval');
  return undefined;
};

/** `trap 'rm -rf "$tmp"' EXIT`: the action runs before the text ends. */
const trap: CommandReader = (call, host) => {
  const [action, ...signals] = call.args;
  if (!action || action.value.startsWith('-') || action.value === '') return undefined;
  if (signals.some((signal) => /^(?:EXIT|0|RETURN|ERR)$/.test(signal.value)))
    host.shell(action.value, 'child');
  return undefined;
};

const kill: CommandReader = (call, host) => {
  const [first] = call.args;
  // Signal 0 only asks whether the process is there; `-l` lists the signals.
  if (!first || first.value === '-0' || /^(?:-l|-L|--list)/.test(first.value)) return undefined;
  if (first.value === '-s' && call.args[1]?.value === '0') return undefined;
  const targets = call.args.filter((arg, i) => !arg.value.startsWith('-') || i > 0).map((arg) => arg.value);
  host.emit({
    kind: 'process',
    action: 'kill',
    what: targets.join(' '),
    background: false,
    certainty: 'certain',
  });
  return undefined;
};

const teeReader: CommandReader = (call, host) => {
  const append = call.args.some((arg) => arg.value === '-a' || arg.value === '--append');
  for (const arg of call.args) {
    if (arg.value.startsWith('-')) continue;
    emitWritten(arg.value, call.input, append, host);
  }
  return undefined;
};

function emitWritten(path: string, text: string | undefined, append: boolean, host: Host): void {
  if (path.startsWith('/dev/') && !path.startsWith('/dev/shm/')) return;
  host.emit({
    kind: 'write',
    path,
    change: text === undefined ? { kind: 'unknown' } : { kind: append ? 'append' : 'set', content: text },
    creates: !append,
    certainty: 'certain',
  });
}

/** The line by which mini-SWE-agent hands in its work. */
const SUBMIT = /(?:COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT|MINI_SWE_AGENT_FINAL_OUTPUT)/;

const print: CommandReader = (call, host) => {
  if (call.args.some((arg) => SUBMIT.test(arg.value))) host.emit({ kind: 'submit', certainty: 'certain' });
  return undefined;
};

/** `mapfile < f`, `read -r x`: variables that only a shell knows. */
const readNames: CommandReader = (call, host) => {
  for (const arg of call.args) if (/^[A-Za-z_]\w*$/.test(arg.value)) host.setVariable(arg.value, undefined);
  return undefined;
};

/** `submit`, where a tool set brings it as a program: the work is handed in. */
const submit: CommandReader = (call, host) => {
  if (call.args.length === 0 && call.path === 'submit') host.emit({ kind: 'submit', certainty: 'likely' });
  else host.guess(call.path);
  return undefined;
};

export const BUILTINS: Readonly<Record<string, CommandReader>> = {
  cd: changeDirectory,
  chdir: changeDirectory,
  pushd,
  popd,
  export: exportNames,
  declare: exportNames,
  typeset: exportNames,
  readonly: exportNames,
  local: exportNames,
  unset,
  source,
  '.': source,
  eval: evaluate,
  trap,
  kill,
  tee: teeReader,
  sponge: teeReader,
  echo: print,
  printf: print,
  read: readNames,
  mapfile: readNames,
  readarray: readNames,
  submit,
};
