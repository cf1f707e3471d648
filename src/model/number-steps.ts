import { countLoneSurrogates } from '../base/text.ts';
import type { DiagnosticLog } from './diagnostic-log.ts';
import type { StepId } from './ids.ts';
import type { PlacedText } from './run.ts';
import type { SourceRef } from './source-ref.ts';
import type { Step } from './step.ts';
import type { PendingStep, ThreadBuilder } from './thread-builder.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A thread's steps with their ids, and the agent's text after the last of them. */
export interface NumberedThread {
  readonly steps: readonly Step[];
  /** In order; the texts of calls that never ran come first. */
  readonly finalTexts: readonly PlacedText[];
}

/**
 * Numbers the calls of a thread: ids are `prefix` and 1..n in the order of the calls, dropped ones left out. `offset`
 * continues the numbers of an earlier thread under the same prefix. Fills `ids`, so that sub-agents find their parent.
 */
export function numberSteps(
  thread: ThreadBuilder,
  prefix: string,
  offset: number,
  ids: Map<PendingStep, StepId>,
  log: DiagnosticLog,
): NumberedThread {
  const perTurn = new Map<number, number>();
  for (const call of thread.calls) {
    if (!call.dropped) perTurn.set(call.turn, (perTurn.get(call.turn) ?? 0) + 1);
  }
  const steps: Step[] = [];
  let carried: string[] = [];
  let carriedRef: SourceRef | undefined;
  for (const call of thread.calls) {
    if (call.dropped) {
      if (call.thought !== undefined) carried.push(call.thought);
      carriedRef ??= call.thoughtRef;
      continue;
    }
    const id = `${prefix}${offset + steps.length + 1}` as StepId;
    ids.set(call, id);
    const step = toStep(call, id, steps.length + 1, (perTurn.get(call.turn) ?? 0) > 1);
    addThought(
      step,
      [...carried, ...(call.thought === undefined ? [] : [call.thought])],
      carriedRef ?? call.thoughtRef,
    );
    carried = [];
    carriedRef = undefined;
    reportSurrogates(step, log);
    steps.push(Object.freeze(step));
  }
  const place = carriedRef;
  const left = place ? carried.map((text) => ({ text, place })) : [];
  return { steps, finalTexts: [...left, ...thread.trailingTexts] };
}

function addThought(step: Mutable<Step>, texts: readonly string[], ref: SourceRef | undefined): void {
  if (texts.length > 0) step.thought = texts.join('\n\n');
  if (ref) step.thoughtRef = ref;
}

function toStep(call: PendingStep, id: StepId, ordinal: number, parallel: boolean): Mutable<Step> {
  const { facts, result } = call;
  return {
    id,
    ordinal,
    turn: call.turn,
    ...(parallel && { parallelGroup: call.turn }),
    tool: facts.tool,
    action: facts.action,
    ...(facts.args && { args: facts.args }),
    ...(result?.observation !== undefined && { observation: result.observation }),
    ...(result?.rawOutput !== undefined && { rawOutput: result.rawOutput }),
    ...(result?.images && result.images.length > 0 && { images: result.images }),
    ...(result?.fileFacts && result.fileFacts.length > 0 && { fileFacts: result.fileFacts }),
    ...(result?.exitCode !== undefined && { exitCode: result.exitCode }),
    status: result?.status ?? (result ? 'unknown' : 'pending'),
    ...(result?.recordedCwd !== undefined && { recordedCwd: result.recordedCwd }),
    ...(facts.startedAt !== undefined && { startedAt: facts.startedAt }),
    ...(result?.endedAt !== undefined && { endedAt: result.endedAt }),
    ...(call.usage && { usage: call.usage }),
    actionRef: facts.place,
    ...(result?.place && { observationRef: result.place }),
  };
}

function reportSurrogates(step: Step, log: DiagnosticLog): void {
  for (const text of [step.thought, step.action, step.observation]) {
    if (text !== undefined && countLoneSurrogates(text) > 0) {
      log.fold('lone-surrogate', 'info', 'text with half of a surrogate pair', step.actionRef);
      return;
    }
  }
}
