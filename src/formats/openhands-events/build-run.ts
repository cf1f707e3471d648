import { pointer } from '../../base/json.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { EventStream } from './event-stream.ts';
import { orderEvents, type PlacedEvent } from './order-events.ts';
import { isEvent } from './schema.ts';

export function startRun(path: string): RunBuilder {
  const run = new RunBuilder({ format: 'openhands-events', path });
  run.agent = { name: 'OpenHands' };
  return run;
}

/** An element of a history: an event, or a pair of action and observation (versions up to 2024). */
export function collectEvents(
  item: unknown,
  at: readonly (string | number)[],
  place: SourceRef,
  run: RunBuilder,
  events: PlacedEvent[],
): void {
  if (isEvent(item)) {
    events.push({ event: item, place: { ...place, pointer: pointer(...at) } });
    return;
  }
  if (!Array.isArray(item)) {
    run.log.fold('unknown-record', 'info', 'an element of the history is no event', place);
    return;
  }
  for (const [index, event] of item.entries()) {
    if (isEvent(event)) events.push({ event, place: { ...place, pointer: pointer(...at, index) } });
  }
}

export function readAll(run: RunBuilder, events: readonly PlacedEvent[]): void {
  const stream = new EventStream(run);
  for (const { event, place } of orderEvents(events, run.log)) stream.read(event, place);
  stream.finish();
}
