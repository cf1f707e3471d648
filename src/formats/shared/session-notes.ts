import type { Millis } from '../../model/ids.ts';
import type { Message, RunException } from '../../model/run.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ThreadBuilder } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';

/** What the logs of interactive sessions tell of a run beside its steps, whatever tool wrote them. */
export class SessionNotes {
  private readonly run: RunBuilder;
  private readonly sessions = new Set<string>();
  private usage: Usage | undefined;
  private fault: RunException | undefined;

  constructor(run: RunBuilder) {
    this.run = run;
  }

  time(time: Millis | undefined): void {
    if (time === undefined) return;
    const { startedAt, endedAt } = this.run;
    if (startedAt === undefined || time < startedAt) this.run.startedAt = time;
    if (endedAt === undefined || time > endedAt) this.run.endedAt = time;
  }

  /** What the user asked; the first one of the main thread is the task. */
  prompt(thread: ThreadBuilder, text: string, place: SourceRef): void {
    if (text.trim() === '') return;
    thread.message({ role: 'user', kind: 'prompt', text, place });
    if (thread === this.run) this.run.task ??= { text, place };
    else thread.prompt ??= text;
  }

  notice(thread: ThreadBuilder, role: Message['role'], text: string, place: SourceRef): void {
    if (text.trim() !== '') thread.message({ role, kind: 'notice', text, place });
  }

  compaction(thread: ThreadBuilder, text: string, place: SourceRef): void {
    const message = 'the history was compacted; the steps before it are here';
    this.run.log.fold('compacted-history', 'info', message, place);
    if (text.trim() !== '') thread.message({ role: 'environment', kind: 'compaction', text, place });
  }

  /** An error of the model's service or of the harness: it counts when nothing of the agent follows. */
  failed(fault: RunException): void {
    this.fault = fault;
  }

  /** The agent went on. */
  wentOn(): void {
    this.fault = undefined;
  }

  session(id: string | undefined, place: SourceRef): void {
    if (id === undefined || this.sessions.has(id)) return;
    if (this.sessions.size > 0) {
      this.run.log.fold('several-sessions', 'info', 'another session begins; all are read as one run', place);
    }
    this.sessions.add(id);
  }

  /** Usage of one model call, with steps or without. */
  spent(usage: Usage | undefined): void {
    this.usage = addUsage(this.usage, usage);
  }

  finish(): void {
    this.run.totalUsage ??= this.usage;
    if (this.fault) this.run.exceptions.push(this.fault);
  }
}
