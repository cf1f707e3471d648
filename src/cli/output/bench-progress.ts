import type { CaseRow } from '../../app/bench/bench-manifest.ts';
import { describeSeconds } from './progress.ts';
import { terminalText } from './terminal-text.ts';

/** Before so many seconds of work nothing is said of the time left. */
const SECONDS_TO_JUDGE = 2;

/** Progress of a benchmark on stderr: one line that is rewritten on a terminal, else one now and then. */
export class BenchProgress {
  private readonly start = performance.now();
  private lastShown = performance.now();
  private steps = 0;

  update(row: CaseRow, done: number, total: number): void {
    this.steps += row.stepCount ?? 0;
    const isTerminal = process.stderr.isTTY;
    if (row.state === 'refused' || row.state === 'failed') {
      const text = `${row.state}: ${terminalText(row.name)}: ${terminalText(row.reason ?? '')}`;
      process.stderr.write(`${isTerminal ? '\r\u001b[K' : ''}${text}\n`);
    }
    const now = performance.now();
    if (now - this.lastShown < (isTerminal ? 100 : 5000)) return;
    this.lastShown = now;
    const text = describeBenchProgress(done, total, this.steps, (now - this.start) / 1000);
    process.stderr.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
  }

  finish(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}

/** `40 of 138 cases, 2100 steps, 5.1 cases/s, about 20 s left`. */
export function describeBenchProgress(done: number, total: number, steps: number, seconds: number): string {
  const rate = (done / Math.max(0.001, seconds)).toFixed(1);
  const text = `${done} of ${total} cases, ${steps} steps, ${rate} cases/s`;
  if (seconds < SECONDS_TO_JUDGE || done === 0) return text;
  return `${text}, about ${describeSeconds((seconds / done) * (total - done))} left`;
}
