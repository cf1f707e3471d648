import type { LineRange, StepEffects } from './effect.ts';
import type { Position, StepId } from './ids.ts';
import type { Provenance } from './provenance.ts';
import type { Step } from './step.ts';
import type { TestReport, TestStatus } from './test-result.ts';

/** One version of a file. */
export interface FileVersion {
  readonly path: string;
  /** From 1 per path. */
  readonly version: number;
  /** The step that made it; undefined for what was there before the run. */
  readonly madeBy: StepId | undefined;
  /** Position in the timeline at which it came to be (or, for what was there before, was first seen). */
  readonly at: Position;
  readonly exists: boolean;
  /** Whole content where it can be known. */
  readonly content?: string;
  readonly provenance: Provenance;
  /** How it came to be: `write`, `edit`, `delete`, `move`, `copy`, `read` (first seen), `restore`, `unknown`. */
  readonly how: 'write' | 'edit' | 'append' | 'delete' | 'move' | 'copy' | 'read' | 'restore' | 'unknown';
}

/** The last known result of one test. */
export interface KnownTest {
  readonly test: string;
  readonly status: TestStatus;
  readonly step: StepId;
}

/** An error that a step's output showed. */
export interface ErrorMark {
  /** From 1 in the run. */
  readonly number: number;
  readonly step: StepId;
  /** The verbatim line that states it. */
  readonly line: string;
  /** Normalised text that repeats of the same error share. */
  readonly signature: string;
  readonly files: readonly { readonly path: string; readonly line?: number }[];
  /** The step at which the same action succeeded or the signature was last followed by its absence. */
  readonly resolvedBy?: StepId;
}

/** A part of a file that a step showed to the agent. */
export interface SeenPart {
  readonly step: StepId;
  readonly at: Position;
  /** Version that was shown; 0 for one that the history does not hold. */
  readonly version: number;
  /** Lines shown; undefined for the whole file. */
  readonly range?: LineRange;
  /** Something was cut out of what was shown. */
  readonly cut: boolean;
}

/** What the run had used up after a step, over the main agent and its sub-agents. Undefined where nothing is recorded. */
export interface Budget {
  readonly steps: number;
  readonly elapsedMs?: number;
  readonly tokens?: number;
  readonly costUsd?: number;
}

/** What one step was: its facts as the state history derives them. */
export interface StepRecord {
  readonly step: Step;
  readonly position: Position;
  readonly effects: StepEffects;
  /** Directory in which it ran. */
  readonly cwd: string | undefined;
  /** Absolute (where the directory is known) paths that it really changed, and that it read or looked at. */
  readonly changed: readonly string[];
  readonly read: readonly string[];
  readonly tests: TestReport | undefined;
  readonly errors: readonly ErrorMark[];
  /** Whether the step failed as a whole: exit status, tool error, timeout. */
  readonly failed: boolean;
}

/** The state after a step: small maps are views, so reading them costs nothing that was not asked for. */
export interface StateView {
  readonly position: Position;
  readonly cwd:
    | { readonly path: string; readonly provenance: Provenance; readonly by: StepId | undefined }
    | undefined;
  readonly env: ReadonlyMap<string, { readonly value: string | undefined; readonly by: StepId }>;
  readonly packages: ReadonlyMap<
    string,
    { readonly action: string; readonly manager: string; readonly by: StepId }
  >;
  readonly processes: readonly { readonly what: string; readonly by: StepId }[];
  readonly branch: { readonly name: string; readonly by: StepId } | undefined;
  readonly tests: ReadonlyMap<string, KnownTest>;
  /** Errors not resolved up to here; of repeats of the same error the newest. */
  readonly openErrors: readonly ErrorMark[];
  readonly budget: Budget;
  /** Version of a file that holds at this position; undefined when the run never touched it before. */
  file(path: string): FileVersion | undefined;
  /** Versions that hold here of the files that steps changed up to here, by path. */
  changedFiles(): readonly FileVersion[];
  /** What the agent had been shown of a file up to here, in order. */
  seen(path: string): readonly SeenPart[];
}

/** The whole history of a run's states. */
export interface StateHistory {
  readonly records: readonly StepRecord[];
  position(step: StepId): Position | undefined;
  /** State after the step at `position`; -1 is the state before the first. */
  at(position: number): StateView;
  /** All versions of a path in order. */
  versions(path: string): readonly FileVersion[];
  readonly paths: readonly string[];
  readonly errors: readonly ErrorMark[];
  /**
   * A number for the known state of the files after the step at `position`: equal states have equal numbers. The
   * agent's throw-away files do not count.
   */
  fingerprint(position: number): number;
}
