import type { Certainty, ContentChange } from '../../../../model/effect.ts';
import { isStream } from '../../paths.ts';
import type { Machine } from './machine.ts';
import {
  type Doubt,
  type HandleValue,
  type Sources,
  sourcesOf,
  type TextValue,
  textOf,
  unite,
  type Value,
} from './values.ts';

/** What a program gets that reads a whole file. */
export function readFileText(
  machine: Machine,
  path: string | undefined,
  from: Sources,
  binary = false,
  isOpen = false,
): TextValue {
  const place = path === undefined ? undefined : machine.place(path);
  if (place === undefined) return textOf(undefined, from);
  if (!isOpen && !isStream(place)) machine.emit({ kind: 'read', path: place, certainty: 'certain' });
  const content = machine.host.content(place);
  // Line ends are made one kind when a file is read as text; bytes that are no text are not what we hold.
  const changed =
    content !== undefined && ((!binary && content.includes('\r')) || content.includes('\ufffd'));
  const edits = changed ? undefined : { path: place, version: machine.versionOf(place), changes: [] };
  return textOf(changed ? undefined : content, unite([place], from), edits);
}

/** Writes a value to a file: its content where that is known, else as a change of what the file held. */
export function writeFileText(
  machine: Machine,
  path: string | undefined,
  value: TextValue | undefined,
  options: { readonly mode: 'write' | 'append'; readonly from?: Sources; readonly doubt?: Doubt },
): void {
  const { mode } = options;
  const place = path === undefined ? undefined : machine.place(path);
  // Where a path itself depends on what a file held, it is as sure as that.
  const certainty: Certainty = (options.from?.length ?? 0) > 0 ? 'likely' : 'certain';
  const emit = (change: ContentChange, sure: Certainty = certainty): void =>
    machine.doubting(options.doubt ?? 0, () =>
      machine.write(path, change, sure, mode === 'write' && change.kind === 'set'),
    );
  if (place === undefined || !value) return emit({ kind: 'unknown' });
  if (mode === 'append') {
    if (value.text === undefined) return emit({ kind: 'unknown' });
    return emit({ kind: 'append', content: value.text }, value.from.length > 0 ? 'likely' : certainty);
  }
  if (value.text !== undefined && value.from.length === 0) return emit({ kind: 'set', content: value.text });
  const own = ownEdits(machine, place, value);
  if (own) return emit(own);
  const { edits } = value;
  if (edits && edits.path !== place && machine.versionOf(edits.path) === edits.version) {
    // Another file's text, perhaps changed: a copy that is then changed.
    machine.emit({ kind: 'copy', from: edits.path, to: place, recursive: false, certainty });
    if (edits.changes.length > 0) emit(asOne(edits.changes));
    return;
  }
  if (value.text !== undefined) return emit({ kind: 'set', content: value.text }, 'likely');
  emit({ kind: 'unknown' });
}

/** A text that came from the file itself, as a change of what it holds. */
function ownEdits(machine: Machine, place: string, value: TextValue): ContentChange | undefined {
  const { edits, text } = value;
  if (edits?.path === place && edits.version === machine.versionOf(place)) return asOne(edits.changes);
  if (text === undefined || value.from.some((path) => path !== place)) return undefined;
  const before = machine.host.content(place);
  return before === undefined ? undefined : difference(before, text);
}

function asOne(changes: readonly ContentChange[]): ContentChange {
  const [only] = changes;
  return changes.length === 1 && only ? only : { kind: 'sequence', changes };
}

/** The lines in which two contents differ, as a change of the first. */
export function difference(before: string, after: string): ContentChange {
  const whole: ContentChange = { kind: 'replace', old: before, new: after, all: false };
  if (before === after) return { kind: 'sequence', changes: [] };
  // A change of lines closes the last one; a text that does not end in a line break is compared as a whole.
  if (!before.endsWith('\n') || !after.endsWith('\n')) return whole;
  const limit = Math.min(before.length, after.length);
  let start = 0;
  let head = 0;
  while (head < limit && before.charCodeAt(head) === after.charCodeAt(head))
    if (before.charCodeAt(head++) === 10) start = head;
  let tail = 0;
  let end = 0;
  while (
    tail < limit - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    // The common end begins behind a line break of both texts.
    if (before.charCodeAt(before.length - 1 - tail) === 10) end = tail;
    tail++;
  }
  const from = countLines(before, 0, start) + 1;
  const removed = countLines(before, start, before.length - end);
  return { kind: 'splice', from, to: from + removed - 1, content: after.slice(start, after.length - end) };
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Opens a file; writing empties it at once, its new content comes when the file is closed. */
export function openFile(
  machine: Machine,
  target: Value | undefined,
  path: string | undefined,
  mode: string,
): HandleValue {
  const kind = /[wx]/.test(mode)
    ? 'write'
    : mode.includes('a')
      ? 'append'
      : mode.includes('+')
        ? 'update'
        : 'read';
  const place = path === undefined ? undefined : machine.place(path);
  if ((kind === 'read' || kind === 'update') && place !== undefined && !isStream(place))
    machine.emit({ kind: 'read', path: place, certainty: 'certain' });
  const handle: HandleValue = {
    kind: 'handle',
    path,
    from: sourcesOf(target),
    mode: kind,
    binary: mode.includes('b'),
    written: textOf(''),
    rewound: false,
    truncated: false,
    closed: false,
    doubt: machine.doubt,
    branching: machine.branching,
  };
  machine.loose.push({ handle, depth: machine.frames.length });
  return handle;
}

/** Closes a file: what was written to it is its content now. */
export function closeFile(machine: Machine, handle: HandleValue): void {
  if (handle.closed) return;
  handle.closed = true;
  const { path, from, mode, doubt } = handle;
  if (mode === 'read') return;
  const value = handle.written;
  if (mode === 'update') {
    if (value?.text === '') return;
    const whole = handle.rewound && handle.truncated ? value : undefined;
    writeFileText(machine, path, whole, { mode: 'write', from, doubt });
    return;
  }
  writeFileText(machine, path, value, { mode, from, doubt });
}
