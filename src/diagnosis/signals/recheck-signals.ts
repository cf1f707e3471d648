import { quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import { errorEvidence } from './error-signals.ts';
import type { Emit, SignalRule } from './signal-rule.ts';

/** Looks that repeat a known answer, and steps after the work was done. */
export const recheckSignals: SignalRule = ({ context }, emit) => {
  const lastWork = context.steps.findLast((step) => step.sources.length > 0)?.ordinal;
  const since = { passed: 0, failed: 0, looks: 0 };
  const notes = { again: 0, done: 0 };
  let lastPassed: MainStep | undefined;
  for (const step of context.steps) {
    const quote = quoteHead(step.record.step, 'action');
    if (lastWork !== undefined && step.ordinal > lastWork) {
      emit(step, 'after-work', Math.min(1, (step.ordinal - lastWork) / 10), quote);
      if (since.passed > 0)
        emit(step, 'after-passing', 1, quote, lastPassed && quoteHead(lastPassed.record.step, 'action'));
    }
    emitNotes(step, notes, emit);
    const bad = isBad(step);
    if (step.verifies) {
      if (since.passed > 0 && lastWork !== undefined && step.ordinal > lastWork)
        emit(step, 'late-check', 1, quote);
      if (since.passed > 0) emit(step, 'checks-again', 1 - 1 / (1 + since.passed), quote);
      if (bad && since.failed > 0)
        emit(step, 'fails-unchanged', 1 - 1 / (1 + since.failed), errorEvidence(step));
    }
    if (step.scratch.length > 0 && step.sources.length === 0 && since.passed > 0)
      emit(step, 'scratch-after-check', 1, quote);
    const explores = step.record.effects.requested.class === 'explore' && !step.verifies && !step.onlyNotes;
    if (explores) {
      if (since.looks > 0) emit(step, 'looks-on', since.looks / (since.looks + 5), quote);
      since.looks++;
    }
    if (step.sources.length > 0) Object.assign(since, { passed: 0, failed: 0, looks: 0 });
    if (!step.verifies) continue;
    since.looks = 0;
    if (bad) since.failed++;
    else {
      since.passed++;
      lastPassed = step;
    }
  }
};

function isBad({ record }: MainStep): boolean {
  return record.failed || record.errors.length > 0 || (record.tests?.failed ?? 0) > 0;
}

/** Notes right after notes, and notes that mark nothing more as done. */
function emitNotes(step: MainStep, notes: { again: number; done: number }, emit: Emit): void {
  if (!step.onlyNotes) {
    notes.again = 0;
    return;
  }
  const quote = quoteHead(step.record.step, 'action');
  const done = step.record.step.action.match(/\bcompleted\b/g)?.length ?? 0;
  if (notes.again > 0) emit(step, 'notes-again', 1, quote);
  if (done <= notes.done) emit(step, 'notes-no-progress', 1, quote);
  notes.again++;
  notes.done = done;
}
