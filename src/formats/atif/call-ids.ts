import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';

/** Ids of the calls of one thread: which were there already, and which calls wait for a result of a later step. */
export class CallIds {
  private readonly log: DiagnosticLog;
  private readonly seen = new Set<string>();
  private readonly unanswered = new Map<string, PendingStep[]>();

  constructor(log: DiagnosticLog) {
    this.log = log;
  }

  note(id: string | undefined, { artifact }: SourceRef): void {
    if (id === undefined) return;
    if (this.seen.has(id))
      this.log.fold('reused-call-id', 'info', 'a call id stands there again; joined in order', { artifact });
    this.seen.add(id);
  }

  keepOpen(id: string, call: PendingStep): void {
    const open = this.unanswered.get(id);
    if (open) open.push(call);
    else this.unanswered.set(id, [call]);
  }

  /** A result may come in a later step than its call: the first call of the id that still waits. */
  takeEarlier(id: string | undefined): PendingStep | undefined {
    if (id === undefined) return undefined;
    const call = this.unanswered.get(id)?.shift();
    if (!call) this.log.fold('unpaired-result', 'warning', 'a result answers no call of this trajectory');
    return call;
  }
}
