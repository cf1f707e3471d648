import type { Run } from '../model/run.ts';
import type { StageKind } from '../model/stage.ts';

/** A stage as an annotator drew it; steps from 1, both ends included. */
export interface LabelledStage {
  readonly id: number;
  readonly kind?: StageKind;
  readonly start: number;
  readonly end: number;
}

/** One annotator's reading of a run; steps are numbered from 1 as in the artifact. */
export interface Reading {
  /** `null`: the reading says that there is none; undefined: the data set does not ask for it. */
  readonly onset?: number | null;
  /** Undefined where the data set has no labels of the kind. */
  readonly incorrect?: readonly number[];
  readonly unuseful?: readonly number[];
  readonly stages?: readonly LabelledStage[];
  /** Ids of the stages that are responsible for the failure, where the data set says it itself. */
  readonly responsibleStages?: readonly number[];
  readonly cause?: string;
}

/** What only the scorer may see of a case. */
export interface CaseLabels {
  readonly id: string;
  /** The first reading is scored against; a second one tells how far annotators agree. */
  readonly readings: readonly Reading[];
  readonly solved?: boolean;
  /** Steps that the labels count. */
  readonly steps?: number;
  /** By what figures are broken down, and `task` by what they are clustered. */
  readonly traits: CaseTraits;
}

export interface CaseTraits {
  readonly set: string;
  readonly task: string;
  readonly agent?: string;
  readonly model?: string;
  readonly difficulty?: string;
  readonly category?: string;
}

/** What a system under test gets: the run, under a name that tells nothing. */
export interface Subject {
  readonly id: string;
  readonly run: Run;
}

export interface RankedStep {
  readonly step: number;
  /** Share of the belief, 0..1; all steps of a run together at most 1. */
  readonly share: number;
}

/** The answer of one system on one case. */
export interface Prediction {
  readonly id: string;
  /** Steps of the run as the system saw it. */
  readonly steps: number;
  /** Candidates for the onset, best first; empty when it names none. */
  readonly onset: readonly RankedStep[];
  readonly incorrect: readonly number[];
  readonly unuseful: readonly number[];
  /**
   * Each list stands for one step drawn from it, all equally likely, and every figure is the mean over the draws: the
   * exact expectation of a system that guesses. Undefined: the lists are meant as they stand.
   */
  readonly drawn?: true;
  /** Undefined for rules that judge nothing. */
  readonly verdict?: { readonly kind: string; readonly failure: number };
  /** Everything that a model behind the system read and wrote; 0 without one. */
  readonly tokens: number;
  readonly dollars: number;
  readonly milliseconds: number;
}
