import { asArray } from '../../base/json.ts';

/** Step ids of a label, each once and in order; undefined when the value is no list of steps from 1 to `count`. */
export function readStepIds(value: unknown, count: number): number[] | undefined {
  const listed = asArray(value);
  if (!listed) return undefined;
  const ids = new Set<number>();
  for (const one of listed) {
    if (typeof one !== 'number' || !Number.isInteger(one) || one < 1 || one > count) return undefined;
    ids.add(one);
  }
  return [...ids].sort((a, b) => a - b);
}
