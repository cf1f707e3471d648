import type { Budget } from '../model/state.ts';
import type { Step } from '../model/step.ts';
import { totalTokens } from '../model/usage.ts';

/** Running totals of a run, by position. */
export class BudgetLine {
  private readonly tokens: (number | undefined)[] = [];
  private readonly cost: (number | undefined)[] = [];
  private readonly elapsed: (number | undefined)[] = [];
  private start: number | undefined;

  constructor(start: number | undefined) {
    this.start = start;
  }

  add(step: Step): void {
    this.tokens.push(sum(this.tokens.at(-1), totalTokens(step.usage)));
    this.cost.push(sum(this.cost.at(-1), step.usage?.costUsd));
    this.start ??= step.startedAt;
    const end = step.endedAt ?? step.startedAt;
    const last = this.elapsed.at(-1);
    const now = end === undefined || this.start === undefined ? undefined : end - this.start;
    this.elapsed.push(now === undefined ? last : Math.max(now, last ?? 0));
  }

  at(position: number): Budget {
    const [tokens, costUsd, elapsedMs] = [this.tokens[position], this.cost[position], this.elapsed[position]];
    return {
      steps: Math.min(position + 1, this.tokens.length),
      ...(elapsedMs !== undefined && { elapsedMs }),
      ...(tokens !== undefined && { tokens }),
      ...(costUsd !== undefined && { costUsd }),
    };
  }
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a + b;
}
