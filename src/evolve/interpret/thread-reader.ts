import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { Millis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { CallFacts, PendingStep, ResultFacts, ThreadBuilder } from '../../model/thread-builder.ts';
import type { Usage } from '../../model/usage.ts';
import type { Tally } from './tally.ts';

/** Pairs the calls and results of one thread, and says where its turns begin. */
export class SpecThread {
  readonly thread: ThreadBuilder;
  /** Calls by id, in order: ids come again in real logs. */
  private readonly byId = new Map<string, PendingStep[]>();
  /** Calls of the current turn, for results without an id. */
  private waiting: PendingStep[] = [];
  private readonly log: DiagnosticLog;
  private readonly tally: Tally;
  private turnRecord = -1;
  private turnKey: string | undefined;

  constructor(thread: ThreadBuilder, log: DiagnosticLog, tally: Tally) {
    this.thread = thread;
    this.log = log;
    this.tally = tally;
  }

  /** The record that now speaks for the agent: a new turn unless it is the same one, or bears the same turn key. */
  openTurn(record: number, key: string | undefined, usage: () => Usage | undefined): void {
    const same = record === this.turnRecord || (key !== undefined && key === this.turnKey);
    this.turnRecord = record;
    this.turnKey = key;
    if (same) return;
    this.waiting = [];
    this.thread.beginTurn(usage());
  }

  /**
   * A call; undefined when it only repeats one that waits. A call whose id comes again before any result was given up: it
   * never ran.
   */
  call(facts: CallFacts, id: string | undefined): PendingStep | undefined {
    const same = id === undefined ? undefined : this.byId.get(id);
    const open = same?.findLast((step) => !step.result && !step.dropped);
    if (open && isSameCall(open.facts, facts)) {
      this.log.fold('duplicate-record', 'info', 'a call is recorded again before its result', facts.place);
      return undefined;
    }
    if (open) {
      this.thread.drop(open);
      this.tally.calls--;
      this.log.fold(
        'abandoned-call',
        'info',
        'a call was issued anew under its id before any result',
        facts.place,
      );
    }
    const step = this.thread.call(facts);
    this.tally.calls++;
    this.waiting.push(step);
    if (id === undefined) return step;
    if (!same) this.byId.set(id, [step]);
    else {
      same.push(step);
      this.tally.reusedIds++;
      this.log.fold(
        'reused-call-id',
        'info',
        'a call id was used again; results go to the last call',
        facts.place,
      );
    }
    return step;
  }

  /** The call that waits for a result: by its id where one is given, else the first of the turn. */
  waitingCall(id: string | undefined): PendingStep | undefined {
    if (id === undefined) return this.waiting.find((step) => !step.result && !step.dropped);
    return this.byId.get(id)?.findLast((step) => !step.result && !step.dropped);
  }

  /** The last call with an id, answered or not. */
  lastCall(id: string): PendingStep | undefined {
    return this.byId.get(id)?.at(-1);
  }

  answer(step: PendingStep, facts: ResultFacts, how: 'id' | 'inside' | 'position'): void {
    if (!step.result) {
      this.tally.paired++;
      if (how === 'id') this.tally.pairedById++;
      if (how === 'inside') this.tally.pairedInside++;
    }
    this.thread.result(step, facts);
  }
}

function isSameCall(a: CallFacts, b: CallFacts): boolean {
  return a.tool === b.tool && a.action === b.action && JSON.stringify(a.args) === JSON.stringify(b.args);
}

/** Whether times of records go back; equal times are in order. */
export class TimeWatch {
  private last: Millis | undefined;
  private readonly log: DiagnosticLog;
  private readonly tally: Tally;

  constructor(log: DiagnosticLog, tally: Tally) {
    this.log = log;
    this.tally = tally;
  }

  note(time: Millis | undefined, place: SourceRef): void {
    if (time === undefined) return;
    if (this.last !== undefined) {
      this.tally.timeSteps++;
      if (time < this.last) {
        this.tally.timeBack++;
        this.log.fold('time-order', 'info', 'a record is older than the one before it', place);
      }
    }
    this.last = time;
  }
}
