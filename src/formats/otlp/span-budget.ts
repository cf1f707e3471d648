import { HUGE_ARTIFACT } from '../../model/keep-budget.ts';
import type { Span, SpanEvent } from './span.ts';

/** What an object and each of its values take beside their text, about. */
const OBJECT_COST = 500;
const VALUE_COST = 50;

/** How much is held of the spans of one file: UTF-16 code units of text, and what the objects take beside it. */
const HELD = 256 * 1024 * 1024;

/** The same of a file that does not fit in any case: reading it stays below 1 GB of memory. */
const HELD_OF_HUGE = 128 * 1024 * 1024;

/**
 * Bounds the memory for the spans of a file. A span may belong to any trace and stand before or after its parent, so none
 * can be let go before the end of the file; what comes when the bound is reached is left out.
 */
export class SpanBudget {
  private left: number;

  constructor(held: number = HELD) {
    this.left = held;
  }

  static forFile(bytes: number): SpanBudget {
    return new SpanBudget(bytes >= HUGE_ARTIFACT ? HELD_OF_HUGE : HELD);
  }

  /** Whether a span or an event is held; nothing is any more after the first that was too much. */
  take(item: Span | SpanEvent): boolean {
    if (this.left < 0) return false;
    this.left -= weigh(item);
    return this.left >= 0;
  }
}

/** A work list: attributes may nest. Places are small, and the attributes as written share their texts with those read. */
function weigh(item: Span | SpanEvent): number {
  let weight = OBJECT_COST;
  const work: unknown[] = [
    item.attributes,
    ...('events' in item ? item.events.map(({ attributes }) => attributes) : []),
    ...('body' in item ? [item.body] : []),
  ];
  while (work.length > 0) {
    const value = work.pop();
    weight += VALUE_COST;
    if (typeof value === 'string') weight += value.length;
    else if (typeof value === 'object' && value !== null)
      for (const part of Object.values(value)) work.push(part);
  }
  return weight;
}
