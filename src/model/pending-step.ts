import type { JsonObject } from '../base/json.ts';
import type { FileFact } from './file-fact.ts';
import type { Millis } from './ids.ts';
import type { SourceRef } from './source-ref.ts';
import type { StepStatus } from './step.ts';
import type { Usage } from './usage.ts';

/** What a format knows of a call when it reads it. */
export interface CallFacts {
  readonly tool: string;
  readonly action: string;
  readonly args?: JsonObject;
  readonly startedAt?: Millis;
  readonly place: SourceRef;
}

/** What a format knows of a call's result. */
export interface ResultFacts {
  readonly observation?: string;
  readonly rawOutput?: string;
  readonly images?: readonly string[];
  readonly fileFacts?: readonly FileFact[];
  readonly exitCode?: number;
  readonly status?: StepStatus;
  readonly recordedCwd?: string;
  readonly endedAt?: Millis;
  readonly place?: SourceRef;
}

/** A call under construction; formats hold it to give it its result, or to drop it. */
export interface PendingStep {
  readonly facts: CallFacts;
  readonly turn: number;
  readonly thought?: string;
  readonly thoughtRef?: SourceRef;
  usage?: Usage;
  result: ResultFacts | undefined;
  /** The call never ran: it becomes no step. */
  dropped: boolean;
}
