import { hashText } from '../../base/hash.ts';
import type { Step } from '../../model/step.ts';

/** Tags that harnesses put around outputs, and their notes on exit statuses. */
const FRAME =
  /^<\/?[\w-]+>(?:-?\d+<\/\w+>)?$|^\[error\] tool reported failure$|^Exit code \d+$|^Shell cwd was reset to \S+$|^\((?:Bash|Command) completed with no output\)$|^\[(?:metadata|The command completed|Current working directory|Python interpreter|Command finished)\b/i;
/** A harness's standing advice to the agent, put below outputs. */
const REMINDER = /<system-reminder>[^<]*<\/system-reminder>/g;
/** Line numbers that viewers print before lines. */
const NUMBERED = /^\d+(?:→|:|\t|-| \| ?)\s?/;
/** Lines shorter than this (brackets, blank lines) are in every output. */
const SHORT = 3;
/** Outputs of megabytes are read at both ends. */
const MOST = 2000;

/** So many lines of a run's outputs are kept for the next rule that asks for them. */
const KEPT = 200_000;

/** What a step's output says, line by line, without the frame of the harness and line numbers. */
export function bareLines(step: Step): string[] {
  const output = step.observation ?? '';
  return linesOf(output.includes('<system-reminder>') ? output.replace(REMINDER, '') : output).filter(
    (line) => !mayFrame(line.charCodeAt(0)) || !FRAME.test(line),
  );
}

/** `bareLines` of the steps of one run, each cut out once as long as they are not too many. */
export function keepBareLines(): (step: Step) => readonly string[] {
  const known = new Map<Step, readonly string[]>();
  let kept = 0;
  return (step) => {
    const lines = known.get(step) ?? bareLines(step);
    if (kept + lines.length <= KEPT && !known.has(step)) {
      known.set(step, lines);
      kept += lines.length;
    }
    return lines;
  };
}

/** Whether a line that starts so can be a frame: with a tag, a bracket, "Exit", "Shell". */
function mayFrame(code: number): boolean {
  switch (code) {
    case 0x28:
    case 0x3c:
    case 0x5b:
    case 0x45:
    case 0x65:
    case 0x53:
    case 0x73:
      return true;
    default:
      return false;
  }
}

/** The telling lines of a text: trimmed, without line numbers. */
export function linesOf(text: string): string[] {
  let lines = text.split('\n');
  if (lines.length > MOST) lines = [...lines.slice(0, MOST / 2), ...lines.slice(-MOST / 2)];
  const telling: string[] = [];
  for (const whole of lines) {
    let line = whole.trim();
    if (line.length < SHORT) continue;
    if (isDigit(line.charCodeAt(0))) line = line.replace(NUMBERED, '').trim();
    if (line.length >= SHORT) telling.push(line);
  }
  return telling;
}

/** What a set keeps of a line: itself, of long lines a hash. */
export type LineKey = string | number;

/** Lines longer than this are told apart by their hashes: tables hash texts of thousands of characters poorly. */
const LONG = 400;

export function keyOf(line: string): LineKey {
  return line.length > LONG ? hashText(line) : line;
}

/** Equal for lines that differ in digits alone: clocks, counters, sizes. */
export function shapeOf(line: string): LineKey {
  return line.length > LONG || DIGIT.test(line) ? hashText(line.replace(DIGITS, '#'), 1) : line;
}

/** A digit, or what stands for digits in a shape. */
const DIGIT = /[\d#]/;
const DIGITS = /\d+/g;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
