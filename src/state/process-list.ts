import type { StepId } from '../model/ids.ts';
import { VersionedMap } from './versioned-map.ts';

export interface RunningProcess {
  readonly what: string;
  readonly by: StepId;
}

/** Processes looked at when one is killed: those started last. */
const LOOK_BACK = 200;

/** Processes that steps left running. */
export class ProcessList {
  readonly running = new VersionedMap<number, RunningProcess>();
  private readonly alive: { number: number; what: string }[] = [];
  private count = 0;

  start(what: string, by: StepId, at: number): void {
    const number = ++this.count;
    this.alive.push({ number, what });
    this.running.set(number, at, { what, by });
  }

  /** Ends what the target names; a bare process or job number can only mean the one that runs, if it is one. */
  kill(target: string, at: number): void {
    const name = target.replace(/["']/g, '').trim();
    const from = Math.max(0, this.alive.length - LOOK_BACK);
    const anonymous = name === '' || /^[%$]?\S?\d*$|^\$/.test(name);
    for (let i = this.alive.length - 1; i >= from; i--) {
      const process = this.alive[i];
      if (!process) continue;
      const meant = anonymous
        ? this.alive.length === 1
        : process.what.includes(name) || name.includes(process.what);
      if (!meant) continue;
      this.running.set(process.number, at, undefined);
      this.alive.splice(i, 1);
    }
  }
}
