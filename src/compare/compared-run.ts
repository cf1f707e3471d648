import type { StepId } from '../model/ids.ts';
import type { Provenance } from '../model/provenance.ts';
import type { Run } from '../model/run.ts';
import type { StateHistory } from '../model/state.ts';

/** One of two runs to compare. */
export interface ComparedRun {
  readonly run: Run;
  readonly history: StateHistory;
}

export type Side = 'a' | 'b';

/** A state of the work that both runs had: after these steps, undefined before the first. */
export interface SharedState {
  readonly a: StepId | undefined;
  readonly b: StepId | undefined;
}

/** A stretch in which the runs had different states of the work. */
export interface Divergence {
  /** The last state that both had. */
  readonly from: SharedState;
  /** Steps that changed the work's state from there on, per run. */
  readonly a: readonly StepId[];
  readonly b: readonly StepId[];
  /** The state in which they met again; undefined when they never did. */
  readonly meets: SharedState | undefined;
  /** Common paths that those steps changed, sorted. */
  readonly files: readonly string[];
  /** `assumed` when a content that decides is not known. */
  readonly provenance: Provenance;
}

/**
 * How the two ends of a file relate. `different`: both texts are known and differ. `different-edits`: the edits differ
 * and the texts are not known, so that the ends may be equal all the same. `unknown`: an edit is not known either.
 * `only-a`, `only-b`: only that run left it changed.
 */
export type FileRelation = 'equal' | 'different' | 'different-edits' | 'only-a' | 'only-b' | 'unknown';

/** What became of one file of the work in both runs. */
export interface FileComparison {
  /** Path below the folders that stand for each other. */
  readonly path: string;
  /** The path as each run knows it; undefined where the run never touched it. */
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly relation: FileRelation;
  /** Steps that changed it. */
  readonly changedA: readonly StepId[];
  readonly changedB: readonly StepId[];
}

/** Folders of the two runs that stand for each other; both empty when the runs name the same paths. */
export interface PairedRoots {
  readonly a: string;
  readonly b: string;
}
