import { isObject } from '../../base/json.ts';
import {
  type MessageNote,
  notedAction,
  type StepNote,
  type ThreadNote,
  type TurnNote,
} from '../../model/exchange-note.ts';
import type { Millis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import type { Usage } from '../../model/usage.ts';
import { renderAction } from './render-action.ts';

/**
 * A thread that one of our own exports describes: it is built as the notes say, without the rules of thumb that foreign
 * artifacts need.
 */
export class NotedThread {
  readonly thread: ThreadBuilder;
  private readonly run: RunBuilder;
  private begun = false;

  constructor(run: RunBuilder, thread: ThreadBuilder) {
    this.run = run;
    this.thread = thread;
  }

  /** What is known of the thread as a whole. */
  begin(note: ThreadNote): void {
    const { run, thread } = this;
    if (thread !== run) {
      thread.name = note.name;
      thread.prompt = note.prompt;
      return;
    }
    run.agent =
      note.name === undefined
        ? undefined
        : { name: note.name, ...(note.agentVersion !== undefined && { version: note.agentVersion }) };
    run.model = note.model;
    run.initialCwd = note.initialCwd;
    run.startedAt = note.startedAt as Millis | undefined;
    run.endedAt = note.endedAt as Millis | undefined;
    if (note.taskId !== undefined || note.taskText !== undefined) {
      run.task = {
        ...run.task,
        ...(note.taskId !== undefined && { id: note.taskId }),
        ...(note.taskText !== undefined && { text: note.taskText }),
      };
    }
  }

  message({ role, kind, task }: MessageNote, text: string, place: SourceRef): void {
    if (task) this.run.task = { ...this.run.task, text, place };
    this.thread.message({ role, kind, text, place });
  }

  /** An answer of the model; its calls follow. */
  turn(note: TurnNote, usage: Usage | undefined, thought: string | undefined, place: SourceRef): void {
    if (!note.sameTurn || !this.begun) this.thread.beginTurn(usage);
    this.begun = true;
    this.thread.think(thought, place);
  }

  call(tool: string, args: unknown, note: StepNote, place: SourceRef): PendingStep {
    if (!this.begun) this.thread.beginTurn();
    this.begun = true;
    const kept = isObject(args) && !note.noArguments ? args : undefined;
    return this.thread.call({
      tool,
      action: notedAction(note, args) ?? renderAction(tool, kept),
      ...(kept && { args: kept }),
      ...(note.startedAt !== undefined && { startedAt: note.startedAt as Millis }),
      place,
    });
  }

  /** How a call ended; a pending one has no result. */
  result(step: PendingStep, note: StepNote, observation: string | undefined, place: SourceRef): void {
    const { rawOutput, images, exitCode, cwd, endedAt } = note;
    const shown = [observation, rawOutput, images, exitCode, cwd, endedAt];
    if (note.status === 'pending' && shown.every((value) => value === undefined)) return;
    this.thread.result(step, {
      ...(observation !== undefined && { observation }),
      ...(note.rawOutput !== undefined && { rawOutput: note.rawOutput }),
      ...(note.images && { images: note.images }),
      ...(note.exitCode !== undefined && { exitCode: note.exitCode }),
      status: note.status,
      ...(note.cwd !== undefined && { recordedCwd: note.cwd }),
      ...(note.endedAt !== undefined && { endedAt: note.endedAt as Millis }),
      place,
    });
  }
}
