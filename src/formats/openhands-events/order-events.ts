import type { JsonObject } from '../../base/json.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';

export interface PlacedEvent {
  readonly event: JsonObject;
  readonly place: SourceRef;
}

/**
 * Events of one list in the order of their ids, copies left out. Lists whose ids come again with other content hold
 * several sessions and stay as they stand; so do events without ids.
 */
export function orderEvents(events: readonly PlacedEvent[], log: DiagnosticLog): readonly PlacedEvent[] {
  const seen = new Map<number, JsonObject>();
  const kept: { item: PlacedEvent; key: number }[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let sorted = true;
  let restarted = false;
  for (const item of events) {
    const id = numericId(item.event);
    if (id !== undefined) {
      const known = seen.get(id);
      if (known && isCopy(known, item.event)) {
        log.fold('duplicate-record', 'info', 'an event stands there twice', item.place);
        continue;
      }
      if (known) restarted = true;
      if (id < last) sorted = false;
      seen.set(id, item.event);
      last = id;
    }
    kept.push({ item, key: last });
  }
  if (restarted)
    log.add('several-sessions', 'warning', 'event ids start anew: the list holds several sessions');
  if (!sorted && !restarted) kept.sort((a, b) => a.key - b.key);
  return kept.map(({ item }) => item);
}

export function numericId(event: JsonObject): number | undefined {
  const { id } = event;
  if (typeof id === 'number') return Number.isFinite(id) ? id : undefined;
  return typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}

function isCopy(a: JsonObject, b: JsonObject): boolean {
  return a.timestamp === b.timestamp && a.action === b.action && a.observation === b.observation;
}
