import { isObject } from '../../base/json.ts';

/** The values of one field over the items of a group. */
export interface FieldStat {
  readonly path: string;
  readonly share: number;
  readonly distinct: number;
  readonly values: readonly unknown[];
}

/** Arguments differ from call to call; an object that says the same again and again is a setting. */
const FEWEST_DIFFERENT = 0.25;

/**
 * How much objects look like the arguments of calls, whatever the field is called: they hold some text, differ from
 * each other, and are flat. From 0 to 0.7; arguments with a telling name may score more.
 */
export function measureArgs({ values, distinct }: FieldStat): number {
  const different = distinct / Math.max(1, values.length);
  if (different < FEWEST_DIFFERENT && distinct < 5) return 0;
  let withText = 0;
  let nested = 0;
  const looked = values.slice(0, 300);
  for (const value of looked) {
    // Arguments as text are never anything else.
    if (typeof value === 'string') {
      withText++;
      continue;
    }
    if (!isObject(value)) continue;
    const parts = Object.values(value);
    if (parts.some((part) => typeof part === 'string' && part !== '')) withText++;
    if (parts.some((part) => isObject(part) || (Array.isArray(part) && part.some(isObject)))) nested++;
  }
  const share = withText / Math.max(1, looked.length);
  if (share < 0.3) return 0;
  return Math.max(0, 0.3 + 0.2 * Math.min(1, different) + 0.2 * share - 0.45 * (nested / looked.length));
}

/**
 * How much a field of identifiers looks like names of tools, whatever it is called: few different ones, which come
 * again. From 0 to 0.6.
 */
export function measureToolName({ values, distinct }: FieldStat): number {
  if (values.length >= 4 && distinct * 2 > values.length) return 0;
  if (distinct > 80) return 0;
  // Each with a number and each another one: ids.
  if (distinct === values.length && values.every((value) => /\d/.test(String(value)))) return 0;
  const lengths = values.reduce<number>((sum, value) => sum + String(value).length, 0);
  const short = lengths / Math.max(1, values.length) <= 32 ? 0.1 : 0;
  const again = 1 - distinct / values.length;
  return 0.25 + short + 0.1 * again + (distinct >= 2 ? 0.15 : 0);
}
