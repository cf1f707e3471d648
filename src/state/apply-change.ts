import { exhaustive } from '../base/assert.ts';
import type { ContentChange } from '../model/effect.ts';
import { applyHunks } from './apply-hunks.ts';
import { applyPatchText } from './apply-patch.ts';
import { applySed } from './apply-sed.ts';

/**
 * The content of a file after a change that succeeded; undefined when it cannot be known. `before` is the content
 * before (`''` for a file that did not exist), undefined when that is unknown. A change that reportedly succeeded
 * but does not fit the content that we hold says that we hold the wrong content, so the answer is "unknown" too.
 */
export function applyChange(before: string | undefined, change: ContentChange): string | undefined {
  switch (change.kind) {
    case 'set':
      return change.content;
    case 'append':
      return before === undefined ? undefined : before + change.content;
    case 'replace':
      if (before === undefined || (change.plain && !isPlain(before + change.new))) return undefined;
      if (change.dropsLineEnd && change.new === '') return deleteText(before, change.old, change.all);
      if (change.lenient) return replaceLeniently(before, change.old, change.new, change.all);
      return replaceText(before, change.old, change.new, change.all);
    case 'splice':
      if (before === undefined || (change.plain && !takesLine(before, change.from, change.content)))
        return undefined;
      return spliceLines(before, change.from, change.to, change.content);
    case 'sequence': {
      let content = before;
      for (const part of change.changes) content = applyChange(content, part);
      return content;
    }
    case 'sed':
      return before === undefined ? undefined : applySed(before, change.script, change.flags);
    case 'patch':
      return before === undefined ? undefined : applyPatchText(before, change.diff, change.reverse ?? false);
    case 'hunks':
      return before === undefined ? undefined : applyHunks(before, change.hunks);
    // The history brings back an earlier version where it knows which.
    case 'undo':
    case 'unknown':
      return undefined;
    default:
      return exhaustive(change);
  }
}

function replaceText(before: string, old: string, text: string, all: boolean): string | undefined {
  // Edit tools take an empty `old` as "write this into the empty or new file".
  if (old === '') return before === '' ? text : undefined;
  const at = before.indexOf(old);
  if (at < 0) return undefined;
  if (all) return before.split(old).join(text);
  if (before.indexOf(old, at + 1) >= 0) return undefined;
  return before.slice(0, at) + text + before.slice(at + old.length);
}

/** A deleted text that ends inside a line takes the newline behind it along. */
function deleteText(before: string, old: string, all: boolean): string | undefined {
  const whole = !old.endsWith('\n') && before.includes(`${old}\n`) ? `${old}\n` : old;
  if (all || whole === old) return replaceText(before, whole, '', all);
  // The text must be there once; of its places the first at the end of a line is taken.
  return replaceText(before, old, '', false) === undefined
    ? undefined
    : replaceText(before, whole, '', false);
}

/** Neither tabs nor carriage returns, which some editors turn into blanks and newlines. */
function isPlain(text: string): boolean {
  return !/[\t\r]/.test(text);
}

/** Whether such editors agree on what a line put in makes of a file: behind an unfinished last line they do not. */
function takesLine(before: string, from: number, content: string): boolean {
  if (!isPlain(before + content)) return false;
  return before.endsWith('\n') || from < lineStarts(before).length;
}

/** Programs that replace text read and write it with plain line ends, so that others would not survive. */
function replaceLeniently(before: string, old: string, text: string, all: boolean): string | undefined {
  if (old === '' || before.includes('\r')) return undefined;
  if (all) return before.split(old).join(text);
  const at = before.indexOf(old);
  return at < 0 ? before : before.slice(0, at) + text + before.slice(at + old.length);
}

/** Lines from..to (from 1, inclusive) become `content`; `to < from` inserts before line `from`. */
function spliceLines(before: string, from: number, to: number, content: string): string | undefined {
  const starts = lineStarts(before);
  const count = starts.length - 1;
  if (from < 1 || from > count + 1) return undefined;
  const start = starts[from - 1] ?? before.length;
  const end = to < from ? start : (starts[Math.min(to, count)] ?? before.length);
  let head = before.slice(0, start);
  const tail = before.slice(end);
  if (head !== '' && !head.endsWith('\n')) head += '\n';
  const closed = content === '' || content.endsWith('\n') ? content : `${content}\n`;
  return head + closed + tail;
}

/** Offset of every line's first character, and the length at the end: n lines give n + 1 numbers. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  if (starts.at(-1) !== text.length) starts.push(text.length);
  return starts;
}
