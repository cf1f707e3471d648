import { isObject, type JsonObject } from '../../base/json.ts';

/** Names under which nested values belong to the convention; anything else keeps its value whole. */
const ROOTS = /^(?:llm|openinference|tool|tool_call|input|output|agent|session|user|graph)(?:\.|$)/;

/**
 * Attributes under flat names, whichever way they were written: flattened as spans carry them, or nested as exports for
 * people have them (`{"llm": {"input_messages": [{"message.role": "user"}]}}`).
 */
export function flattenAttributes(attributes: JsonObject): JsonObject {
  const isFlat = Object.entries(attributes).every(([key, value]) => !isSplit(key, value));
  if (isFlat) return attributes;
  const flat: [string, unknown][] = [];
  const work = Object.entries(attributes).toReversed();
  for (let next = work.pop(); next; next = work.pop()) {
    const [key, value] = next;
    if (!isSplit(key, value)) {
      flat.push([key, value]);
      continue;
    }
    const children = Object.entries(value).map(([name, child]): [string, unknown] => [
      `${key}.${name}`,
      child,
    ]);
    work.push(...children.toReversed());
  }
  return Object.fromEntries(flat);
}

function isSplit(key: string, value: unknown): value is object {
  return ROOTS.test(key) && !DATA.test(key) && isNested(value);
}

/** Values that are data, however they nest. */
const DATA = /(?:^|\.)(?:value|parameters|json_schema|arguments)$/;

function isNested(value: unknown): value is object {
  return (
    isObject(value) ||
    (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null))
  );
}
