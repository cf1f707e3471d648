import type { SourceRef } from './source-ref.ts';
import type { TestResult } from './test-result.ts';

export const OUTCOMES = ['solved', 'failed', 'unknown'] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

/** One statement about the outcome, e.g. `reward.txt` says 1. */
export interface OutcomeSignal {
  readonly source: string;
  readonly says: OutcomeKind;
  /** A graded score where there is one, as recorded. */
  readonly score?: number;
  /** Verbatim, or nearly: what the artifact holds. */
  readonly detail: string;
  /** The artifact's own words at `place`, where it has any for this; a value that is no text as JSON writes it. */
  readonly quote?: string;
  readonly place: SourceRef;
  /** The checker's own statement outranks the harness's, which outranks the agent's. */
  readonly authority: 'checker' | 'harness' | 'agent';
}

export interface Outcome {
  readonly kind: OutcomeKind;
  readonly score?: number;
  readonly signals: readonly OutcomeSignal[];
  readonly conflicting: boolean;
  /** Checks of the task's own checker. */
  readonly checks: readonly TestResult[];
}

const RANK = { checker: 0, harness: 1, agent: 2 } as const;

/**
 * The outcome that the signals add up to: the highest authority that says anything decides; signals of that rank that
 * contradict each other make it `failed` only if none of them says solved, else the first one stands and the
 * contradiction is kept. Agents' own claims never make a run solved.
 */
export function decideOutcome(signals: readonly OutcomeSignal[], checks: readonly TestResult[]): Outcome {
  const telling = signals.filter((signal) => signal.says !== 'unknown');
  const trusted = telling
    .filter((signal) => signal.authority !== 'agent')
    .toSorted((a, b) => RANK[a.authority] - RANK[b.authority]);
  const first = trusted[0];
  return {
    kind: first?.says ?? 'unknown',
    score: first?.score,
    signals,
    conflicting: new Set(trusted.map((signal) => signal.says)).size > 1,
    checks,
  };
}
