import { exhaustive } from '../../../../base/assert.ts';
import { dirName } from '../../../../base/path.ts';
import { closeFile, openFile, readFileText, writeFileText } from '../program/file-texts.ts';
import type { Machine } from '../program/machine.ts';
import {
  type CallArguments,
  type HandleValue,
  type ListValue,
  listOf,
  type MapValue,
  NONE,
  numberOf,
  type PathValue,
  pathOf,
  pathText,
  textOf,
  UNKNOWN,
  type Value,
} from '../program/values.ts';
import { binary, display, joinPaths } from './operators.ts';
import { callTextMethod } from './text-methods.ts';

/** Methods of what a Python program holds. Undefined for those that are not known. */
export function callMethod(
  machine: Machine,
  of: Value,
  method: string,
  call: CallArguments,
): Value | undefined {
  switch (of.kind) {
    case 'text':
      return callTextMethod(of, method, call);
    case 'list':
      return callListMethod(machine, of, method, call);
    case 'map':
      return callMapMethod(machine, of, method, call);
    case 'path':
      return callPathMethod(machine, of, method, call);
    case 'handle':
      return callHandleMethod(machine, of, method, call);
    case 'number':
    case 'constant':
    case 'symbol':
    case 'function':
    case 'class':
    case 'object':
    case 'unknown':
      return undefined;
    default:
      return exhaustive(of);
  }
}

function callListMethod(
  machine: Machine,
  of: ListValue,
  method: string,
  { args }: CallArguments,
): Value | undefined {
  const [first, second] = args;
  const { items } = of;
  const lost = machine.branching > 0;
  switch (method) {
    case 'append':
    case 'extend':
    case 'insert':
    case 'pop':
    case 'remove':
    case 'clear':
    case 'reverse':
    case 'sort':
      break;
    case 'copy':
      return listOf(items && [...items]);
    case 'index': {
      const at =
        first?.kind === 'text' && first.text !== undefined
          ? items?.findIndex((item) => item.kind === 'text' && item.text === first.text)
          : undefined;
      const sure = items?.slice(0, at).every((item) => item.kind === 'text' && item.text !== undefined);
      return at === undefined || at < 0 || !sure ? UNKNOWN : numberOf(at);
    }
    default:
      return UNKNOWN;
  }
  if (!items || lost) {
    of.items = undefined;
    return UNKNOWN;
  }
  const at = first?.kind === 'number' ? first.value : undefined;
  if (method === 'append' && first) items.push(first);
  else if (method === 'extend' && first?.kind === 'list' && first.items)
    of.items = [...items, ...first.items];
  else if (method === 'insert' && at !== undefined && second) items.splice(at, 0, second);
  else if (method === 'pop' && (!first || at !== undefined)) {
    const index = at ?? items.length - 1;
    return items.splice(index < 0 ? items.length + index : index, 1)[0] ?? UNKNOWN;
  } else if (method === 'clear') of.items = [];
  else if (method === 'reverse') items.reverse();
  else of.items = undefined;
  return NONE;
}

function callMapMethod(
  machine: Machine,
  of: MapValue,
  method: string,
  { args, named }: CallArguments,
): Value | undefined {
  const [first, second] = args;
  const { entries } = of;
  switch (method) {
    case 'items':
      return listOf(entries && [...entries].map(([key, value]) => listOf([textOf(key), value], true)));
    case 'keys':
      return listOf(entries && [...entries.keys()].map((key) => textOf(key)));
    case 'values':
      return listOf(entries && [...entries.values()]);
    case 'get':
      if (!entries || first?.kind !== 'text' || first.text === undefined) return UNKNOWN;
      return entries.get(first.text) ?? second ?? NONE;
    case 'copy':
      return { kind: 'map', entries: entries && new Map(entries) };
    case 'update':
      if (entries && first?.kind === 'map' && first.entries && named.size === 0 && machine.branching === 0)
        for (const [key, value] of first.entries) entries.set(key, value);
      else of.entries = undefined;
      return NONE;
    default:
      of.entries = undefined;
      return UNKNOWN;
  }
}

const TRANSPARENT = new Set(['resolve', 'absolute', 'expanduser', 'as_posix', '__str__', '__fspath__']);

function callPathMethod(
  machine: Machine,
  of: PathValue,
  method: string,
  call: CallArguments,
): Value | undefined {
  const { path, from } = of;
  const [first] = call.args;
  if (TRANSPARENT.has(method)) return of;
  const place = path === undefined ? undefined : machine.place(path);
  const certainty = from.length > 0 ? 'likely' : 'certain';
  switch (method) {
    case 'read_text':
    case 'read_bytes':
      return readFileText(machine, path, from, method === 'read_bytes');
    case 'write_text':
    case 'write_bytes':
      writeFileText(machine, path, first?.kind === 'text' ? first : undefined, { mode: 'write', from });
      return UNKNOWN;
    case 'open': {
      const mode = call.args[0] ?? call.named.get('mode');
      return openFile(machine, of, path, modeOf(mode));
    }
    case 'touch':
      if (place === undefined) machine.outputs(certainty);
      else
        machine.emit({
          kind: 'write',
          path: place,
          change: { kind: 'append', content: '' },
          creates: true,
          certainty,
        });
      return NONE;
    case 'unlink':
    case 'rmdir':
      if (place === undefined) machine.outputs(certainty);
      else machine.emit({ kind: 'delete', path: place, recursive: false, certainty });
      return NONE;
    case 'mkdir':
      if (place === undefined) machine.outputs(certainty);
      else machine.emit({ kind: 'mkdir', path: place, certainty });
      return NONE;
    case 'chmod':
      if (place !== undefined) machine.emit({ kind: 'mode', path: place, mode: '', certainty });
      return NONE;
    case 'rename':
    case 'replace': {
      const to = pathText(first);
      const target = to === undefined ? undefined : machine.place(to);
      if (place === undefined || target === undefined) machine.outputs(certainty);
      else machine.emit({ kind: 'move', from: place, to: target, certainty });
      return UNKNOWN;
    }
    case 'symlink_to':
    case 'hardlink_to': {
      if (place === undefined) machine.outputs(certainty);
      else machine.write(path, { kind: 'unknown' }, certainty, true);
      return NONE;
    }
    case 'joinpath':
      return call.args.reduce<Value>((left, right) => joinPaths(left, right), of);
    case 'with_suffix':
      if (path === undefined || first?.kind !== 'text' || first.text === undefined)
        return pathOf(undefined, from);
      return pathOf(path.replace(/(?<=[^/])\.[^./]*$/, '') + first.text, from);
    case 'with_name':
      if (path === undefined || first?.kind !== 'text' || first.text === undefined)
        return pathOf(undefined, from);
      return joinPaths(pathOf(dirName(path), from), first);
    case 'glob':
    case 'rglob':
    case 'iterdir':
      if (place !== undefined)
        machine.emit({ kind: 'search', paths: [place === '' ? '.' : place], certainty });
      return UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** The mode that a call opens a file with; `r` unless given. */
export function modeOf(value: Value | undefined): string {
  if (!value) return 'r';
  return value.kind === 'text' && value.text !== undefined ? value.text : 'w+';
}

function callHandleMethod(
  machine: Machine,
  of: HandleValue,
  method: string,
  call: CallArguments,
): Value | undefined {
  const [first] = call.args;
  const reads = of.mode === 'read' || of.mode === 'update';
  switch (method) {
    case 'read':
      if (!reads) return textOf(undefined, of.from);
      if (first) return textOf(undefined, [...of.from, of.path ?? '']);
      return readFileText(machine, of.path, of.from, of.binary, true);
    case 'readlines': {
      const text = readFileText(machine, of.path, of.from, of.binary, true);
      const keep: Value = { kind: 'constant', value: true, from: [] };
      return callTextMethod(text, 'splitlines', { args: [keep], named: new Map() });
    }
    case 'readline':
      return textOf(undefined, of.from);
    case 'write':
      writeTo(machine, of, first ?? UNKNOWN);
      return UNKNOWN;
    case 'writelines': {
      const empty = textOf('');
      writeTo(
        machine,
        of,
        callTextMethod(empty, 'join', { args: [first ?? UNKNOWN], named: new Map() }) ?? UNKNOWN,
      );
      return NONE;
    }
    case 'seek':
      if (first?.kind === 'number' && first.value === 0 && call.args.length === 1) of.rewound = true;
      else of.written = undefined;
      return UNKNOWN;
    case 'truncate':
      of.truncated = true;
      return UNKNOWN;
    case 'close':
      closeFile(machine, of);
      return NONE;
    default:
      return UNKNOWN;
  }
}

/** Adds to what a file will hold; what only perhaps happens makes that unknown. */
export function writeTo(machine: Machine, of: HandleValue, value: Value): void {
  if (of.closed || of.mode === 'read') return;
  if (machine.branching > of.branching || value.kind !== 'text' || !of.written) {
    of.written = undefined;
    return;
  }
  const joined = binary('+', of.written, value);
  of.written = joined.kind === 'text' ? joined : undefined;
}

/** `print(…, file=handle)`. */
export function printTo(machine: Machine, of: HandleValue, call: CallArguments): void {
  const end = call.named.get('end');
  const separator = call.named.get('sep');
  if (end || separator) {
    writeTo(machine, of, UNKNOWN);
    return;
  }
  let line: Value = textOf('');
  for (const [i, arg] of call.args.entries())
    line = binary('+', binary('+', line, textOf(i === 0 ? '' : ' ')), display(arg));
  writeTo(machine, of, binary('+', line, textOf('\n')));
}
