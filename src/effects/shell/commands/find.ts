import type { CommandReader } from '../host.ts';
import type { Arg } from '../resolve-word.ts';

/** Tests and actions of `find` that take one value; everything else takes none. */
const PRINTS_TO = new Set(['-fprint', '-fprint0', '-fls', '-fprintf']);

/** `find PATH… EXPRESSION`: a search, and what `-exec`, `-delete` and `-fprint` do with its finds. */
const find: CommandReader = (call, host) => {
  const { args } = call;
  let at = 0;
  while (/^-(?:[HLP]|O\d)$/.test(args[at]?.value ?? '')) at++;
  const paths: string[] = [];
  for (; at < args.length && !/^[-(!]/.test(args[at]?.value ?? ''); at++) paths.push(args[at]?.value ?? '');
  let pattern: string | undefined;
  const commands: Arg[][] = [];
  let deletes = false;
  // Whether a pattern over all folders below says just which files are found.
  let exact = true;
  for (let i = at; i < args.length; i++) {
    const word = args[i]?.value ?? '';
    if (word === '-exec' || word === '-execdir' || word === '-ok' || word === '-okdir') {
      let end = i + 1;
      while (end < args.length && args[end]?.value !== ';' && args[end]?.value !== '+') end++;
      commands.push(args.slice(i + 1, end));
      i = end;
    } else if (word === '-delete') deletes = true;
    else if (/^-i?(?:name|path|regex|wholename)$/.test(word)) {
      if (word !== '-name' || pattern !== undefined) exact = false;
      const value = args[++i]?.value;
      pattern ??= value;
    } else if (word === '-type') {
      if (args[++i]?.value !== 'f') exact = false;
    } else if (PRINTS_TO.has(word)) {
      const path = args[++i]?.value;
      if (path !== undefined)
        host.emit({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' });
    } else if (!/^-(?:print0?|depth|d)$/.test(word)) exact = false;
  }
  const where = paths.length > 0 ? paths : ['.'];
  host.emit({
    kind: 'search',
    ...(pattern !== undefined && { pattern }),
    paths: where,
    certainty: 'certain',
  });
  // Without a name all that is below is found, folders among it.
  const sure = exact && pattern !== undefined;
  const found = where.map((path) => `${path.replace(/\/$/, '')}/**/${pattern ?? '*'}`);
  if (deletes)
    for (const path of found)
      host.emit({ kind: 'delete', path, recursive: true, certainty: sure ? 'certain' : 'likely' });
  // What `-exec` gets has no names here: a pattern stands for it where it says all.
  for (const words of commands)
    for (const names of sure ? found : ['{}'])
      host.command(
        words.map((word) =>
          word.value.includes('{}') ? { value: word.value.replaceAll('{}', names), known: false } : word,
        ),
      );
  return undefined;
};

export const FIND: Readonly<Record<string, CommandReader>> = { find, gfind: find };
