import type { Anchor, Evidence, Verdict } from '../model/diagnosis.ts';
import { quoteAny, quoteArtifact } from '../model/quote.ts';
import type { Context } from './context.ts';

const QUOTES = 4;

/**
 * The words that a verdict rests on: those of its reasons; where a known outcome decides, those of whoever says it and of
 * the failing checks; where the surroundings are to blame, those that tell of the fault. A run without steps and without a
 * known outcome leaves nothing to quote.
 */
export function citeVerdict(
  verdict: Verdict,
  { run, steps }: Context,
  anchors: readonly Anchor[],
): Evidence[] {
  const byKind = (kind: Anchor['kind']): Evidence[] =>
    anchors.filter((anchor) => anchor.kind === kind).flatMap((anchor) => anchor.evidence.slice(0, 1));
  const last = steps.at(-1);
  // With no other word the run's last step is what there is to look at.
  const fallback = [last && quoteAny(last.record.step)].filter((item) => item !== undefined);
  const known = run.outcome.kind === 'unknown' ? [] : citeOutcome(run.outcome);
  const groups = [
    verdict.kind === 'infrastructure-failure' ? byKind('infrastructure') : [],
    verdict.reasons.flatMap((reason) => reason.evidence.slice(0, 1)),
    run.outcome.kind === 'failed' ? [...known, ...byKind('failed-check')] : known,
    anchors.flatMap((anchor) => anchor.evidence.slice(0, 1)),
    fallback,
  ];
  return groups.find((group) => group.length > 0)?.slice(0, QUOTES) ?? [];
}

function citeOutcome({ kind, signals }: Context['run']['outcome']): Evidence[] {
  return signals.flatMap(({ says, authority, quote, place }) =>
    says === kind && authority !== 'agent' && quote !== undefined ? [quoteArtifact(quote, place)] : [],
  );
}
