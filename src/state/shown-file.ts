import type { LineRange } from '../model/effect.ts';
import type { ShownOutput } from './shown-output.ts';

/** What an output shows of one file. */
export interface ShownFile {
  /** Lines that were shown; undefined when the whole file was, or when that is not known. */
  readonly range?: LineRange;
  /** The whole content, where all of it was shown. */
  readonly content?: string;
  /** Whether the end of the content is as it was shown, and not closed by us. */
  readonly endKnown?: boolean;
  /** Something was cut out of what was shown. */
  readonly cut: boolean;
}

/** `     12→text` (Claude Code), `    12<tab>text` (`cat -n`, editor tools); `12:text` in SWE-agent's window. */
const NUMBERED = /^ {0,8}(\d{1,7})(?:→|\t)/;
const WINDOW_LINE = /^(\d{1,7}):/;
/** The last line, empty, whose tab was cut off with the blanks at the end of the output. */
const LAST_NUMBER = /^ +(\d{1,7})$/;
const WINDOW = /^\[File: .{1,400} \((\d{1,9}) lines total\)\]$/m;
/** Claude Code cuts lines and files at these sizes. */
const LONGEST_LINE = 2000;

/**
 * Reads an output that shows (a part of) one file with line numbers; undefined when there are none. `requested` is
 * the range that the call asked for, undefined when it asked for the whole file.
 */
export function readNumbered(output: ShownOutput, requested: LineRange | undefined): ShownFile | undefined {
  const lines = output.text.split('\n');
  const total = WINDOW.exec(output.text.slice(0, 600))?.[1];
  const mark = total === undefined ? NUMBERED : WINDOW_LINE;
  let start = 0;
  while (start < Math.min(lines.length, 12) && !mark.test(lines[start] ?? '')) start++;
  const first = numberOf(lines[start], mark);
  if (first === undefined) return undefined;
  const texts: string[] = [];
  let end = start;
  for (; end < lines.length; end++) {
    const line = lines[end] ?? '';
    const expected = first + texts.length;
    if (numberOf(line, mark) === expected) texts.push(line.replace(mark, ''));
    else if (texts.length > 0 && numberOf(line, LAST_NUMBER) === expected) texts.push('');
    else break;
  }
  // One line alone is no listing: logs start with numbers too.
  if (texts.length < 2 && total === undefined && requested === undefined && !/^ +\d/.test(lines[start] ?? ''))
    return undefined;
  const range = { from: first, to: first + texts.length - 1 };
  const rest = lines.slice(end).join('\n').trim();
  const whole =
    total === undefined
      ? requested === undefined && rest === '' && texts.length < LONGEST_LINE && texts.every(isShort)
      : texts.length === Number(total);
  if (!whole || first !== 1 || !output.whole) return { range, cut: !output.whole };
  return { content: closeText(texts.join('\n')), cut: false };
}

/** Reads the output of a command that prints one file and nothing else. */
export function readPlain(output: ShownOutput): ShownFile {
  if (!output.whole) return { cut: true };
  return output.endKnown
    ? { content: output.text, endKnown: true, cut: false }
    : { content: closeText(output.text), cut: false };
}

/** Text files end in a newline; frameworks cut it off. */
function closeText(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function numberOf(line: string | undefined, mark: RegExp): number | undefined {
  const digits = line === undefined ? undefined : mark.exec(line)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function isShort(text: string): boolean {
  return text.length < LONGEST_LINE;
}
