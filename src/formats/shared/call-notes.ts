import type { FileFact } from '../../model/file-fact.ts';
import type { Millis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { PendingStep, ResultFacts } from '../../model/thread-builder.ts';

/** What an event says of a call beside the items of the conversation. */
export interface CallNote {
  readonly exitCode?: number;
  readonly status?: StepStatus;
  readonly endedAt?: Millis;
  /** What the call put out, whole. */
  readonly rawOutput?: string;
  readonly fileFacts?: readonly FileFact[];
  /** The event as text, for calls that no item shows. */
  readonly text?: string;
  readonly place: SourceRef;
}

/** Holds what events say of calls until the thread is read, since an event may come before its call's result. */
export class CallNotes {
  private readonly notes = new Map<PendingStep, CallNote>();
  private readonly interrupted = new Map<PendingStep, SourceRef>();

  add(step: PendingStep, note: CallNote): void {
    const known = this.notes.get(step);
    this.notes.set(step, known ? { ...note, ...known } : note);
  }

  interrupt(step: PendingStep, place: SourceRef): void {
    if (!this.interrupted.has(step)) this.interrupted.set(step, place);
  }

  /** Completes a call's result; what its own result says stands. */
  settle(step: PendingStep): void {
    const note = this.notes.get(step);
    if (note) step.result = step.result ? complete(step.result, note) : fromNote(note);
    const place = this.interrupted.get(step);
    if (place && !step.result) step.result = { status: 'interrupted', place };
  }
}

function complete(result: ResultFacts, note: CallNote): ResultFacts {
  const exitCode = result.exitCode ?? note.exitCode;
  const status = result.status === undefined || result.status === 'unknown' ? note.status : result.status;
  const shown = result.observation;
  const raw = note.rawOutput;
  const isMore = raw !== undefined && raw !== '' && !(shown ?? '').includes(raw.trim());
  return {
    ...result,
    ...(note.fileFacts && { fileFacts: note.fileFacts }),
    ...(exitCode !== undefined && { exitCode }),
    ...(status !== undefined && { status }),
    ...(note.endedAt !== undefined && result.endedAt === undefined && { endedAt: note.endedAt }),
    ...(isMore && shown === undefined && { observation: raw, place: note.place }),
    ...(isMore && shown !== undefined && raw.length > shown.length && { rawOutput: raw }),
  };
}

/** The result item was never written: what the event holds is all there is. */
function fromNote(note: CallNote): ResultFacts {
  return {
    ...(note.rawOutput !== undefined && { observation: note.rawOutput }),
    ...(note.fileFacts && { fileFacts: note.fileFacts }),
    ...(note.exitCode !== undefined && { exitCode: note.exitCode }),
    status: note.status ?? 'unknown',
    ...(note.endedAt !== undefined && { endedAt: note.endedAt }),
    place: note.place,
  };
}
