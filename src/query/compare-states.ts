import { listEntries, type StateEntry } from './state-entries.ts';
import type { StateChange, StateReport } from './state-schemas.ts';

/** What differs between two states, in the order of the later one; what is gone comes last. */
export function compareStates(before: StateReport, after: StateReport): StateChange[] {
  const known = new Map(listEntries(before).map((entry) => [keyOf(entry), entry]));
  const changes: StateChange[] = [];
  for (const entry of listEntries(after)) {
    const old = known.get(keyOf(entry));
    known.delete(keyOf(entry));
    if (old && old.text === entry.text && old.by === entry.by) continue;
    const { part, name, text, by } = entry;
    changes.push({ part, name, before: old?.text ?? null, after: text, by });
  }
  for (const { part, name, text } of known.values())
    changes.push({ part, name, before: text, after: null, by: null });
  return changes;
}

function keyOf({ part, name }: StateEntry): string {
  return `${part}\u0000${name}`;
}
