import { asString, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { type Origin, placeIn } from '../claude-code/record.ts';

/**
 * Prompts that were typed while the agent was at work. A queued prompt is either taken out to become a message of its
 * own (`dequeue`), or removed because the agent got it in between; only the second leaves no other trace.
 */
export class PromptQueue {
  private readonly run: RunBuilder;
  private readonly waiting: { readonly text: string; readonly place: SourceRef }[] = [];

  constructor(run: RunBuilder) {
    this.run = run;
  }

  read(record: JsonObject, origin: Origin): void {
    const text = asString(record.content);
    switch (record.operation) {
      case 'enqueue':
        if (text !== undefined) this.waiting.push({ text, place: placeIn(origin, 'content') });
        return;
      case 'dequeue':
        this.waiting.shift();
        return;
      case 'popAll':
        this.waiting.length = 0;
        return;
      default:
        this.deliver();
    }
  }

  /** A prompt that another record shows. */
  taken(text: string): void {
    const index = this.waiting.findIndex((prompt) => prompt.text === text);
    if (index >= 0) this.waiting.splice(index, 1);
  }

  finish(): void {
    while (this.waiting.length > 0) this.deliver();
  }

  private deliver(): void {
    const prompt = this.waiting.shift();
    if (prompt) this.run.message({ role: 'user', kind: 'prompt', ...prompt });
  }
}
