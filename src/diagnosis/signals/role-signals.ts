import { quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import { errorEvidence } from './error-signals.ts';
import type { Emit, SignalRule } from './signal-rule.ts';

const SERVER =
  /\b(?:serve|server|flask|uvicorn|gunicorn|http\.server|node|npm (?:start|run)|sshd|nginx|daemon)\b/i;
const DETACHED = /\b(?:nohup|setsid|disown|systemctl|service|daemon|tmux|screen)\b/;

/** What kind of step it is and where it stands. */
export const roleSignals: SignalRule = ({ context, anchors, slice }, emit) => {
  const last = context.steps.at(-1);
  const lengths = context.steps.map((step) => step.record.step.observation?.length ?? 0);
  const usual = median(lengths);
  for (const step of context.steps) {
    const { record } = step;
    const quote = quoteHead(record.step, 'action');
    const { effects, class: stepClass } = record.effects.requested;
    if (stepClass === 'explore' && !step.submits) emit(step, 'explores', 1, quote);
    if (step.verifies) emit(step, 'verifies', 1, quote);
    if (effects.some((effect) => effect.kind === 'package')) emit(step, 'installs', 1, quote);
    if (step.submits) emitSubmit(step, context.steps, emit);
    emitRunning(step, emit);
    const distance = slice.get(step.ordinal);
    if (distance !== undefined) emit(step, 'in-slice', 1 / (1 + distance), quote);
    if ((lengths[step.ordinal - 1] ?? 0) > 4 * usual + 2000) emit(step, 'long-output', 1, quote);
    emitPosition(step, context.steps.length, emit);
  }
  if (!last) return;
  emit(last, 'last-step', 1, quoteHead(last.record.step, 'action'));
  const missing = anchors.find((anchor) => anchor.kind === 'missing-output');
  if (missing) emit(last, 'ends-without-output', 1, ...missing.evidence);
};

function emitPosition(step: MainStep, count: number, emit: Emit): void {
  const position = count < 2 ? 1 : (step.ordinal - 1) / (count - 1);
  emit(step, 'position', position);
  if (position < 0.2) emit(step, 'early', 1 - position / 0.2);
  if (position > 0.8) emit(step, 'late', (position - 0.8) / 0.2);
}

function emitSubmit(step: MainStep, steps: readonly MainStep[], emit: Emit): void {
  emit(step, 'submits', 1, quoteHead(step.record.step, 'action'));
  const check = steps.slice(0, step.ordinal - 1).findLast((earlier) => earlier.verifies);
  const failed = check && (check.record.failed || check.record.errors.length > 0);
  if (failed) emit(step, 'submits-failing', 1, errorEvidence(check));
}

function emitRunning(step: MainStep, emit: Emit): void {
  const { action, args } = step.record.step;
  const starts = step.record.effects.requested.effects.some(
    (effect) => effect.kind === 'process' && effect.action === 'start' && effect.background,
  );
  const background = starts || args?.run_in_background === true;
  if (background && SERVER.test(action) && !DETACHED.test(action)) {
    emit(step, 'leaves-running', 1, quoteHead(step.record.step, 'action'));
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
