import { asArray, asString, at, isObject, type JsonObject } from '../../base/json.ts';

/**
 * The plain value of an `AnyValue` of OTLP JSON: `{"intValue": "5"}` is 5. Integers come as text or as numbers, lists and
 * maps nest. Depth is bounded by the reader of the records. What is no `AnyValue` is a plain value already.
 */
export function decodeValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  const text = value.stringValue ?? value.string_value;
  if (text !== undefined) return text;
  const bool = value.boolValue ?? value.bool_value;
  if (bool !== undefined) return bool;
  const whole = value.intValue ?? value.int_value;
  if (whole !== undefined) return decodeNumber(whole);
  const real = value.doubleValue ?? value.double_value;
  if (real !== undefined) return decodeNumber(real);
  const list = value.arrayValue ?? value.array_value;
  if (list !== undefined) return (asArray(at(list, 'values')) ?? []).map(decodeValue);
  const map = value.kvlistValue ?? value.kvlist_value;
  if (map !== undefined) return decodeAttributes(at(map, 'values'));
  const bytes = value.bytesValue ?? value.bytes_value;
  if (bytes !== undefined) return bytes;
  return Object.keys(value).length === 0 ? undefined : value;
}

/** Attributes as plain values: from OTLP's list of keys and values, or from an object that holds them plainly. */
export function decodeAttributes(raw: unknown): JsonObject {
  if (isObject(raw)) return raw;
  const entries: [string, unknown][] = [];
  for (const item of asArray(raw) ?? []) {
    const key = asString(at(item, 'key'));
    if (key !== undefined) entries.push([key, decodeValue(at(item, 'value'))]);
  }
  return Object.fromEntries(entries);
}

function decodeNumber(value: unknown): unknown {
  if (typeof value !== 'string' || value.trim() === '') return value;
  const number = Number(value);
  return Number.isNaN(number) ? value : number;
}
