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

/** What a step's output says, line by line, without the frame of the harness and line numbers. */
export function bareLines(step: Step): string[] {
  return linesOf((step.observation ?? '').replace(REMINDER, '')).filter((line) => !FRAME.test(line));
}

/** The telling lines of a text: trimmed, without line numbers. */
export function linesOf(text: string): string[] {
  let lines = text.split('\n');
  if (lines.length > MOST) lines = [...lines.slice(0, MOST / 2), ...lines.slice(-MOST / 2)];
  return lines.map((line) => line.trim().replace(NUMBERED, '').trim()).filter((line) => line.length >= SHORT);
}

/** Equal for lines that differ in digits alone: clocks, counters, sizes. */
export function shapeOf(line: string): number {
  return hashText(line.replace(/\d+/g, '#'), 1);
}
