import type { LineRange } from '../model/effect.ts';
import type { ShownOutput } from './shown-output.ts';

/** What an output shows of one file. */
export interface ShownFile {
  /** Lines that were shown; undefined when the whole file was, or when that is not known. */
  readonly range?: LineRange;
  /** The whole content, where all of it was shown. */
  readonly content?: string;
  /** Something was cut out of what was shown. */
  readonly cut: boolean;
}

/** `     12→text` (Claude Code), `    12<tab>text` (`cat -n`, editor tools), `12:text` (SWE-agent's window). */
const NUMBERED = /^ {0,8}(\d{1,7})(?:→|\t|: ?)/;
const WINDOW = /^\[File: .* \(\d+ lines total\)\]$/m;
/** Claude Code cuts lines and files at these sizes. */
const LONGEST_LINE = 2000;

/**
 * Reads an output that shows (a part of) one file with line numbers; undefined when there are none. `requested` is
 * the range that the call asked for, undefined when it asked for the whole file.
 */
export function readNumbered(output: ShownOutput, requested: LineRange | undefined): ShownFile | undefined {
  const lines = output.text.split('\n');
  const window = WINDOW.test(output.text.slice(0, 600));
  let start = 0;
  while (start < Math.min(lines.length, 12) && !NUMBERED.test(lines[start] ?? '')) start++;
  const first = numberOf(lines[start]);
  if (first === undefined) return undefined;
  const texts: string[] = [];
  let end = start;
  for (; end < lines.length; end++) {
    const line = lines[end] ?? '';
    if (numberOf(line) !== first + texts.length) break;
    texts.push(cutNumber(line, window));
  }
  // One line alone is no listing: logs start with numbers too.
  if (texts.length < 2 && !window && requested === undefined && !/^ +\d+(?:→|\t)/.test(lines[start] ?? ''))
    return undefined;
  const rest = lines.slice(end).join('\n').trim();
  const more = rest !== '' || !output.whole;
  const range = { from: first, to: first + texts.length - 1 };
  const whole =
    first === 1 && requested === undefined && !more && !texts.some((text) => text.length >= LONGEST_LINE);
  if (!whole || (texts.length >= LONGEST_LINE && !window)) return { range, cut: !output.whole };
  return { content: closeText(texts.join('\n')), cut: false };
}

/** Reads the output of a command that prints one file and nothing else. */
export function readPlain(output: ShownOutput): ShownFile {
  if (!output.whole) return { cut: true };
  return { content: closeText(output.text), cut: false };
}

/** Text files end in a newline; frameworks cut it off. */
function closeText(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function numberOf(line: string | undefined): number | undefined {
  const digits = line === undefined ? undefined : NUMBERED.exec(line)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function cutNumber(line: string, window: boolean): string {
  const mark = NUMBERED.exec(line)?.[0] ?? '';
  // SWE-agent writes `12:text` with no blank of its own, so a blank belongs to the text.
  return line.slice(window && mark.endsWith(': ') ? mark.length - 1 : mark.length);
}
