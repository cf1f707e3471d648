import type { BatchState } from '../../app/analyze-many.ts';

/** Before so many seconds of work nothing is said of the time left. */
const SECONDS_TO_JUDGE = 2;

/** Progress of long work on stderr: silent for a single run, one line that is rewritten on a terminal, else now and then. */
export class Progress {
  private done = 0;
  private steps = 0;
  private lastShown = 0;
  private state: BatchState | undefined;
  private readonly start = performance.now();

  /** How far the batch is as a whole. */
  update(state: BatchState): void {
    this.state = state;
  }

  /** One more run was analysed. */
  advance(steps: number): void {
    this.done++;
    this.steps += steps;
    if (this.done < 2) return;
    const now = performance.now();
    const pause = process.stderr.isTTY ? 100 : 5000;
    if (now - this.lastShown < pause) return;
    this.lastShown = now;
    const text = describeProgress(this.done, this.steps, (now - this.start) / 1000, this.state);
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  }

  finish(): void {
    if (this.done > 1 && process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}

/** `120 runs, 3400 steps, 9.5 runs/s; 150 of 417 artifacts, about 40 s left`; the time as soon as all was found. */
export function describeProgress(runs: number, steps: number, seconds: number, state?: BatchState): string {
  const rate = (runs / Math.max(0.001, seconds)).toFixed(1);
  const text = `${runs} runs, ${steps} steps, ${rate} runs/s`;
  if (!state) return text;
  const { artifacts, doneArtifacts, isComplete, weight, doneWeight } = state;
  if (!isComplete) return `${text}; ${artifacts} artifacts found so far`;
  const share = `${text}; ${doneArtifacts} of ${artifacts} artifacts`;
  if (seconds < SECONDS_TO_JUDGE || doneWeight === 0) return share;
  const left = (seconds / doneWeight) * (weight - doneWeight);
  return `${share}, about ${describeSeconds(left)} left`;
}

export function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
