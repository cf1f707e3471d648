import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';

const VALUES = optionSet(
  '-f -C -T -X -I -b -H -L -V --file --directory --exclude --transform --strip-components --use-compress-program --files-from --owner --group --mtime',
);

/** `tar`: its mode letter decides, with or without a dash in front. */
const tar: CommandReader = (call, host) => {
  const [first, ...rest] = call.args;
  const bundled = first && !first.value.startsWith('-');
  const args = bundled ? [{ ...first, value: `-${first.value}` }, ...rest] : call.args;
  const options = readOptions(args, { values: VALUES, dash: 'letters' });
  const archive = options.value('-f', '--file')?.value ?? '-';
  const folder = options.value('-C', '--directory')?.value;
  if (options.has('-x', '--extract', '--get')) {
    if (archive !== '-') host.emit({ kind: 'read', path: archive, certainty: 'certain' });
    // `-O` prints what it extracts.
    if (!options.has('-O', '--to-stdout'))
      host.emit({ kind: 'build', tool: call.name, targets: [folder ?? '.'], certainty: 'certain' });
  } else if (options.has('-c', '-r', '-u', '-A', '--create', '--append', '--update', '--delete')) {
    for (const path of options.operands) host.emit({ kind: 'read', path: path.value, certainty: 'certain' });
    if (archive !== '-' && archive !== '/dev/null')
      host.emit({ kind: 'write', path: archive, change: { kind: 'unknown' }, certainty: 'certain' });
    if (options.has('--remove-files'))
      for (const path of options.operands)
        host.emit({ kind: 'delete', path: path.value, recursive: true, certainty: 'certain' });
  } else if (archive !== '-') {
    host.emit({ kind: 'read', path: archive, certainty: 'certain' });
  }
  return undefined;
};

export const TAR: Readonly<Record<string, CommandReader>> = { tar, bsdtar: tar, gtar: tar };
