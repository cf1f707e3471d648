import { RecentMap } from '../../base/recent-map.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { PendingStep } from '../../model/thread-builder.ts';

/** Calls of one message that share an id; those before `next` have their result. */
interface Group {
  readonly turn: number;
  readonly steps: PendingStep[];
  next: number;
}

/** Calls whose ids are remembered, to say when one is used again. */
const REMEMBERED = 50_000;
/** The list of calls in order is cleared of settled ones when it has grown to so many. */
const SETTLED = 4096;

/**
 * Joins the calls of one thread with their results. Ids are not unique in real logs: services number calls per answer,
 * an abandoned API attempt is repeated under the same ids, and some records have no id at all. So a result goes to the
 * open call of its id in the latest message, first call first; without an id to the first open call.
 */
export class OpenCalls {
  private readonly log: DiagnosticLog;
  /** Open calls of each id, the latest message last. */
  private readonly byId = new Map<string, Group[]>();
  private readonly abandoned = new Map<string, PendingStep>();
  private readonly seen = new RecentMap<string, PendingStep>(REMEMBERED);
  /** Calls in order; those before `firstOpen` have a result or never ran. */
  private order: PendingStep[] = [];
  private firstOpen = 0;
  private clearAt = SETTLED;
  private ofMessage: { readonly id: string | undefined; readonly step: PendingStep }[] = [];
  /** A result or a prompt came since the current message began: its calls did run, or may have. */
  private wentOn = false;

  constructor(log: DiagnosticLog) {
    this.log = log;
  }

  add(id: string | undefined, step: PendingStep): void {
    this.order.push(step);
    if (this.order.length >= this.clearAt) this.clearSettled();
    this.ofMessage.push({ id, step });
    if (id === undefined) return;
    const before = this.seen.get(id);
    if (before && !before.dropped) {
      this.log.fold('reused-call-id', 'info', 'call ids are used more than once', step.facts.place);
    }
    this.seen.set(id, step);
    const groups = this.byId.get(id) ?? [];
    const last = groups.at(-1);
    if (last?.turn === step.turn) last.steps.push(step);
    else groups.push({ turn: step.turn, steps: [step], next: 0 });
    this.byId.set(id, groups);
  }

  /**
   * Another message of the agent begins. When nothing at all came back to the message before, its API attempt was
   * given up: its calls never ran, and the new message repeats or replaces them.
   */
  nextMessage(): void {
    if (!this.wentOn) {
      for (const { id, step } of this.ofMessage) this.abandon(id, step);
    }
    this.ofMessage = [];
    this.wentOn = false;
  }

  /** A prompt interrupted the thread: calls that are still open may have run. */
  prompted(): void {
    this.wentOn = true;
  }

  /** The call that a result belongs to; undefined when none waits for it. */
  take(id: string | undefined): PendingStep | undefined {
    this.wentOn = true;
    if (id === undefined) return this.takeFirst();
    const groups = this.byId.get(id);
    const last = groups?.at(-1);
    if (!groups || !last) return this.revive(id);
    const step = last.steps[last.next++];
    if (last.next >= last.steps.length) groups.pop();
    if (groups.length === 0) this.byId.delete(id);
    return step;
  }

  private takeFirst(): PendingStep | undefined {
    for (; this.firstOpen < this.order.length; this.firstOpen++) {
      const step = this.order[this.firstOpen];
      if (step && !step.result && !step.dropped) return this.order[this.firstOpen++];
    }
    return undefined;
  }

  /** Each time at twice the length of what was left, so that a log of calls that all stay open costs linear time. */
  private clearSettled(): void {
    this.order = this.order.slice(this.firstOpen).filter((step) => !step.result && !step.dropped);
    this.firstOpen = 0;
    this.clearAt = Math.max(SETTLED, this.order.length * 2);
  }

  /** A late result for a call that looked abandoned: it ran after all. */
  private revive(id: string): PendingStep | undefined {
    const step = this.abandoned.get(id);
    if (step) {
      step.dropped = false;
      this.abandoned.delete(id);
    }
    return step;
  }

  private abandon(id: string | undefined, step: PendingStep): void {
    step.dropped = true;
    this.log.fold('abandoned-call', 'info', 'calls of an abandoned API attempt never ran', step.facts.place);
    if (id === undefined) return;
    this.abandoned.set(id, step);
    // Nothing came back to the message, so its group stands last and is whole.
    const groups = this.byId.get(id);
    if (groups?.at(-1)?.turn === step.turn) groups.pop();
  }
}
