import { baseName } from '../../base/path.ts';
import { quoteFrom, quoteHead } from '../../model/quote.ts';
import type { Context, MainStep } from '../context.ts';
import { isTestFile } from '../scratch.ts';
import { errorEvidence } from '../signals/error-signals.ts';
import { showsFailure } from './ending-facts.ts';
import { type FactRule, logScale, wordsOf } from './run-fact.ts';

/** What was run after the last change, and what it showed. */
export const checkFacts: FactRule = ({ context, anchors }, emit) => {
  const { steps } = context;
  const lastChange = steps.findLast((step) => step.sources.length > 0);
  // A check that was never answered showed nothing.
  const checks = steps.filter(
    (step) => step.verifies && !step.submits && step.record.step.observation !== undefined,
  );
  const after = checks.filter((step) => step.ordinal > (lastChange?.ordinal ?? 0));
  const last = after.at(-1);
  const ending = steps.at(-1);
  if (checks.length === 0) emit('never-ran', 1, ending && quoteHead(ending.record.step, 'action'));
  else if (lastChange && !last) emit('unchecked-end', 1, quoteHead(lastChange.record.step, 'action'));
  if (last) emitLast(context, last, emit);
  if (after.length > 0)
    emit('many-checks', logScale(after.length, 10), last && quoteHead(last.record.step, 'action'));
  const failing = anchors.filter((anchor) => anchor.kind === 'failing-test');
  emit('failing-tests', failing.length / 3, failing[0]?.evidence[0]);
  emitTests(context, after, emit);
};

function emitLast(context: Context, last: MainStep, emit: Parameters<FactRule>[1]): void {
  const { step } = last.record;
  const quote = quoteHead(step, 'action');
  if (showsFailure(last)) emit('checked-end-fail', 1, errorEvidence(last) ?? quote);
  else emit('checked-end-pass', 1, quoteHead(step, 'observation') ?? quote);
  const shown = (step.observation ?? '').replace(/<\/?\w+>|<returncode>-?\d+<\/returncode>/g, '').trim();
  if (shown === '') emit('silent-check', 1, quote);
  if (names(step.action, madeHere(context))) emit('own-check', 1, quote);
}

function names(action: string, files: ReadonlySet<string>): boolean {
  for (const word of wordsOf(action)) if (files.has(word)) return true;
  return false;
}

/** Names of the files that the run made and that are no part of the work: its own scripts and tests. */
function madeHere({ history, task, steps }: Context): Set<string> {
  const made = new Set<string>();
  for (const step of steps) {
    for (const path of [...step.scratch, ...step.sources.filter(isTestFile)]) {
      const first = history.versions(path)[0];
      const name = baseName(path);
      if (first?.madeBy !== undefined && first.how !== 'edit' && !task.names.has(name) && name.length > 4)
        made.add(name);
    }
  }
  return made;
}

function emitTests(context: Context, after: readonly MainStep[], emit: Parameters<FactRule>[1]): void {
  const passing = after.filter(
    ({ record: { tests } }) =>
      tests && (tests.passed ?? 0) > 0 && (tests.failed ?? 0) === 0 && (tests.errors ?? 0) === 0,
  );
  const quote = (step: MainStep | undefined): ReturnType<typeof quoteFrom> =>
    step &&
    (quoteFrom(step.record.step, 'observation', step.record.tests?.summary ?? '') ??
      quoteHead(step.record.step, 'action'));
  const last = passing.at(-1);
  if (!last) return;
  emit('tests-pass-at-end', 1, quote(last));
  const own = madeHere(context);
  const existing = passing.findLast((step) => !names(step.record.step.action, own));
  if (existing) emit('existing-tests-pass', 1, quote(existing));
}
