import type { JsonObject } from '../base/json.ts';
import type { FileFact } from './file-fact.ts';
import type { Millis, StepId } from './ids.ts';
import type { SourceRef } from './source-ref.ts';
import type { Usage } from './usage.ts';

/** How the recorded execution ended, as far as the artifact says. `pending`: no result was recorded. */
export type StepStatus = 'ok' | 'error' | 'timeout' | 'rejected' | 'interrupted' | 'pending' | 'unknown';

/** One executed action with its observation. */
export interface Step {
  readonly id: StepId;
  /** From 1 within its thread (the main agent, or one sub-agent). */
  readonly ordinal: number;
  /** The assistant message that issued it, from 1 within its thread. */
  readonly turn: number;
  /** Names the group of steps that one turn issued together; undefined for a turn with a single step. */
  readonly parallelGroup?: number;
  /** The agent's own text and reasoning since the step before; whole. */
  readonly thought?: string;
  /** Name of the tool as recorded; `bash` where the format knows nothing but shell commands. */
  readonly tool: string;
  /** The action as executed: the command for shells, a readable rendering of name and arguments for other tools. */
  readonly action: string;
  /** Structured arguments as recorded; undefined where the format has only text. */
  readonly args?: JsonObject;
  /** What the agent was shown, whole; undefined when it was not recorded. */
  readonly observation?: string;
  /** A longer raw output that the artifact also holds. */
  readonly rawOutput?: string;
  /** References to images in the observation, as recorded (never their bytes). */
  readonly images?: readonly string[];
  /** Whole contents of files that the result records beside what the agent was shown. */
  readonly fileFacts?: readonly FileFact[];
  readonly exitCode?: number;
  readonly status: StepStatus;
  /** Working directory as the artifact records it after the step; most formats record none. */
  readonly recordedCwd?: string;
  readonly startedAt?: Millis;
  readonly endedAt?: Millis;
  /** Usage of the model call; stands on the first step of its turn only. */
  readonly usage?: Usage;
  readonly actionRef: SourceRef;
  readonly thoughtRef?: SourceRef;
  readonly observationRef?: SourceRef;
}
