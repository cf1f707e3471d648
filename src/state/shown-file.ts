import type { LineRange } from '../model/effect.ts';
import type { ShownOutput } from './shown-output.ts';
import type { ShownWindow } from './window-ledger.ts';

/** What an output shows of one file. */
export interface ShownFile {
  /** Lines that were shown; undefined when the whole file was, or when that is not known. */
  readonly range?: LineRange;
  /** The whole content, where all of it was shown. */
  readonly content?: string;
  /** Whether the end of the content is as it was shown, and not closed by us. */
  readonly endKnown?: boolean;
  /** The lines of `range`, where each was shown to its end. */
  readonly window?: ShownWindow;
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
  if (!whole || first !== 1 || !output.whole) {
    const fits = output.whole && texts.length > 0 && texts.every(isShort);
    const length = total === undefined ? endOf(range, requested, rest) : Number(total);
    const window = fits ? { from: first, lines: texts, total: length } : undefined;
    return { range, cut: !output.whole, ...(window && { window }) };
  }
  return { content: closeText(texts.join('\n')), cut: false };
}

/** Length of a file of which less was shown than was asked for: the window ends where the file does. */
function endOf(
  range: { readonly from: number; readonly to: number },
  requested: LineRange | undefined,
  rest: string,
): number | undefined {
  if (rest !== '' || requested?.to === undefined || requested.from !== range.from) return undefined;
  return range.to < requested.to ? range.to : undefined;
}

/** Lines that a command prints without their numbers: the first of them is the first that it was asked for. */
export function readPlainWindow(output: ShownOutput, requested: LineRange): ShownFile | undefined {
  if (!output.whole || output.text === '') return undefined;
  const lines = output.text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const most = requested.to === undefined ? undefined : requested.to - requested.from + 1;
  if (most !== undefined && lines.length > most) return undefined;
  const to = requested.from + lines.length - 1;
  // Blank lines at the end of an output may have been cut off with its last newline.
  const ends = output.endKnown === true && (most === undefined || lines.length < most);
  const window = { from: requested.from, lines, total: ends ? to : undefined };
  return { range: { from: requested.from, to }, window, cut: false };
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
