import type { JsonObject } from '../../../src/base/json.ts';
import type { TestStatus } from '../../../src/model/test-result.ts';
import type { Deed } from './deed.ts';

/** One entry of the file system. Texts are as the agent would see them, paths of the world translated. */
export type Entry =
  | { readonly kind: 'file'; readonly text: string; readonly mode: number }
  | { readonly kind: 'link'; readonly to: string }
  | { readonly kind: 'folder' };

/** What git says of the project's repository. Paths are absolute. */
export interface GitTruth {
  readonly branch: string | undefined;
  readonly head: string;
  readonly dirty: readonly string[];
  readonly staged: readonly string[];
  readonly untracked: readonly string[];
  readonly stashes: number;
}

/** What was true after a step: taken from the machine, never from what was asked for. */
export interface Truth {
  readonly files: ReadonlyMap<string, Entry>;
  /** Directory in which the agent's next command starts. */
  readonly cwd: string;
  /** Exported variables that its next command finds. */
  readonly env: ReadonlyMap<string, string>;
  readonly git: GitTruth;
}

/** How an agent's tool was called and what came of it. */
export interface Done {
  readonly tool: string;
  /** Structured arguments as the agent's log holds them; a shell command is also in `command`. */
  readonly args: JsonObject;
  readonly command?: string;
  /** What was printed, whole: writers shorten it as the real agent does. */
  readonly output: string;
  readonly failed: boolean;
  readonly exitCode?: number;
  readonly timedOut?: boolean;
  /** Structured result that logs with rich results hold. */
  readonly result?: JsonObject;
  /** Whole content of an edited file before and after, where the tool reports it. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export interface RecordedStep {
  readonly deed: Deed;
  readonly done: Done;
  /** Directory in which it ran. */
  readonly cwd: string;
  readonly truth: Truth;
  /** Results of the tests that really ran in this step. */
  readonly tests: ReadonlyMap<string, TestStatus>;
}

export interface Recording {
  readonly name: string;
  readonly start: Truth;
  readonly steps: readonly RecordedStep[];
}
