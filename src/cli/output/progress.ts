/** Progress of long work on stderr: silent for a single run, one line that is rewritten on a terminal, else now and then. */
export class Progress {
  private done = 0;
  private steps = 0;
  private lastShown = 0;
  private readonly start = performance.now();

  /** One more run was analysed. */
  advance(steps: number): void {
    this.done++;
    this.steps += steps;
    if (this.done < 2) return;
    const now = performance.now();
    const pause = process.stderr.isTTY ? 100 : 5000;
    if (now - this.lastShown < pause) return;
    this.lastShown = now;
    const seconds = Math.max(0.001, (now - this.start) / 1000);
    const text = `${this.done} runs, ${this.steps} steps, ${(this.done / seconds).toFixed(1)} runs/s`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  }

  finish(): void {
    if (this.done > 1 && process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
