import { assert } from '../base/assert.ts';
import { CountedStep } from './counted-step.ts';
import { KeepBudget } from './keep-budget.ts';
import type { CallFacts, PendingStep, ResultFacts } from './pending-step.ts';
import type { Message, PlacedText } from './run.ts';
import type { SourceRef } from './source-ref.ts';
import { addUsage, type Usage } from './usage.ts';

export type { CallFacts, PendingStep, ResultFacts } from './pending-step.ts';

/**
 * One thread of a run: the main agent's, or a sub-agent's. Calls become steps in the order in which they are made;
 * text before a call becomes its thought, text after the last call the thread's final message.
 */
export class ThreadBuilder {
  /** The call that started this thread; undefined for the main agent and for orphans. */
  readonly parent: PendingStep | undefined;
  name: string | undefined;
  prompt: string | undefined;
  readonly calls: PendingStep[] = [];
  readonly messages: { readonly message: Omit<Message, 'before'>; readonly beforeCall: number }[] = [];
  /** Shared by all threads of a run. */
  readonly budget: KeepBudget;
  /** Calls beyond what is kept, without the dropped ones. */
  readonly counted = { steps: 0 };
  private turn = 0;
  private turnUsage: Usage | undefined;
  private firstOfTurn: PendingStep | undefined;
  private texts: PlacedText[] = [];
  private lastCounted: CountedStep | undefined;
  private finishedUsage: Usage | undefined;

  constructor(parent?: PendingStep, budget = new KeepBudget()) {
    this.parent = parent;
    this.budget = budget;
  }

  /** A new assistant message; `usage` goes to its first call. Several records of one message are ONE turn: call it once. */
  beginTurn(usage?: Usage): void {
    this.turn++;
    this.turnUsage = usage;
    this.firstOfTurn = undefined;
  }

  /** Usage of the current turn, where a later record of the same message corrects it. */
  reviseUsage(usage: Usage): void {
    if (this.firstOfTurn) this.firstOfTurn.usage = usage;
    else this.turnUsage = usage;
  }

  /** The agent's own text or reasoning; whatever stands before a call is kept as that call's thought. */
  think(text: string | undefined, place: SourceRef): void {
    if (text === undefined || text.trim() === '') return;
    this.texts.push({ text: this.budget.keep(text), place });
  }

  call(facts: CallFacts): PendingStep {
    assert(this.turn > 0, 'beginTurn comes before the first call');
    if (!this.budget.takeStep()) return this.count(facts);
    const { thought, thoughtRef } = this.trailing;
    const step: PendingStep = {
      facts: this.keepFacts(facts),
      turn: this.turn,
      ...(thought !== undefined && { thought }),
      ...(thoughtRef && { thoughtRef }),
      ...(this.turnUsage && { usage: this.turnUsage }),
      result: undefined,
      dropped: false,
    };
    this.texts = [];
    this.turnUsage = undefined;
    this.firstOfTurn ??= step;
    this.calls.push(step);
    return step;
  }

  private keepFacts(facts: CallFacts): CallFacts {
    const action = this.budget.keep(facts.action);
    const args = facts.args && this.budget.keepArguments(facts.args, facts.action);
    return action === facts.action && args === facts.args
      ? facts
      : { ...facts, action, ...(args && { args }) };
  }

  /** A call beyond what is kept: only that it was made, and what it used. */
  private count(facts: CallFacts): PendingStep {
    this.finishedUsage = this.countedUsage;
    const step = new CountedStep(facts, this.turn, this.turnUsage, this.counted);
    this.lastCounted = step;
    this.texts = [];
    this.turnUsage = undefined;
    this.firstOfTurn ??= step;
    return step;
  }

  /** Usage of the calls beyond what is kept. */
  get countedUsage(): Usage | undefined {
    return addUsage(this.finishedUsage, this.lastCounted?.usage);
  }

  /** Gives a call its result. A second result for the same call is appended to the first. */
  result(step: PendingStep, result: ResultFacts): void {
    const facts =
      step instanceof CountedStep ? { status: result.status ?? 'unknown' } : this.keepResult(result);
    const first = step.result;
    if (!first) {
      step.result = facts;
      return;
    }
    const fileFacts = [...(first.fileFacts ?? []), ...(facts.fileFacts ?? [])];
    const texts = [first.observation, facts.observation].filter((text) => text !== undefined);
    const place = first.place ?? facts.place;
    step.result = {
      ...first,
      ...facts,
      ...(texts.length > 0 && { observation: texts.join('\n') }),
      ...(fileFacts.length > 0 && { fileFacts }),
      ...(place && { place }),
    };
  }

  private keepResult(facts: ResultFacts): ResultFacts {
    const observation = this.budget.keep(facts.observation);
    const rawOutput = this.budget.keep(facts.rawOutput);
    const { fileFacts } = facts;
    if (observation === facts.observation && rawOutput === facts.rawOutput && !fileFacts) return facts;
    return {
      ...facts,
      ...(fileFacts && { fileFacts: this.budget.keepFacts(fileFacts) }),
      ...(observation !== undefined && { observation }),
      ...(rawOutput !== undefined && { rawOutput }),
    };
  }

  /** Takes a call back: it never ran. Its thought goes to the next step, so no text is lost. */
  drop(step: PendingStep): void {
    step.dropped = true;
  }

  /** A text of the conversation that is no step. */
  message(message: Omit<Message, 'before'>): void {
    if (!this.budget.takeMessage()) return;
    const text = this.budget.keep(message.text);
    const kept = text === message.text ? message : { ...message, text };
    this.messages.push({ message: kept, beforeCall: this.calls.length });
  }

  /** The agent's texts since the last call so far, one by one. */
  get trailingTexts(): readonly PlacedText[] {
    return this.texts;
  }

  /** The agent's text since the last call so far. */
  get trailing(): { readonly thought?: string; readonly thoughtRef?: SourceRef } {
    const [first] = this.texts;
    if (!first) return {};
    return { thought: this.texts.map(({ text }) => text).join('\n\n'), thoughtRef: first.place };
  }
}
