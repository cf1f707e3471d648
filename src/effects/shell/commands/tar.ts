import { applySpec } from '../apply-spec.ts';
import { findSpec } from '../catalogue/index.ts';
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

/** `unzip ARCHIVE [-d FOLDER]`: lists, tests or prints with other letters. */
const unzip: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: optionSet('-d -P -x'), dash: 'letters' });
  const [archive] = options.operands;
  if (!archive) return undefined;
  host.emit({ kind: 'read', path: archive.value, certainty: 'certain' });
  if (options.has('-l', '-v', '-t', '-p', '-Z', '-z', '-c')) return undefined;
  const folder = options.value('-d')?.value ?? '.';
  host.emit({ kind: 'build', tool: 'unzip', targets: [folder], certainty: 'certain' });
  return undefined;
};

/** `7z x ARCHIVE -oFOLDER`; its other letters stand in the catalogue. */
const sevenZip: CommandReader = (call, host) => {
  const [letter, ...rest] = call.args;
  if (letter?.value !== 'x' && letter?.value !== 'e') {
    const spec = findSpec(call.name);
    if (spec) applySpec(spec, call, host);
    return undefined;
  }
  const archive = rest.find((arg) => !arg.value.startsWith('-'));
  if (archive) host.emit({ kind: 'read', path: archive.value, certainty: 'certain' });
  if (rest.some((arg) => arg.value === '-so')) return undefined;
  const folder = rest.find((arg) => /^-o./.test(arg.value))?.value.slice(2) ?? '.';
  host.emit({ kind: 'build', tool: call.name, targets: [folder], certainty: 'certain' });
  return undefined;
};

export const TAR: Readonly<Record<string, CommandReader>> = {
  tar,
  bsdtar: tar,
  gtar: tar,
  unzip,
  '7z': sevenZip,
  '7za': sevenZip,
  '7zr': sevenZip,
  '7zz': sevenZip,
};
