import type { VerdictKind } from '../../model/diagnosis.ts';
import type { StepId } from '../../model/ids.ts';
import type { OutcomeKind } from '../../model/outcome.ts';
import type { StageKind } from '../../model/stage.ts';
import type { PathChange } from './describe-changes.ts';

/** What the steps of a part of the run did, in numbers. */
export interface StepCounts {
  readonly steps: number;
  readonly changes: number;
  readonly failed: number;
  /** Steps of sub-agents among them. */
  readonly subagent: number;
}

/** What marks a step; a step may have several. */
export type StepLabel = 'onset' | 'incorrect' | 'unuseful' | 'chain' | 'anchor';

/** First line: what this run is, how it ended and what is known about the failure. */
export interface HeadLine {
  readonly kind: 'head';
  readonly run: string;
  /** The task's id, else the first line of its text. */
  readonly task: string | undefined;
  readonly outcome: OutcomeKind;
  readonly verdict: VerdictKind;
  readonly onset: StepId | undefined;
  /** Stage of the onset. */
  readonly onsetStage: StageKind | undefined;
  readonly counts: StepCounts;
  readonly stages: number;
  /** Steps that no line behind this one shows; 0 where other lines say what was left out. */
  readonly folded: number;
}

/** A sentence about the whole run. */
export interface FactLine {
  readonly kind: 'fact';
  readonly name: 'task' | 'agent' | 'verdict' | 'onset' | 'better' | 'note';
  readonly text: string;
}

export interface StageLine {
  readonly kind: 'stage';
  /** From 0 in the run's list of stages. */
  readonly index: number;
  readonly stage: StageKind;
  readonly start: number;
  readonly end: number;
  readonly counts: StepCounts;
  /** Files that it changed; the first few of them by name. */
  readonly files: number;
  readonly paths: readonly string[];
  /** Results of the last test command in it. */
  readonly tests: { readonly passed: number; readonly failed: number } | undefined;
  readonly labels: readonly StepLabel[];
  /** False where none of its steps is shown behind this line. */
  readonly open: boolean;
}

export interface StepLine {
  readonly kind: 'step';
  readonly step: StepId;
  /** Levels of branching: paths that were given up, and sub-agents. */
  readonly indent: number;
  readonly tool: string;
  /** First line of the action. */
  readonly action: string;
  readonly failed: boolean;
  readonly labels: readonly StepLabel[];
  /** The state node that this step made or helped to make; undefined for a step that changed nothing. */
  readonly node: number | undefined;
  /** Ran at once with the step before it. */
  readonly parallel: boolean;
  readonly changes: readonly PathChange[];
  /** The state that this step brought back: after `step`, or of the start where it is undefined. */
  readonly returnsTo: { readonly node: number; readonly step: StepId | undefined } | undefined;
  /** What it did was undone later. */
  readonly abandoned: boolean;
  /** Name of the sub-agent whose first shown step it is. */
  readonly agent: string | undefined;
  /** What the run said of tests here. */
  readonly tests: { readonly passed: number; readonly failed: number } | undefined;
}

/** Several steps in a row that look at things in the same way. */
export interface SimilarLine {
  readonly kind: 'similar';
  readonly steps: readonly StepId[];
  readonly indent: number;
  /** `read`, `search`, `run` … */
  readonly what: string;
  /** What they look at, the first few. */
  readonly targets: readonly string[];
}

/** Steps that were left out for want of room. */
export interface FoldedLine {
  readonly kind: 'folded';
  readonly steps: number;
  readonly first: StepId;
  readonly last: StepId;
  /** How many of each kind, the most frequent first. */
  readonly kinds: readonly (readonly [what: string, count: number])[];
  /** Whether the steps stand in one place; otherwise they are all that is shown nowhere. */
  readonly together: boolean;
}

/** One line of a tree as people read it, without its wording. */
export type TreeLine = HeadLine | FactLine | StageLine | StepLine | SimilarLine | FoldedLine;
