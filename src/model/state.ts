import type { ContentChange, LineRange, StepEffects } from './effect.ts';
import type { Position, StepId } from './ids.ts';
import type { Provenance } from './provenance.ts';
import type { SourceRef } from './source-ref.ts';
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
  /** What the step did to the content before, as its action says; also where neither content is known. */
  readonly change?: ContentChange;
  /** The version that was moved, copied or brought back; without a number the original that was never seen. */
  readonly source?: { readonly path: string; readonly version?: number };
}

/**
 * A file at a position: the version that holds there as far as the steps say. `provenance` is `assumed` where a program
 * that nobody can read ran after the version came to be and could have changed the file unseen.
 */
export interface FileNow extends FileVersion {
  /** The first such step. */
  readonly doubtedBy?: StepId;
}

/**
 * What git knows at a position, of the files that the run changed or git named. Paths are absolute where the directory is
 * known. A file that steps changed and that none of the lists names stands as committed, or the rules of the repository
 * leave it out.
 */
export interface GitView {
  readonly branch: { readonly name: string; readonly by: StepId } | undefined;
  /** The newest commit that a step made, or that an output named as the head. */
  readonly head:
    | {
        readonly hash?: string;
        readonly message?: string;
        readonly by: StepId | undefined;
        readonly provenance: Provenance;
      }
    | undefined;
  /** Changed in the working tree against the index, sorted. */
  readonly dirty: readonly string[];
  /** In the index and not in the head, sorted. */
  readonly staged: readonly string[];
  readonly untracked: readonly string[];
  /**
   * Files whose place in (or outside of) the three lists is taken for likely, not known, sorted: nothing showed how they
   * stand since they were changed, or a program may have changed them unseen.
   */
  readonly unsure: readonly string[];
  /**
   * `nothing`: nothing so far speaks of a repository, and the lists are empty; `touched`: of files that the run did not
   * change nothing is said; `all`: git listed every change, and nothing may have changed a file unseen since.
   */
  readonly covers: 'nothing' | 'touched' | 'all';
  /** Newest last. */
  readonly stashes: readonly {
    readonly message?: string;
    readonly paths: readonly string[];
    readonly by: StepId;
  }[];
  /** Whether a command that may have failed, or that nothing followed, pushed or dropped entries since they were shown. */
  readonly unsureStashes: boolean;
}

/** A package that a step installed, removed, or showed. */
export interface PackageState {
  /** As the output names it, else as the request did. */
  readonly name: string;
  readonly action: 'install' | 'remove' | 'update' | 'seen';
  readonly manager: string;
  /** As the output or the request names it. */
  readonly version?: string;
  /** Where it is installed, when that is known: the folder of a virtual environment, `conda:<name>`, `global`. */
  readonly environment?: string;
  readonly by: StepId;
  /** `recorded`: the output says so; `derived`: the command succeeded; `assumed`: nothing says how it ended. */
  readonly provenance: Provenance;
}

/** A service or port that a step brought up, took down, or showed. */
export interface ServiceState {
  readonly name: string;
  readonly running: boolean;
  readonly by: StepId;
  readonly provenance: Provenance;
}

export interface PortState {
  readonly port: number;
  /** What listens there, where it is known. */
  readonly owner?: string;
  readonly open: boolean;
  readonly by: StepId;
  readonly provenance: Provenance;
}

/** A process that a step left running and that nothing shows ended. */
export interface ProcessState {
  readonly what: string;
  /** The command that started it, where it stands in the action. */
  readonly command?: string;
  readonly pid?: number;
  readonly by: StepId;
  /** `assumed`: it was started; `recorded`: a listing or its own output showed it running, at `seenBy`. */
  readonly provenance: Provenance;
  readonly seenBy?: StepId;
}

/** What the agent said that it would do; a small set of deeds that steps can be checked for. */
export type Deed =
  | 'run-tests'
  | 'run'
  | 'create'
  | 'update'
  | 'delete'
  | 'install'
  | 'commit'
  | 'read'
  | 'submit';

/** Something that the agent said it would do. */
export interface Commitment {
  /** From 1 in the run. */
  readonly number: number;
  /** The step with which it was said; for the final message the last one. */
  readonly step: StepId;
  /** Verbatim. */
  readonly quote: string;
  /** Where it was said. */
  readonly source: 'thought' | 'todo' | 'final-message';
  readonly deed: Deed;
  /** The file, command or package that it names. */
  readonly object?: string;
  readonly place?: SourceRef;
  /** The step that did it; undefined while nothing shows that it was done. */
  readonly keptBy?: StepId;
  /** The step at which the agent marked the item of its list as done. */
  readonly markedBy?: StepId;
}

/** The last known result of one test. */
export interface KnownTest {
  readonly test: string;
  readonly status: TestStatus;
  /** The step whose command gave it. */
  readonly step: StepId;
  /** The first step that changed the project's files after it; undefined while the files are as they were. */
  readonly staleSince?: StepId;
  /** A later run of the same command in which nothing failed, where its output does not name this test. */
  readonly clearedBy?: StepId;
}

/** The last run of one test command, also where the output names no single test. */
export interface KnownTestRun {
  /** The test command: its runner and targets. */
  readonly command: string;
  readonly step: StepId;
  readonly report: TestReport;
  readonly staleSince?: StepId;
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
  /** Exported variables; a value is undefined where the text does not say it. */
  readonly env: ReadonlyMap<
    string,
    { readonly value: string | undefined; readonly by: StepId; readonly provenance: Provenance }
  >;
  /** By name as `packageKey` writes it; with the environment behind an `@` where that is known. */
  readonly packages: ReadonlyMap<string, PackageState>;
  readonly services: ReadonlyMap<string, ServiceState>;
  readonly ports: ReadonlyMap<number, PortState>;
  readonly processes: readonly ProcessState[];
  readonly git: GitView;
  /** What the agent said it would do up to here and nothing shows done. */
  readonly commitments: readonly Commitment[];
  readonly tests: ReadonlyMap<string, KnownTest>;
  /** The last run of every test command, oldest first. */
  readonly testRuns: readonly KnownTestRun[];
  /** Errors not resolved up to here; of repeats of the same error the newest. */
  readonly openErrors: readonly ErrorMark[];
  readonly budget: Budget;
  /** Version of a file that holds at this position; undefined when the run never touched it before. */
  file(path: string): FileNow | undefined;
  /** Versions that hold here of the files that steps changed up to here, by path. */
  changedFiles(): readonly FileNow[];
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
  readonly commitments: readonly Commitment[];
  /**
   * A number for the known state of the files after the step at `position`: equal states have equal numbers. The
   * agent's throw-away files do not count.
   */
  fingerprint(position: number): number;
}
