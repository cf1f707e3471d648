import { baseName } from '../base/path.ts';
import type { StepId } from '../model/ids.ts';
import type { ProcessState } from '../model/state.ts';
import { VersionedMap } from './versioned-map.ts';

/** Processes looked at when one is killed: those started last. */
const LOOK_BACK = 200;

/** What names a process apart from its text: numbers of the system, of the shell's jobs, of the harness. */
export interface ProcessNames {
  readonly pid?: number;
  readonly job?: number;
  /** The id by which the harness knows a job that it keeps running. */
  readonly handle?: string;
}

/** A process that nothing shows ended. */
export interface Alive extends ProcessNames {
  readonly number: number;
  state: ProcessState;
}

/** Processes that steps left running. */
export class ProcessList {
  readonly running = new VersionedMap<number, ProcessState>();
  private readonly alive: Alive[] = [];
  private count = 0;

  start(process: Pick<ProcessState, 'what' | 'command' | 'by'>, names: ProcessNames, at: number): void {
    const { pid } = names;
    const state: ProcessState = { ...process, ...(pid !== undefined && { pid }), provenance: 'assumed' };
    const number = ++this.count;
    this.alive.push({ ...names, number, state });
    this.running.set(number, at, state);
  }

  /** Ends what the target of a kill names; answers what that was. */
  kill(target: string, at: number): ProcessState[] {
    const words = target.replace(/["']/g, '').split(/\s+/).filter(Boolean);
    // A number that only the machine knew can mean the one that runs, if it is one.
    const isBlind = words.every((word) => /^\$|^[%$]?\S?$/.test(word));
    if (words.length === 0 || isBlind) {
      const job = /^%(\d+)$/.exec(words[0] ?? '')?.[1];
      if (job !== undefined && this.recent().some((process) => process.job !== undefined))
        return this.end((process) => process.job === Number(job), at);
      return this.alive.length === 1 ? this.end(() => true, at) : [];
    }
    const count = this.alive.length;
    if (words.some((word) => NUMBER.test(word) || this.recent().some(({ handle }) => handle === word)))
      return this.end((process) => words.some((word) => isNumbered(process, word, count)), at);
    const phrase = words.join(' ');
    return this.end(({ state }) => isCalled(state, phrase, words), at);
  }

  /** Ends what a listing, a job's own end, or the harness shows ended. */
  end(isMeant: (process: Alive) => boolean, at: number): ProcessState[] {
    const ended: ProcessState[] = [];
    const from = Math.max(0, this.alive.length - LOOK_BACK);
    for (let i = this.alive.length - 1; i >= from; i--) {
      const process = this.alive[i];
      if (!process || !isMeant(process)) continue;
      ended.push(process.state);
      this.running.set(process.number, at, undefined);
      this.alive.splice(i, 1);
    }
    return ended;
  }

  /** An output shows those that are meant running. */
  seen(isMeant: (process: ProcessState) => boolean, by: StepId, at: number): void {
    for (const process of this.recent()) {
      if (!isMeant(process.state) || process.state.provenance === 'recorded') continue;
      process.state = { ...process.state, provenance: 'recorded', seenBy: by };
      this.running.set(process.number, at, process.state);
    }
  }

  /** The state of the newest that is meant. */
  find(isMeant: (process: ProcessNames) => boolean): ProcessState | undefined {
    return this.recent().findLast(isMeant)?.state;
  }

  get isEmpty(): boolean {
    return this.alive.length === 0;
  }

  private recent(): readonly Alive[] {
    return this.alive.slice(-LOOK_BACK);
  }
}

const NUMBER = /^(?:%\d+|-?\d+)$/;

function isNumbered(process: Alive, word: string, count: number): boolean {
  if (word === process.handle) return true;
  if (!NUMBER.test(word)) return false;
  const [known, asked] = word.startsWith('%')
    ? [process.job, Number(word.slice(1))]
    : [process.pid, Math.abs(Number(word))];
  return known === undefined ? count === 1 : known === asked;
}

/** A pattern matches the whole command; names match the program. */
function isCalled({ what, command }: ProcessState, phrase: string, words: readonly string[]): boolean {
  if (phrase.length < 2) return false;
  if (what.includes(phrase) || command?.includes(phrase)) return true;
  const program = baseName((command ?? what).split(' ', 1)[0] ?? what);
  return words.includes(program) || (command === undefined && words.some((word) => word.includes(what)));
}
