import type { StepId } from './ids.ts';
import type { SourceRef } from './source-ref.ts';
import type { StageKind } from './stage.ts';

export const VERDICTS = [
  'decisive-failure',
  'no-decisive-failure',
  'infrastructure-failure',
  'undecided',
] as const;
export type VerdictKind = (typeof VERDICTS)[number];

export const CAUSES = [
  'misread-task',
  'wrong-hypothesis',
  'wrong-location',
  'incomplete-fix',
  'wrong-implementation',
  'missing-verification',
  'ignored-evidence',
  'premature-submit',
  'destructive-action',
  'bad-environment',
  'malformed-calls',
  'stuck-loop',
  'gave-up',
  'knowledge-gap',
  'infrastructure',
  'undecided',
] as const;
export type Cause = (typeof CAUSES)[number];

/** A verbatim quote with its place. `field` names the decoded field of the step that holds it word for word. */
export interface Evidence {
  /** Undefined for evidence outside the steps (a checker's report, the final message). */
  readonly step?: StepId;
  readonly field: 'thought' | 'action' | 'observation' | 'artifact';
  readonly quote: string;
  readonly place: SourceRef;
}

/** Something observed on a step that speaks for or against its being the onset. */
export interface Signal {
  /** Stable name, kebab-case; the list with meanings stands in docs/signals.md. */
  readonly name: string;
  /** How strongly it holds, 0..1. */
  readonly value: number;
  readonly evidence: readonly Evidence[];
}

export type AnchorKind =
  | 'failed-check'
  | 'exception'
  | 'limit'
  | 'unsupported-claim'
  | 'missing-output'
  | 'failing-test'
  | 'unresolved-error'
  | 'infrastructure';

/** An observed failure from which the slice walks back. */
export interface Anchor {
  readonly kind: AnchorKind;
  readonly message: string;
  /** The step at which it was observed; undefined for what was observed after the run. */
  readonly step?: StepId;
  readonly evidence: readonly Evidence[];
  /** Paths, tests and symbols that the failure names. */
  readonly mentions: readonly string[];
}

export interface Confidence {
  /** 0..1, calibrated on labelled runs where weights were fitted. */
  readonly value: number;
  readonly band: 'high' | 'medium' | 'low';
}

export interface Candidate {
  readonly step: StepId;
  readonly score: number;
  readonly signals: readonly Signal[];
}

export interface ChainLink {
  readonly step: StepId;
  /** How the failure travelled into this step, in one sentence. */
  readonly how: string;
  /** What it did or showed there, then the step that it got the failure from. */
  readonly evidence: readonly Evidence[];
}

/** One thing in the run's own evidence that speaks for or against a failure. */
export interface VerdictReason {
  /** Stable name, kebab-case; the list with meanings stands in docs/verdict.md. */
  readonly name: string;
  /** The end of a sentence about the run. */
  readonly says: string;
  /** What it adds to the log-odds of a failure; below 0 it speaks for success. */
  readonly weight: number;
  readonly evidence: readonly Evidence[];
}

export interface Verdict extends Confidence {
  readonly kind: VerdictKind;
  readonly why: string;
  /** Belief, 0..1, that the task was not solved, whoever is to blame; calibrated where no outcome is known. */
  readonly failure: number;
  /** What the belief rests on, most telling first; empty where a known outcome decides. */
  readonly reasons: readonly VerdictReason[];
}

/** A verdict with the words that it rests on: of its reasons, or of what says how the run ended. */
export interface CitedVerdict extends Verdict {
  readonly evidence: readonly Evidence[];
}

/** Why a step is labelled. */
export interface LabelledStep {
  readonly step: StepId;
  readonly kind: 'incorrect' | 'unuseful';
  /** Belief, 0..1, that a reader of the run would label it so; calibrated on labelled runs. */
  readonly belief: number;
  /** What raises the belief, most telling first. */
  readonly signals: readonly Signal[];
  readonly evidence: readonly Evidence[];
}

export interface Diagnosis {
  readonly verdict: CitedVerdict;
  /** The earliest causally responsible step; undefined when the diagnosis abstains. */
  readonly onset?: StepId;
  readonly onsetStage?: StageKind;
  readonly cause: Cause;
  /** What speaks for the cause; empty where it is undecided. */
  readonly causeEvidence: readonly Evidence[];
  readonly chain: readonly ChainLink[];
  readonly incorrect: readonly StepId[];
  readonly unuseful: readonly StepId[];
  /** One for each entry of the two lists, in order of the steps. */
  readonly labels: readonly LabelledStep[];
  /** For the onset: its own words first; without an onset what was observed. */
  readonly evidence: readonly Evidence[];
  /** In one or two sentences, for people: why this step; and what should have been done. */
  readonly why: string;
  readonly better: string;
  /** Best candidates with their scores, the onset first. */
  readonly alternatives: readonly Candidate[];
  readonly anchors: readonly Anchor[];
  /** Signals per step, for every step that has any. */
  readonly signals: ReadonlyMap<StepId, readonly Signal[]>;
  /** Whether outcome and checkers' artifacts were withheld from this diagnosis. */
  readonly outcomeWithheld: boolean;
}
