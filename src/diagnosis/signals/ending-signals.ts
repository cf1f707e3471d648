import { quoteFinal, quoteHead } from '../../model/quote.ts';
import { errorEvidence } from './error-signals.ts';
import type { SignalRule } from './signal-rule.ts';

const ASKS =
  /\?\s*$|\b(?:would you like|please (?:provide|let me know|confirm|share)|let me know|next steps?|still (?:needs?|to do)|remaining|unable to|could not|couldn'?t|cannot|can'?t)\b/i;

/** How the run ended: with its last step the agent stopped, and whatever was missing then stayed missing. */
export const endingSignals: SignalRule = ({ context }, emit) => {
  const last = context.steps.at(-1);
  if (!last) return;
  const { record } = last;
  const quote = quoteHead(record.step, 'action');
  if (last.onlyNotes) emit(last, 'ends-on-notes', 1, quote);
  if (record.failed || record.errors.length > 0) emit(last, 'ends-on-failure', 1, errorEvidence(last));
  if (record.step.status === 'pending') emit(last, 'ends-unanswered', 1, quote);
  const final = context.run.finalMessage;
  const tail = final?.text.slice(-1500) ?? '';
  const match = ASKS.exec(tail.trimEnd());
  if (final && match) emit(last, 'ends-asking', 1, quoteFinal(context.run, lineOf(tail, match.index)));
};

function lineOf(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index) + 1;
  const end = text.indexOf('\n', index + 1);
  return text.slice(start, end < 0 ? undefined : end);
}
