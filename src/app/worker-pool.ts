import type { Worker } from 'node:worker_threads';
import { CodetracerError, type ErrorCode } from '../base/error.ts';

/** What a worker says: it is ready, an item of its job is done, the job is done, or nothing more can be done at all. */
export type WorkerMessage<Item> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'fatal';
      readonly code: ErrorCode | undefined;
      readonly message: string;
      readonly hint?: string;
    };

/** Who gets what a job gives. */
export interface JobSink<Item> {
  item(item: Item): void;
  /** Called once; `crash` says why the worker died before it was done. */
  end(crash?: string): void;
}

interface Waiting<Job, Item> {
  readonly job: Job;
  readonly sink: JobSink<Item>;
}

interface Seat<Job, Item> {
  readonly worker: Worker;
  /** The job at work, and the next ones. */
  readonly jobs: Waiting<Job, Item>[];
  isReady: boolean;
  crash: string | undefined;
}

/** Jobs that a worker has at hand, the one at work among them: it need not wait for this thread between two. */
const JOBS_AHEAD = 2;

/**
 * Hands jobs in order to worker threads, which do one after the other. A worker that dies fails its own job, and another one
 * takes its place; one that can't even start, or says so itself, fails the pool.
 */
export class WorkerPool<Job, Item> {
  private readonly seats = new Set<Seat<Job, Item>>();
  private readonly waiting: Waiting<Job, Item>[] = [];
  private readonly size: number;
  private readonly spawn: () => Worker;
  private readonly fail: (error: Error) => void;
  private isClosed = false;

  constructor(options: { size: number; spawn: () => Worker; fail: (error: Error) => void }) {
    this.size = options.size;
    this.spawn = options.spawn;
    this.fail = options.fail;
  }

  submit(job: Job, sink: JobSink<Item>): void {
    this.waiting.push({ job, sink });
    this.deal();
  }

  /** Takes no more jobs; those at the workers get `graceMs` to end before their threads are stopped. */
  async close(graceMs = 0): Promise<void> {
    this.isClosed = true;
    this.waiting.length = 0;
    const end = performance.now() + graceMs;
    while ([...this.seats].some((seat) => seat.jobs.length > 0) && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await Promise.all([...this.seats].map((seat) => seat.worker.terminate()));
  }

  private deal(): void {
    if (this.isClosed) return;
    while (this.waiting.length > 0 && this.seats.size < this.size) this.give(this.open());
    for (let held = 0; held < JOBS_AHEAD; held++) {
      for (const seat of this.seats) if (seat.jobs.length <= held) this.give(seat);
    }
  }

  private give(seat: Seat<Job, Item>): void {
    const next = this.waiting.shift();
    if (!next) return;
    seat.jobs.push(next);
    seat.worker.postMessage(next.job, []);
  }

  private open(): Seat<Job, Item> {
    const worker = this.spawn();
    const seat: Seat<Job, Item> = { worker, jobs: [], isReady: false, crash: undefined };
    worker.on('message', (message: WorkerMessage<Item>) => this.take(seat, message));
    worker.on('error', (error) => (seat.crash = error.message));
    worker.on('exit', (code) => this.leave(seat, code));
    this.seats.add(seat);
    return seat;
  }

  private take(seat: Seat<Job, Item>, message: WorkerMessage<Item>): void {
    switch (message.kind) {
      case 'ready':
        seat.isReady = true;
        return;
      case 'item':
        seat.jobs[0]?.sink.item(message.item);
        return;
      case 'end': {
        seat.jobs.shift()?.sink.end();
        this.deal();
        return;
      }
      case 'fatal':
        this.fail(revive(message));
        return;
      default: {
        const never: never = message;
        return never;
      }
    }
  }

  private leave(seat: Seat<Job, Item>, code: number): void {
    this.seats.delete(seat);
    if (this.isClosed) return;
    const why = seat.crash ?? `it ended with code ${code}`;
    if (!seat.isReady) {
      this.fail(new Error(`a worker thread could not start: ${why}`));
      return;
    }
    const [failed, ...others] = seat.jobs;
    this.waiting.unshift(...others);
    failed?.sink.end(why);
    this.deal();
  }
}

function revive({ code, message, hint }: Extract<WorkerMessage<never>, { kind: 'fatal' }>): Error {
  if (code === undefined) return new Error(message);
  return new CodetracerError(code, message, hint === undefined ? {} : { hint });
}
