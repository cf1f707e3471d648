import type { StepId } from './ids.ts';
import type { Stage } from './stage.ts';

/** One state in the trace tree. Nodes are a flat list; `parent` is an index into it, always smaller than the own one. */
export interface StateNode {
  /** Index of this node; 0 is the root, the state before the first step. */
  readonly index: number;
  readonly parent: number | undefined;
  /** Depth below the root. */
  readonly depth: number;
  /** The step that made this state; undefined for the root. A parallel group may add more in `alsoBy`. */
  readonly madeBy: StepId | undefined;
  readonly alsoBy: readonly StepId[];
  /** Steps that ran in this state without changing it, in order. */
  readonly explore: readonly StepId[];
  /** Index of the earlier node whose known state this step brought back; the tree branches there. */
  readonly returnsTo?: number;
  /** The agent went back behind this node: what it did here was undone. */
  readonly abandoned: boolean;
  /** Name of the sub-agent in whose thread the node was made. */
  readonly agent?: string;
}

export interface TraceTree {
  readonly nodes: readonly StateNode[];
  /** Node in which each step of the timeline ran (its state before), by position. */
  readonly nodeOf: readonly number[];
  /** Stages over the main agent's steps: contiguous, covering all. */
  readonly stages: readonly Stage[];
}
