import type { Evidence } from '../../model/diagnosis.ts';
import { quoteAround, quoteHead } from '../../model/quote.ts';
import type { Context, MainStep } from '../context.ts';
import { errorEvidence } from './error-signals.ts';
import type { SignalRule } from './signal-rule.ts';

/** So many steps after a failure a thought still speaks of it. */
const NEAR = 4;
const TURNS =
  /\b(?:instead|(?:different|another|alternative|simpler|simple|basic|minimal|own) (?:\w+ )?(?:approach|version|solution|way|method)|without (?:\w+ ){0,3}(?:dependenc|librar|packag|modul|internet|network)\w*|simulat\w*|mock\w*|fall ?back|work ?around|for now|manually|from scratch|since (?:\w+ ){1,6}(?:not|isn't|can't|cannot|don't|doesn't|unavailable|fail\w*)|(?:network|connectivity|permission|environment|download) (?:issue|problem|restriction|limitation|error)s?)\b/i;

/** Where the agent leaves a failure that it never gets right, and turns to something else. */
export const turningSignals: SignalRule = ({ context }, emit) => {
  const open = openFailures(context);
  let first = true;
  let failure: MainStep | undefined;
  for (const step of context.steps) {
    if (failure && step.ordinal - failure.ordinal <= NEAR && !open.has(step)) {
      const turn = turnIn(step);
      if (turn) emit(step, 'turns-away', 1, turn, errorEvidence(failure));
      if (turn && first) emit(step, 'first-turn-away', 1, turn, errorEvidence(failure));
      if (turn) first = false;
      if (step.onlyNotes && step.record.step.action.includes('completed'))
        emit(step, 'marks-over-failure', 1, quoteHead(step.record.step, 'action'), errorEvidence(failure));
    }
    if (open.has(step)) failure = step;
  }
};

/** Steps whose failure nothing after them resolved. */
function openFailures({ steps }: Context): ReadonlySet<MainStep> {
  return new Set(
    steps.filter(({ record }) =>
      record.errors.length > 0
        ? record.errors.some((error) => error.resolvedBy === undefined)
        : record.failed && record.effects.requested.effects.some((effect) => effect.kind !== 'read'),
    ),
  );
}

function turnIn({ record: { step } }: MainStep): Evidence | undefined {
  const match = step.thought === undefined ? null : TURNS.exec(step.thought);
  return match ? quoteAround(step, 'thought', match.index) : undefined;
}
