import type { CallFacts, PendingStep, ResultFacts } from './pending-step.ts';
import type { Usage } from './usage.ts';

/** A call beyond what a run keeps: formats pair and drop it like any other, but of its texts nothing stays. */
export class CountedStep implements PendingStep {
  readonly facts: CallFacts;
  readonly turn: number;
  usage?: Usage;
  result: ResultFacts | undefined;
  private readonly tally: { steps: number };
  private isDropped = false;

  /** `tally` counts the calls that were made and not dropped. */
  constructor({ tool, place }: CallFacts, turn: number, usage: Usage | undefined, tally: { steps: number }) {
    this.facts = { tool, action: '', place };
    this.turn = turn;
    if (usage) this.usage = usage;
    this.tally = tally;
    tally.steps++;
  }

  get dropped(): boolean {
    return this.isDropped;
  }

  set dropped(value: boolean) {
    if (value !== this.isDropped) this.tally.steps += value ? -1 : 1;
    this.isDropped = value;
  }
}
