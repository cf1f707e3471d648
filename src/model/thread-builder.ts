import { assert } from '../base/assert.ts';
import type { JsonObject } from '../base/json.ts';
import type { Millis } from './ids.ts';
import type { Message, PlacedText } from './run.ts';
import type { SourceRef } from './source-ref.ts';
import type { StepStatus } from './step.ts';
import type { Usage } from './usage.ts';

/** What a format knows of a call when it reads it. */
export interface CallFacts {
  readonly tool: string;
  readonly action: string;
  readonly args?: JsonObject;
  readonly startedAt?: Millis;
  readonly place: SourceRef;
}

/** What a format knows of a call's result. */
export interface ResultFacts {
  readonly observation?: string;
  readonly rawOutput?: string;
  readonly images?: readonly string[];
  readonly exitCode?: number;
  readonly status?: StepStatus;
  readonly recordedCwd?: string;
  readonly endedAt?: Millis;
  readonly place?: SourceRef;
}

/** A call under construction; formats hold it to give it its result, or to drop it. */
export interface PendingStep {
  readonly facts: CallFacts;
  readonly turn: number;
  readonly thought?: string;
  readonly thoughtRef?: SourceRef;
  usage?: Usage;
  result: ResultFacts | undefined;
  /** The call never ran: it becomes no step. */
  dropped: boolean;
}

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
  private turn = 0;
  private turnUsage: Usage | undefined;
  private firstOfTurn: PendingStep | undefined;
  private texts: PlacedText[] = [];

  constructor(parent?: PendingStep) {
    this.parent = parent;
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
    this.texts.push({ text, place });
  }

  call(facts: CallFacts): PendingStep {
    assert(this.turn > 0, 'beginTurn comes before the first call');
    const { thought, thoughtRef } = this.trailing;
    const step: PendingStep = {
      facts,
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

  /** Gives a call its result. A second result for the same call is appended to the first. */
  result(step: PendingStep, facts: ResultFacts): void {
    const first = step.result;
    if (!first) {
      step.result = facts;
      return;
    }
    const texts = [first.observation, facts.observation].filter((text) => text !== undefined);
    const place = first.place ?? facts.place;
    step.result = {
      ...first,
      ...facts,
      ...(texts.length > 0 && { observation: texts.join('\n') }),
      ...(place && { place }),
    };
  }

  /** Takes a call back: it never ran. Its thought goes to the next step, so no text is lost. */
  drop(step: PendingStep): void {
    step.dropped = true;
  }

  /** A text of the conversation that is no step. */
  message(message: Omit<Message, 'before'>): void {
    this.messages.push({ message, beforeCall: this.calls.length });
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
