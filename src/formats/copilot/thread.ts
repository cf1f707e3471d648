import { asString, at, type JsonObject } from '../../base/json.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ThreadBuilder } from '../../model/thread-builder.ts';

/** One thread of a session: which answer is being read, and what was said in it already. */
export class CopilotThread {
  readonly builder: ThreadBuilder;
  private answer: string | undefined;
  private answering = false;
  private lastReasoning: string | undefined;

  constructor(builder: ThreadBuilder) {
    this.builder = builder;
  }

  /** An answer of the model begins, unless its first pieces are there already: long ones come in several events. */
  begin(message: JsonObject): void {
    const key = asString(message.apiCallId) ?? asString(message.messageId);
    if (this.answering && key !== undefined && key === this.answer) return;
    const output = at(message, 'outputTokens');
    const known = typeof output === 'number' && output > 0;
    this.builder.beginTurn(known ? { outputTokens: output } : undefined);
    this.answer = key;
    this.answering = true;
  }

  /** A call without the answer that asked for it. */
  beginLoose(): void {
    if (!this.answering) this.builder.beginTurn();
    this.answering = true;
  }

  /** A result or a prompt ends the answer. */
  end(): void {
    this.answering = false;
  }

  /** Reasoning comes in an event of its own and again with the message. */
  reason(text: string | undefined, place: SourceRef): void {
    if (text === undefined || text === this.lastReasoning) return;
    this.lastReasoning = text;
    this.builder.think(text, place);
  }
}
