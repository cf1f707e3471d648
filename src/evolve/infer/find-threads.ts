import type { CallSite } from './find-calls.ts';
import { rootOf } from './find-kinds.ts';
import type { Pairing } from './find-results.ts';
import type { Item } from './profile.ts';
import { hasWord, lastKey, wordsOf } from './words.ts';

/** A field of the records with calls whose equal values stand in a row: several records of one turn. */
export function findTurnField(agents: readonly Item[]): string | undefined {
  const fields = new Map<
    string,
    { last: string | undefined; runs: number; count: number; values: Set<string> }
  >();
  for (const item of agents) {
    for (const [path, value] of item.fields) {
      if (typeof value !== 'string' || value === '' || value.length > 120 || path.includes('[')) continue;
      if (!hasWord('id', lastKey(path)) && !wordsOf(lastKey(path)).includes('turn')) continue;
      const known = fields.get(path) ?? { last: undefined, runs: 0, count: 0, values: new Set<string>() };
      fields.set(path, known);
      const key = `${item.record.sample} ${value}`;
      known.count++;
      known.values.add(key);
      if (known.last !== key) known.runs++;
      known.last = key;
    }
  }
  const good = [...fields].filter(
    ([, { count, runs, values }]) =>
      count >= 0.8 * agents.length &&
      values.size >= 0.1 * count &&
      values.size < 0.97 * count &&
      runs <= 1.05 * values.size + 1,
  );
  return good.toSorted((a, b) => b[1].values.size - a[1].values.size || a[0].length - b[0].length)[0]?.[0];
}

/** A field of records that names an earlier call on records that themselves hold calls: their thread is a sub-agent's. */
export function findSubagentField(
  site: CallSite,
  lead: { readonly site: CallSite; readonly pairing: Pairing },
): string | undefined {
  const { callId } = lead.pairing;
  if (callId === undefined) return undefined;
  const ids = new Map<string, Item>();
  for (const call of lead.site.group.items) {
    const id = call.fields.get(callId);
    if (typeof id === 'string') ids.set(`${call.record.sample} ${id}`, call);
  }
  const stats = new Map<string, { hits: number; values: number; distinct: Set<string> }>();
  for (const root of new Set(site.group.items.map(rootOf))) {
    for (const [path, value] of root.fields) {
      if (typeof value !== 'string' || value === '' || path.includes('[')) continue;
      const stat = stats.get(path) ?? { hits: 0, values: 0, distinct: new Set<string>() };
      stats.set(path, stat);
      stat.values++;
      const call = ids.get(`${root.record.sample} ${value}`);
      if (!call || rootOf(call) === root || call.order > root.order) continue;
      stat.hits++;
      stat.distinct.add(value);
    }
  }
  return [...stats].find(
    ([, { hits, values, distinct }]) => hits >= 2 && hits >= 0.9 * values && distinct.size * 2 <= hits,
  )?.[0];
}
