import type { JsonObject } from '../../base/json.ts';

/**
 * A list that was flattened into attributes: `llm.input_messages.0.message.role` under the prefix `llm.input_messages`.
 * Answers the items in order of their numbers, each with its keys (`message.role`) and values.
 */
export function readNumbered(attributes: JsonObject, prefix: string): Map<string, unknown>[] {
  const items = new Map<number, Map<string, unknown>>();
  for (const [key, value] of Object.entries(attributes)) {
    if (!key.startsWith(prefix) || key.charAt(prefix.length) !== '.') continue;
    const rest = key.slice(prefix.length + 1);
    const cut = rest.indexOf('.');
    const number = cut < 0 ? rest : rest.slice(0, cut);
    if (!/^\d{1,6}$/.test(number)) continue;
    const index = Number(number);
    const item = items.get(index) ?? new Map<string, unknown>();
    items.set(index, item.set(cut < 0 ? '' : rest.slice(cut + 1), value));
  }
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}
