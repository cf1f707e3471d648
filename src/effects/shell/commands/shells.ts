import { guessProgram } from '../guess-program.ts';
import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';

/** `bash -c TEXT`, `bash script.sh`, `bash <<EOF`. */
const shell: CommandReader = (call, host) => {
  const values = optionSet('-o -O --rcfile --init-file');
  const options = readOptions(call.args, { values, dash: 'letters', stopAtOperand: true });
  const [first, ...rest] = options.operands;
  if (options.has('-n') && !options.has('-c')) {
    // `bash -n` only checks the syntax.
    if (first) host.emit({ kind: 'read', path: first.value, certainty: 'certain' });
    return undefined;
  }
  if (options.has('-c')) {
    if (first?.known || (first && first.value.length > 0)) host.shell(first.value, 'child');
    return undefined;
  }
  if (!first || first.value === '-' || options.has('-s')) {
    if (call.draftInput !== undefined) host.shell(call.draftInput, 'child');
    else if (call.hasInput) host.emit({ kind: 'build', tool: call.name, targets: [], certainty: 'likely' });
    return undefined;
  }
  const text = host.script(first.value);
  if (text !== undefined) {
    host.emit({ kind: 'run', program: call.name, script: first.value, certainty: 'certain' });
    host.shell(text, 'child');
  } else {
    guessProgram({ ...call, args: rest }, host, first.value);
  }
  return undefined;
};

/** `su - user -c TEXT`. */
const su: CommandReader = (call, host) => {
  const options = readOptions(call.args, {
    values: optionSet('-c -s -g --command --shell'),
    dash: 'letters',
  });
  const text = options.value('-c', '--command');
  if (text) host.shell(text.value, 'child');
  return undefined;
};

const SSH_VALUES = optionSet('-p -i -l -o -F -L -R -D -J -W -b -c -E -e -m -O -Q -S -w -B -I');

/** `ssh host cmd`: what runs there changes another machine; without a command, text on its input does. */
const ssh: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: SSH_VALUES, dash: 'letters', stopAtOperand: true });
  const [target, ...words] = options.operands;
  if (!target || options.has('-V', '-Q', '-G')) return undefined;
  const text = words.length > 0 ? words.map((word) => word.value).join(' ') : call.draftInput;
  host.emit({
    kind: 'remote',
    host: target.value,
    ...(text !== undefined && { command: text }),
    certainty: 'certain',
  });
  if (text !== undefined) host.elsewhere(target.value, () => host.shell(text, 'child'));
  if (options.has('-f', '-N') && !options.has('-T'))
    host.emit({ kind: 'process', action: 'start', what: 'ssh', background: true, certainty: 'likely' });
  return undefined;
};

/** `chroot DIR cmd`. */
const chroot: CommandReader = (call, host) => {
  const options = readOptions(call.args, {
    values: optionSet('-u -g'),
    dash: 'letters',
    stopAtOperand: true,
  });
  const [folder, ...words] = options.operands;
  if (!folder || words.length === 0) return undefined;
  host.emit({ kind: 'remote', host: folder.value, certainty: 'certain' });
  host.elsewhere(folder.value, () => host.command(words));
  return undefined;
};

const sshpass: CommandReader = (call) => {
  const options = readOptions(call.args, {
    values: optionSet('-p -f -d -P'),
    dash: 'letters',
    stopAtOperand: true,
  });
  return { next: options.operands };
};

export const SHELLS: Readonly<Record<string, CommandReader>> = {
  bash: shell,
  sh: shell,
  zsh: shell,
  dash: shell,
  ash: shell,
  ksh: shell,
  fish: shell,
  su,
  ssh,
  chroot,
  sshpass,
};
