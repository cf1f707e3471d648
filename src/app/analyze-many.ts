import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { RunId } from '../model/ids.ts';
import { type ArtifactItem, type ArtifactOptions, analyzeArtifact } from './analyze-artifact.ts';
import { toJob } from './artifact-job.ts';
import { BatchQueue, type BatchSlot } from './batch-queue.ts';
import { identifyArtifact } from './identify-artifact.ts';
import { chooseFormats, type Located, locateArtifacts } from './locate-artifacts.ts';
import type { ReadItem, ReadOptions } from './read-item.ts';
import { spawnAnalyzeWorker } from './spawn-worker.ts';
import { WorkerPool } from './worker-pool.ts';

export interface AnalyzeManyOptions extends ArtifactOptions, Pick<ReadOptions, 'format' | 'extractors'> {
  /** Threads that read, analyse and write: as many as the machine has cores unless given; 1 works in this thread. */
  readonly workers?: number;
  /** Told again and again how far the batch is. */
  readonly onProgress?: (state: BatchState) => void;
}

/** How far a batch is. Artifacts are weighed by their size and a constant. */
export interface BatchState {
  readonly artifacts: number;
  readonly weight: number;
  /** Whether everything was found: before, the two numbers above still grow. */
  readonly isComplete: boolean;
  readonly doneArtifacts: number;
  readonly doneWeight: number;
}

/** What a batch gives: its runs and failures in the order of discovery; skipped files as they are met. */
export type BatchItem = ArtifactItem | Extract<ReadItem, { kind: 'skipped' }>;

interface Pending {
  readonly artifact: FoundLocated;
  readonly slot: BatchSlot<BatchItem>;
}

type FoundLocated = Extract<Located, { kind: 'found' }>;

/** Artifacts that are found before it is decided whether threads are worth their start. */
const FEW_ARTIFACTS = 4;
/** What reading an artifact costs whatever its size, in bytes that could be read meanwhile. */
const BASE_WEIGHT = 64 * 1024;
const HEAVY = 32 * 1024 * 1024;
/** Packed archives over this size are unpacked once, by this thread, and not by every worker. */
const SHARED_ARCHIVE = 64 * 1024 * 1024;
/** After an interruption the artifacts at work get so long to be finished. */
const GRACE_MS = 3000;
/** Discovery reads synchronously: so often it lets messages of the threads in. */
const PAUSE_MS = 5;

/**
 * Reads, analyses and writes every run under the given paths. With several workers discovery goes on in this thread and
 * hands the artifacts to them through a bounded queue; what comes out, and in which order, is the same.
 * @throws CodetracerError `usage` for an unknown format id, `unwritable` when files can't be written
 */
export async function* analyzeMany(
  paths: readonly string[],
  options: AnalyzeManyOptions = {},
): AsyncGenerator<BatchItem> {
  const located = locateArtifacts(paths, await chooseFormats(options));
  const batch = new Batch(options);
  const queue = new BatchQueue<BatchItem>();
  const producing = batch.produce(located, queue);
  try {
    yield* queue.drain();
  } finally {
    queue.stop();
    await batch.close();
    await producing;
  }
}

class Batch {
  private readonly options: AnalyzeManyOptions;
  private readonly workers: number;
  private readonly taken = new Map<RunId, string>();
  private readonly state = { artifacts: 0, weight: 0, isComplete: false, doneArtifacts: 0, doneWeight: 0 };
  private readonly pending: Pending[] = [];
  private readonly start = performance.now();
  private workedMs = 0;
  private pool: WorkerPool<object, ArtifactItem> | undefined;

  constructor(options: AnalyzeManyOptions) {
    this.options = options;
    this.workers = Math.max(1, options.workers ?? availableParallelism());
  }

  /** Finds everything and hands it on; never throws, failures go through the queue. */
  async produce(located: AsyncGenerator<Located>, queue: BatchQueue<BatchItem>): Promise<void> {
    const pause = new Pause(PAUSE_MS);
    try {
      for await (const next of located) {
        if (queue.isStopped) return;
        if (next.kind === 'found') {
          this.count(next);
          this.pending.push({ artifact: next, slot: queue.open() });
        } else if (next.item.kind === 'skipped') queue.aside(next.item);
        else queue.settle(next.item);
        await this.work(queue, queue.isFull);
        await queue.room();
        await pause.now();
      }
      this.state.isComplete = true;
      this.options.onProgress?.({ ...this.state });
      await this.work(queue, true);
    } catch (error) {
      queue.fail(error);
    } finally {
      await located.return(undefined);
      queue.close();
    }
  }

  /** Hands on what was found, unless it is better to find more first; `all` leaves no choice. */
  private async work(queue: BatchQueue<BatchItem>, all: boolean): Promise<void> {
    // Nothing else will be found: one alone gets a report of its own, few are not worth threads.
    const isSmall = this.state.isComplete && this.pool === undefined && !this.isWorthThreads();
    while (!queue.isStopped) {
      if (!all && !this.isTime()) return;
      const next = this.pending.shift();
      if (!next) return;
      if (this.workers === 1 || isSmall || !(await canReopen(next.artifact))) await this.here(next);
      else await this.hand(next, queue);
    }
  }

  /**
   * With threads as soon as they are worth it; alone discovery takes a third of the time, so that it is known before
   * long how much there is to do.
   */
  private isTime(): boolean {
    if (this.workers > 1) return this.pool !== undefined || this.isWorthThreads();
    const finding = performance.now() - this.start - this.workedMs;
    return this.state.artifacts > 1 && finding > this.workedMs / 2;
  }

  async close(): Promise<void> {
    await this.pool?.close(GRACE_MS);
  }

  private isWorthThreads(): boolean {
    const { artifacts, weight } = this.state;
    const enough = this.options.workers === undefined ? FEW_ARTIFACTS : 2;
    return this.workers > 1 && artifacts >= 2 && (artifacts >= enough || weight >= HEAVY);
  }

  private async hand({ artifact, slot }: Pending, queue: BatchQueue<BatchItem>): Promise<void> {
    const { options } = this;
    this.pool ??= new WorkerPool({
      size: this.workers,
      spawn: () =>
        spawnAnalyzeWorker({
          options: pickOptions(options),
          ...(options.extractors !== undefined && { extractors: options.extractors }),
        }),
      fail: (error) => queue.fail(error),
    });
    const identity = await identifyArtifact(artifact, this.taken);
    this.pool.submit(toJob(artifact, identity), {
      item: (item) => slot.push(item),
      end: (crash) => {
        if (crash !== undefined) {
          const message = `${artifact.path}: the thread that read it stopped: ${crash}`;
          slot.push({ kind: 'failed', path: artifact.path, code: 'unreadable', message });
        }
        this.finish(artifact);
        slot.end();
      },
    });
  }

  /** In this thread; each run is handed on before the next one is read. */
  private async here({ artifact, slot }: Pending): Promise<void> {
    const start = performance.now();
    const identity = await identifyArtifact(artifact, this.taken);
    const isAlone = this.state.isComplete && this.state.artifacts === 1;
    for await (const item of analyzeArtifact(artifact, identity, this.options, isAlone)) {
      slot.push(item);
      if (await slot.taken()) return;
    }
    this.workedMs += performance.now() - start;
    this.finish(artifact);
    slot.end();
  }

  private count(artifact: FoundLocated): void {
    this.state.artifacts++;
    this.state.weight += weightOf(artifact);
  }

  private finish(artifact: FoundLocated): void {
    this.state.doneArtifacts++;
    this.state.doneWeight += weightOf(artifact);
    this.options.onProgress?.({ ...this.state });
  }
}

/** Gives way to other events now and then. */
class Pause {
  private readonly everyMs: number;
  private last = performance.now();

  constructor(everyMs: number) {
    this.everyMs = everyMs;
  }

  async now(): Promise<void> {
    if (performance.now() - this.last < this.everyMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.last = performance.now();
  }
}

function weightOf({ found }: FoundLocated): number {
  return BASE_WEIGHT + found.entry.size;
}

function pickOptions({ withholdOutcome, out, files, html }: AnalyzeManyOptions): ArtifactOptions {
  return {
    ...(withholdOutcome !== undefined && { withholdOutcome }),
    ...(out !== undefined && { out }),
    ...(files !== undefined && { files }),
    ...(html !== undefined && { html }),
  };
}

/** Whether another thread may open what the user named once more: standard input is read only once. */
async function canReopen({ input, named }: FoundLocated): Promise<boolean> {
  if (named === '-') return false;
  if (input.absolute) return true;
  return (await stat(named)).size <= SHARED_ARCHIVE;
}
