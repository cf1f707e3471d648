import type { CommandReader } from '../host.ts';
import { isStream } from '../paths.ts';

/** `dd if=A of=B`. */
const dd: CommandReader = (call, host) => {
  for (const arg of call.args) {
    const match = /^(if|of)=(.*)$/s.exec(arg.value);
    const path = match?.[2];
    if (path === undefined || isStream(path)) continue;
    if (match?.[1] === 'if') host.emit({ kind: 'read', path, certainty: 'certain' });
    else host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
  }
  return undefined;
};

/** `xxd -r a b` and `xxd a b` write their second operand. */
const xxd: CommandReader = (call, host) => {
  const valued = new Set(['-l', '-c', '-g', '-s', '-o', '-n']);
  const operands = call.args.filter(
    (arg, i) => !arg.value.startsWith('-') && !valued.has(call.args[i - 1]?.value ?? ''),
  );
  const [input, output] = operands;
  if (input && !isStream(input.value)) host.emit({ kind: 'read', path: input.value, certainty: 'certain' });
  if (output && !isStream(output.value))
    host.emit({ kind: 'write', path: output.value, change: { kind: 'unknown' }, certainty: 'certain' });
  return undefined;
};

/** `uniq in out` writes its second operand. */
const uniq: CommandReader = (call, host) => {
  const operands = call.args.filter(
    (arg, i) => !arg.value.startsWith('-') && !/^-[fsw]$/.test(call.args[i - 1]?.value ?? ''),
  );
  const [input, output] = operands;
  if (input && !isStream(input.value)) host.emit({ kind: 'read', path: input.value, certainty: 'certain' });
  if (output && !isStream(output.value))
    host.emit({ kind: 'write', path: output.value, change: { kind: 'unknown' }, certainty: 'certain' });
  return undefined;
};

export const DEVICES: Readonly<Record<string, CommandReader>> = { dd, xxd, uniq };
