import { hashText } from '../../base/hash.ts';
import { isObject, type JsonObject } from '../../base/json.ts';
import { pathOf } from './compile-spec.ts';
import type { SourceRecord } from './source-record.ts';

/**
 * Reads records that repeat a growing history: of the array at `path` only those elements stay that no earlier record
 * held as often; the others become null, so that places in the artifact stay what they are. Requests of side
 * conversations between them, or a history that was shortened, bring nothing up again.
 */
export class NewElements {
  private readonly keys: readonly string[];
  /** How often an element stood in one record at most, by its digest. */
  private readonly seen = new Map<string, number>();

  constructor(path: string) {
    this.keys = pathOf(path).parts.flatMap((part) => ('key' in part ? [part.key] : []));
  }

  take(record: SourceRecord): SourceRecord {
    const array = arrayAt(record.value, this.keys);
    if (!array) return record;
    const here = new Map<string, number>();
    const fresh = array.map((element) => {
      const digest = digestOf(element);
      const count = (here.get(digest) ?? 0) + 1;
      here.set(digest, count);
      return count > (this.seen.get(digest) ?? 0) ? element : null;
    });
    for (const [digest, count] of here) {
      if (this.seen.size < MAX_SEEN && count > (this.seen.get(digest) ?? 0)) this.seen.set(digest, count);
    }
    return { ...record, value: replaceAt(record.value, this.keys, fresh) };
  }
}

const MAX_SEEN = 1_000_000;
/** Shorter texts are marks of a cache, roles, types: they may change while the element stays what it is. */
const TELLING = 13;

/** What makes an element the same one in the next record: its telling texts; all of it when it has none. */
export function digestOf(element: unknown): string {
  const texts: string[] = [];
  const work: unknown[] = [element];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (typeof next === 'string') {
      if (next.length >= TELLING || /\s/.test(next)) texts.push(next);
    } else if (Array.isArray(next)) for (const part of next) work.push(part ?? 0);
    else if (isObject(next)) for (const part of Object.values(next)) work.push(part ?? 0);
  }
  const text = texts.length > 0 ? texts.sort().join('\u0000') : JSON.stringify(element);
  return `${text.length} ${hashText(text)} ${hashText(text, 1)}`;
}

/** The array that the keys lead to. */
export function arrayAt(value: JsonObject, keys: readonly string[]): readonly unknown[] | undefined {
  let here: unknown = value;
  for (const key of keys) here = isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return Array.isArray(here) ? here : undefined;
}

function replaceAt(value: JsonObject, keys: readonly string[], array: readonly unknown[]): JsonObject {
  const copy: Record<string, unknown> = { ...value };
  let here = copy;
  for (const key of keys.slice(0, -1)) {
    const inner: Record<string, unknown> = { ...(here[key] as JsonObject) };
    here[key] = inner;
    here = inner;
  }
  const last = keys.at(-1);
  if (last !== undefined) here[last] = array;
  return copy;
}
