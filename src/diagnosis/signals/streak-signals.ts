import { hashText } from '../../base/hash.ts';
import { quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import { errorEvidence } from './error-signals.ts';
import type { SignalRule } from './signal-rule.ts';

/** Steps on either side that count as near. */
const NEAR = 3;

/** How steps stand among their neighbours: in rows of the same, in stretches of failures, in a run that fails a lot. */
export const streakSignals: SignalRule = ({ context }, emit) => {
  const { steps } = context;
  const programs = steps.map(programOf);
  const bad = steps.map(isBad);
  const badSoFar = [0];
  for (const one of bad) badSoFar.push((badSoFar.at(-1) ?? 0) + (one ? 1 : 0));
  const total = badSoFar.at(-1) ?? 0;
  const alike = new Map<number, number>();
  let row = 0;
  let failing = 0;
  for (const [index, step] of steps.entries()) {
    const quote = quoteHead(step.record.step, 'action');
    row = index > 0 && programs[index] === programs[index - 1] ? row + 1 : 0;
    if (row > 0) emit(step, 'same-program', row / (row + 2), quote);
    failing = bad[index] ? failing + 1 : 0;
    if (failing > 1) emit(step, 'fails-in-a-row', 1 - 1 / failing, errorEvidence(step));
    const from = Math.max(0, index - NEAR);
    const to = Math.min(steps.length, index + NEAR + 1);
    const near = (badSoFar[to] ?? 0) - (badSoFar[from] ?? 0) - (bad[index] ? 1 : 0);
    if (near > 0) emit(step, 'failures-near', near / Math.max(1, to - from - 1), quote);
    if (total > 0) emit(step, 'run-fails', total / steps.length);
    emit(step, 'run-length', steps.length / (steps.length + 40));
    const key = outlineOf(step);
    const times = alike.get(key) ?? 0;
    if (times > 0) emit(step, 'like-earlier', times / (times + 1), quote);
    alike.set(key, times + 1);
  }
};

function isBad({ record }: MainStep): boolean {
  return record.failed || record.errors.length > 0;
}

function programOf({ record }: MainStep): string {
  return record.effects.programs.find((program) => program !== 'cd') ?? record.step.tool;
}

const CUT = /\s*(?:#>&#|#?>\s?\/dev\/null|\|\s*(?:head|tail)\b[^|&;]*)/g;

/** Equal for commands that differ only in numbers, in where they change to first, and in how their output is cut. */
function outlineOf({ record }: MainStep): number {
  const text = record.step.action
    .slice(0, 2000)
    .replace(/^\s*cd \S+ && /, '')
    .replace(/\d+/g, '#');
  const bare = /[>|]/.test(text) ? text.replace(CUT, '') : text;
  return hashText(`${record.step.tool}\u0000${bare.replace(/\s+/g, ' ').trim()}`);
}
