import type { JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { Millis } from '../../model/ids.ts';
import type { Message, Task } from '../../model/run.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { PendingStep, ResultFacts, ThreadBuilder } from '../../model/thread-builder.ts';
import type { Usage } from '../../model/usage.ts';
import { renderTool } from '../atif/action.ts';

/** A call while its trace is read: spans and messages add to it in any order. */
export interface PlannedCall {
  readonly id: string | undefined;
  readonly tool: string;
  args: unknown;
  readonly place: SourceRef;
  /** When the model asked for it; when the tool began, where that is known. */
  readonly issuedAt: number | undefined;
  startedAt: Millis | undefined;
  /** What the model was shown of it. */
  shown: { readonly text: string; readonly images: readonly string[]; readonly place: SourceRef } | undefined;
  /** What the tool's own span says. */
  ran: RanTool | undefined;
  step: PendingStep | undefined;
}

export interface RanTool {
  readonly text: string | undefined;
  readonly place: SourceRef;
  readonly status: StepStatus;
  readonly exitCode: number | undefined;
  readonly endedAt: Millis | undefined;
  /** Why it failed, where only the span says so. */
  readonly failure: string | undefined;
}

type Item =
  | { readonly kind: 'turn'; readonly usage: Usage | undefined }
  | { readonly kind: 'thought'; readonly text: string; readonly place: SourceRef }
  | { readonly kind: 'call'; readonly call: PlannedCall }
  | { readonly kind: 'message'; readonly message: Omit<Message, 'before'> };

/** What happened in a thread, in order; becomes steps when all spans were read, since a call's parts come from several. */
export class ThreadPlan {
  readonly calls: PlannedCall[] = [];
  prompt: { readonly text: string; readonly place: SourceRef } | undefined;
  private readonly items: Item[] = [];

  turn(usage: Usage | undefined): void {
    this.items.push({ kind: 'turn', usage });
  }

  think(text: string, place: SourceRef): void {
    this.items.push({ kind: 'thought', text, place });
  }

  call(call: PlannedCall): void {
    this.calls.push(call);
    this.items.push({ kind: 'call', call });
  }

  message(message: Omit<Message, 'before'>): void {
    this.items.push({ kind: 'message', message });
  }

  /** A prompt that only the agent's span holds stands before everything else. */
  open(text: string, place: SourceRef): void {
    this.prompt = { text, place };
    this.items.unshift({ kind: 'message', message: { role: 'user', kind: 'prompt', text, place } });
  }

  get endsWithThought(): boolean {
    return this.items.findLast(({ kind }) => kind === 'thought' || kind === 'call')?.kind === 'thought';
  }

  /** The task, when this is the main agent's thread. */
  get task(): Task | undefined {
    return this.prompt && { text: this.prompt.text, place: this.prompt.place };
  }

  /** Makes turns, steps and messages of it all. */
  build(run: RunBuilder, thread: ThreadBuilder): void {
    let begun = false;
    for (const item of this.items) {
      if (item.kind === 'turn') {
        thread.beginTurn(item.usage);
        begun = true;
      } else if (item.kind === 'thought') thread.think(item.text, item.place);
      else if (item.kind === 'message') thread.message(item.message);
      else {
        if (!begun) thread.beginTurn();
        begun = true;
        buildCall(run, thread, item.call);
      }
    }
  }
}

function buildCall(run: RunBuilder, thread: ThreadBuilder, call: PlannedCall): void {
  const { tool, action, args } = renderTool(call.tool, call.args);
  const step = thread.call({
    tool,
    action,
    ...(args && { args }),
    ...(call.startedAt !== undefined && { startedAt: call.startedAt }),
    place: call.place,
  });
  call.step = step;
  if (call.shown && call.shown.images.length > 0) {
    run.log.fold('left-out-image', 'info', 'images are kept by reference', { artifact: call.place.artifact });
  }
  const result = joinResult(call);
  if (result) thread.result(step, result);
}

/** What the agent was shown counts; a different output of the tool itself is kept beside it. */
function joinResult({ shown, ran }: PlannedCall): ResultFacts | undefined {
  if (!shown && !ran) return undefined;
  const observation = shown?.text ?? ran?.text;
  const raw = shown && ran?.text !== undefined && ran.text !== shown.text ? ran.text : undefined;
  const rawOutput = raw ?? (observation === undefined || observation === '' ? ran?.failure : undefined);
  const place = shown?.place ?? ran?.place;
  return {
    ...(observation !== undefined && { observation }),
    ...(rawOutput !== undefined && { rawOutput }),
    ...(shown && shown.images.length > 0 && { images: shown.images }),
    ...(ran?.exitCode !== undefined && { exitCode: ran.exitCode }),
    status: ran?.status ?? 'unknown',
    ...(ran?.endedAt !== undefined && { endedAt: ran.endedAt }),
    ...(place && { place }),
  };
}

/** Arguments as one text, to compare calls that have no id: the order of keys does not count. */
export function argumentsKey(args: unknown): string {
  const parsed = typeof args === 'string' ? tryParse(args) : args;
  if (typeof parsed !== 'object' || parsed === null) return String(parsed ?? '');
  const entries = Object.entries(parsed as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}

function tryParse(text: string): unknown {
  return parseJsonText(text) ?? text;
}
