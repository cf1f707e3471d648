import { isObject, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';

/**
 * A readable text of a structured call that keeps every string argument word for word, so that quotes from it stay
 * verbatim: the tool's name, then `key: value` lines; a value with several lines stands below its key.
 */
export function renderAction(tool: string, args: unknown): string {
  if (args === undefined || args === null) return tool;
  if (typeof args === 'string') return args === '' ? tool : `${tool}\n${args}`;
  if (!isObject(args)) return `${tool}\n${JSON.stringify(args)}`;
  const lines = Object.entries(args).map(([key, value]) => renderArgument(key, value));
  return [tool, ...lines].join('\n');
}

function renderArgument(key: string, value: unknown): string {
  if (typeof value === 'string') return value.includes('\n') ? `${key}:\n${value}` : `${key}: ${value}`;
  if (isFlat(value)) return `${key}: ${JSON.stringify(value)}`;
  // Nested values: their strings stand unescaped too, one below the other.
  return `${key}:\n${renderNested(value)}`;
}

function isFlat(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object' && !hasEscapes(item));
  return typeof value !== 'object' || value === null;
}

function hasEscapes(item: unknown): boolean {
  return typeof item === 'string' && /[\n"\\]/.test(item);
}

/** Nested values as an outline. A work list instead of recursion, so that no depth overflows the stack. */
function renderNested(root: unknown): string {
  const lines: string[] = [];
  const work: { label: string; value: unknown; indent: number }[] = [{ label: '', value: root, indent: 0 }];
  for (let item = work.pop(); item; item = work.pop()) {
    const { label, value, indent } = item;
    const pad = ' '.repeat(Math.min(indent, 20));
    if (typeof value !== 'object' || value === null) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      lines.push(`${pad}${label}${text}`);
      continue;
    }
    if (label !== '') lines.push(`${pad}${label.trimEnd()}`);
    const children = Array.isArray(value)
      ? value.map((child): [string, unknown] => ['- ', child])
      : Object.entries(value).map(([key, child]): [string, unknown] => [`${key}: `, child]);
    for (const [childLabel, child] of children.toReversed()) {
      work.push({ label: childLabel, value: child, indent: label === '' ? indent : indent + 2 });
    }
  }
  return lines.join('\n');
}

/** Arguments that arrive as JSON text; text that is no JSON object is kept under `raw`. */
export function parseArguments(args: unknown): JsonObject | undefined {
  if (isObject(args)) return args;
  if (typeof args !== 'string' || args === '') return undefined;
  const parsed = parseJsonText(args);
  return isObject(parsed) ? parsed : { raw: args };
}
