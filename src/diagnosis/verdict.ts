import type { Anchor, Verdict, VerdictKind, VerdictReason } from '../model/diagnosis.ts';
import type { Context } from './context.ts';
import { type LinearHead, scoreSignal, scoreSignals, sigmoid } from './score.ts';
import type { SignalTable } from './signals/signal-rule.ts';
import { collectFacts } from './verdict/collect-facts.ts';
import { findFault } from './verdict/find-fault.ts';
import { sayFact } from './verdict/run-fact.ts';
import fitted from './weights/verdict.json' with { type: 'json' };

/** The belief in a failure from facts about the run; between its two thresholds the verdict abstains. */
export interface VerdictHead extends LinearHead {
  /** From this belief on the run is accused of a decisive failure. */
  readonly accuse: number;
  /** Up to this belief it is acquitted. */
  readonly acquit: number;
}

export interface JudgeOptions {
  /** Share of the belief that the best candidate for the onset holds. */
  readonly topShare: number;
  readonly head?: VerdictHead;
}

/** Belief in a failure where the outcome is known: a checker can be wrong, too. */
const KNOWN = { solved: 0.02, failed: 0.98 } as const;
/** A fault of the surroundings ended the run, and nobody says what came of it. */
const BROKEN_OFF = 0.9;

/**
 * Whether the run failed by a decision of the agent. A known outcome is used and said; without one facts from the run's
 * own evidence decide, and a middling belief abstains.
 */
export function judge(
  context: Context,
  table: SignalTable,
  anchors: readonly Anchor[],
  { topShare, head = fitted.head }: JudgeOptions,
): Verdict {
  const { run, steps } = context;
  const outcome = run.outcome.kind;
  if (outcome === 'solved')
    return verdict('no-decisive-failure', 0.95, KNOWN.solved, 'the outcome is known: the task was solved');
  const fault = findFault(context, anchors);
  if (fault) {
    const { says, evidence } = fault;
    const belief = outcome === 'failed' ? KNOWN.failed : BROKEN_OFF;
    const reason = {
      name: 'surroundings-failed',
      says,
      weight: round(Math.log(belief / (1 - belief))),
      evidence,
    };
    return verdict('infrastructure-failure', 0.75, belief, says, [reason]);
  }
  if (outcome === 'failed') {
    if (steps.length === 0)
      return verdict('undecided', 0.3, KNOWN.failed, 'the run failed and left no step to blame');
    const sure = 0.55 + 0.4 * Math.min(1, topShare * 2);
    return verdict('decisive-failure', sure, KNOWN.failed, 'the outcome is known: the task was not solved');
  }
  if (steps.length === 0) return verdict('undecided', 0.2, 0.5, 'there is no step and no known outcome');
  return fromFacts({ context, table, anchors }, head);
}

/** What adds less than this to the log-odds is no reason. */
const TELLING = 0.05;
const MOST_REASONS = 8;

function fromFacts(findings: Parameters<typeof collectFacts>[0], head: VerdictHead): Verdict {
  const facts = collectFacts(findings);
  const belief = sigmoid(scoreSignals(head, facts));
  const reasons = facts
    .map(
      (fact): VerdictReason => ({
        name: fact.name,
        says: sayFact(fact.name, fact.value),
        weight: round(scoreSignal(head, fact)),
        evidence: fact.evidence,
      }),
    )
    .filter(({ weight, evidence }) => Math.abs(weight) >= TELLING && evidence.length > 0)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.name < b.name ? -1 : 1));
  const kept = reasons.slice(0, MOST_REASONS);
  const against = sayAll(reasons.filter(({ weight }) => weight > 0));
  const favour = sayAll(reasons.filter(({ weight }) => weight < 0));
  if (belief >= head.accuse) return verdict('decisive-failure', belief, belief, against, kept);
  if (belief <= head.acquit) return verdict('no-decisive-failure', 1 - belief, belief, favour, kept);
  return verdict('undecided', 1 - Math.abs(belief - 0.5) * 2, belief, sayAll(kept), kept);
}

function sayAll(reasons: readonly VerdictReason[]): string {
  if (reasons.length === 0) return 'little speaks for or against a failure';
  return reasons
    .slice(0, 3)
    .map(({ says }) => says)
    .join('; ');
}

function verdict(
  kind: VerdictKind,
  value: number,
  failure: number,
  why: string,
  reasons: readonly VerdictReason[] = [],
): Verdict {
  const rounded = round(value);
  const band = rounded >= 0.8 ? 'high' : rounded >= 0.6 ? 'medium' : 'low';
  return { kind, value: rounded, band, why, failure: round(failure), reasons };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
