import { quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import { isTestFile } from '../scratch.ts';
import type { SignalRule } from './signal-rule.ts';

/** What a step is in the shape of the whole run: the only change, the turn from looking to working, an end with nothing made. */
export const shapeSignals: SignalRule = ({ context: { steps, tree } }, emit) => {
  const writers = steps.filter((step) => step.sources.some((path) => !isTestFile(path)));
  const [first] = writers;
  const last = steps.at(-1);
  if (first && writers.length === 1)
    emit(first, 'only-source-write', 1, quoteHead(first.record.step, 'action'));
  if (first) {
    const before = steps[first.ordinal - 2];
    if (before) emit(before, 'before-first-write', 1, quoteHead(before.record.step, 'action'));
  }
  if (last && writers.length === 0) emit(last, 'ends-with-nothing', 1, quoteHead(last.record.step, 'action'));
  const work = tree.stages.find((stage) => stage.kind === 'implement');
  const opening = work ? steps[work.start - 1] : undefined;
  if (opening) emit(opening, 'opens-work', 1, quoteHead(opening.record.step, 'action'));
  if (last && killsRunning(last)) emit(last, 'ends-on-kill', 1, quoteHead(last.record.step, 'action'));
};

function killsRunning({ record }: MainStep): boolean {
  return record.effects.requested.effects.some(
    (effect) => effect.kind === 'process' && effect.action === 'kill',
  );
}
