import { asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';

/** The event that a line of an activity log shows on the console; undefined for other lines. */
export function unwrapConsole(record: JsonObject): JsonObject | undefined {
  const printed = record.type === 'console' ? asString(at(record, 'payload', 'content')) : undefined;
  if (printed === undefined || !printed.startsWith('{')) return undefined;
  const value = parseJsonText(printed);
  return isObject(value) ? value : undefined;
}
