import type { Diagnostic } from './diagnostic.ts';
import type { Bytes, Millis, RunId, StepId } from './ids.ts';
import type { Outcome } from './outcome.ts';
import type { SourceRef } from './source-ref.ts';
import type { Step } from './step.ts';
import type { Usage } from './usage.ts';

export const FORMAT_IDS = [
  'mini-swe-agent',
  'mini-swe-agent-log',
  'swe-agent',
  'openhands-events',
  'openhands-completions',
  'openhands-sdk',
  'terminus-2',
  'terminal-bench-1',
  'claude-code-session',
  'claude-code-stream-json',
  'claude-code-stream-json-in-asciinema',
  'atif',
  'codex-rollout',
  'gemini-cli',
  'opencode',
  'cline-roo',
  'qwen',
  'kimi',
  'pi',
  'copilot',
  'cursor',
  'aider',
  'inspect-ai',
  'repairagent',
  'agentless',
  'llm-proxy',
  'otlp-genai',
  'openinference',
  'codetracer-trace',
  'codetracer-steps',
] as const;
/** Formats that were written by hand; learnt ones come with the extractor registry. */
export type FormatId = (typeof FORMAT_IDS)[number];

/** A text and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly place: SourceRef;
}

/** A text of the conversation that is no step: prompts, replies to format errors, compaction, interruptions. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'environment';
  readonly kind: 'prompt' | 'reply' | 'format-error' | 'compaction' | 'interruption' | 'notice';
  readonly text: string;
  /** The step that follows it in its thread; undefined at the end. */
  readonly before?: StepId;
  readonly place: SourceRef;
}

/** Something that ended or disturbed the run from outside the agent's steps. */
export interface RunException {
  /** `timeout`, `limit` (steps, cost, context), `api` (the model's service), `harness`, `crash`. */
  readonly kind: 'timeout' | 'limit' | 'api' | 'harness' | 'crash';
  readonly message: string;
  /** The artifact's own words at `place`, where the message is not just them; empty when nothing there says it. */
  readonly quote?: string;
  readonly place: SourceRef;
}

export interface Task {
  readonly id?: string;
  readonly text?: string;
  readonly place?: SourceRef;
}

/** A sub-agent's thread, started by a call of another thread. */
export interface Branch {
  /** The step whose call started it; undefined for an orphan. */
  readonly parent?: StepId;
  readonly name?: string;
  readonly prompt?: string;
  readonly steps: readonly Step[];
  /** How many steps it has, where `steps` are only the first of them. */
  readonly stepCount?: number;
  /** Texts of this thread that are no steps, its prompt among them where recorded. */
  readonly messages?: readonly Message[];
  readonly finalMessage?: string;
}

export interface ArtifactInfo {
  /** Relative to the run's root, posix. */
  readonly path: string;
  readonly size?: Bytes;
  /** `steps`: the ids come from here; `enrichment`: outcome, task, usage and the like. */
  readonly use: 'steps' | 'enrichment' | 'unread';
}

/** One attempt of one agent at one task, with everything it left behind that was understood. */
export interface Run {
  readonly id: RunId;
  /** As the user gave or discovery found it. */
  readonly path: string;
  readonly format: string;
  /** Version of format or harness as recorded. */
  readonly formatVersion?: string;
  readonly agent?: { readonly name: string; readonly version?: string };
  readonly model?: string;
  readonly task?: Task;
  readonly outcome: Outcome;
  /** The main agent's steps; `steps[i].ordinal` is `i + 1`. */
  readonly steps: readonly Step[];
  /** How many steps the artifact holds, where `steps` are only the first of them: the run is too large to be kept. */
  readonly stepCount?: number;
  /** Sub-agents' threads, in the order in which they were opened. */
  readonly branches: readonly Branch[];
  readonly messages: readonly Message[];
  readonly finalMessage?: PlacedText & { readonly parts?: readonly PlacedText[] };
  /** What was handed in: a patch, or an answer. */
  readonly submission?: { readonly text: string; readonly place: SourceRef };
  /** Exit status as the harness names it. */
  readonly exitStatus?: string;
  readonly exceptions: readonly RunException[];
  /** Working directory at the start, where recorded. */
  readonly initialCwd?: string;
  /** Total of the run: as recorded for the whole, else the sum over the turns. */
  readonly usage?: Usage;
  readonly startedAt?: Millis;
  readonly endedAt?: Millis;
  readonly artifacts: readonly ArtifactInfo[];
  readonly diagnostics: readonly Diagnostic[];
}
