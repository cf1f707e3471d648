import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';

/** `ed`, `ex`, `vim -es`: keystrokes of an editor; the file that they are for may be written. */
const editor: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: optionSet('-c -S -u -p --cmd'), dash: 'letters' });
  const keys = [...options.values('-c', '--cmd', '+').map((value) => value.value), call.draftInput ?? '']
    .filter((text) => text !== '')
    .join('\n');
  const scripted = keys !== '' || call.hasInput;
  const writes =
    !scripted ||
    /(?:^|[|\n:\s])(?:w|wq|x|wq!|w!|update|up|ZZ|wa|wqa|xa)(?:$|[\s!|])/m.test(keys) ||
    call.draftInput === undefined;
  for (const path of options.operands) {
    if (path.value.startsWith('+')) continue;
    if (writes && !options.has('-R'))
      host.emit({ kind: 'write', path: path.value, change: { kind: 'unknown' }, certainty: 'likely' });
    else host.emit({ kind: 'read', path: path.value, certainty: 'certain' });
  }
  host.emit({ kind: 'keys', session: call.name, keys, certainty: 'likely' });
  return undefined;
};

export const EDITORS: Readonly<Record<string, CommandReader>> = {
  ed: editor,
  ex: editor,
  vim: editor,
  vi: editor,
  nvim: editor,
  nano: editor,
  emacs: editor,
};
