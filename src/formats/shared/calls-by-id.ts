import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';

/** Calls of one turn that share an id, in order; those before `next` have been taken. */
interface Group {
  readonly turn: number;
  readonly steps: PendingStep[];
  next: number;
}

/**
 * The calls of a thread that wait for a result, for logs that name calls by ids which may come again: a result belongs
 * to the latest turn that has an open call of its id, there to the first one; without an id, to the first open call of the
 * latest turn.
 */
export class CallsById {
  private readonly log: DiagnosticLog;
  private readonly groups = new Map<string, Group[]>();
  private readonly latest = new Map<string, PendingStep>();
  private turn: PendingStep[] = [];
  private cursor = 0;

  constructor(log: DiagnosticLog) {
    this.log = log;
  }

  add(id: string | undefined, step: PendingStep, place: SourceRef): void {
    if (this.turn[0]?.turn !== step.turn) {
      this.turn = [];
      this.cursor = 0;
    }
    this.turn.push(step);
    if (id === undefined) return;
    if (this.latest.has(id)) {
      this.log.fold('reused-call-id', 'info', 'ids of calls come again; results are joined in order', place);
    }
    this.latest.set(id, step);
    const groups = this.groups.get(id) ?? [];
    const top = groups.at(-1);
    if (top?.turn === step.turn) top.steps.push(step);
    else groups.push({ turn: step.turn, steps: [step], next: 0 });
    this.groups.set(id, groups);
  }

  /** The call that a result answers; it is then no longer open. */
  take(id: string | undefined): PendingStep | undefined {
    return id === undefined ? this.takeNext() : this.takeNamed(id);
  }

  /** The latest call of an id, answered or not. */
  find(id: string): PendingStep | undefined {
    return this.latest.get(id);
  }

  private takeNamed(id: string): PendingStep | undefined {
    const groups = this.groups.get(id);
    for (let top = groups?.at(-1); top; top = groups?.at(-1)) {
      const step = top.steps[top.next++];
      if (!step) groups?.pop();
      else if (!step.result) return step;
    }
    return undefined;
  }

  private takeNext(): PendingStep | undefined {
    for (let step = this.turn[this.cursor]; step; step = this.turn[++this.cursor]) {
      if (!step.result) return step;
    }
    return undefined;
  }
}
