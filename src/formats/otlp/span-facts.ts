import type { SourceRef } from '../../model/source-ref.ts';
import type { Usage } from '../../model/usage.ts';
import type { ChatMessage } from './chat-message.ts';
import type { Span } from './span.ts';

/** What a convention says of a span, in words that both conventions share. */
export interface SpanFacts {
  readonly kind: 'agent' | 'model' | 'tool' | 'other';
  /** Of the agent or the tool. */
  readonly name?: string;
  readonly model?: string;
  readonly usage?: Usage | undefined;
  /** What went in and came out, of an agent or a model. */
  readonly input: readonly ChatMessage[];
  readonly output: readonly ChatMessage[];
  readonly callId?: string;
  /** Arguments of a tool as recorded: text or a value. */
  readonly args?: unknown;
  /** What the tool answered. */
  readonly result?: { readonly text: string; readonly place: SourceRef };
  /** What our own export says beyond the convention. */
  readonly note?: unknown;
}

/** Reads spans as one convention means them. */
export interface Convention {
  readonly id: string;
  /** What a span is; cheap, asked of every span. */
  kindOf(span: Span): SpanFacts['kind'];
  /** Everything that it says; asked once, when its turn comes. */
  factsOf(span: Span): SpanFacts;
}

/** Usage without the counts that were not recorded; undefined when there is none. */
export function definedUsage(
  usage: { readonly [K in keyof Usage]: Usage[K] | undefined },
): Usage | undefined {
  const entries = Object.entries(usage).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
