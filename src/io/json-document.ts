import { isObject } from '../base/json.ts';
import type { JsonDocument, JsonElement } from '../formats/port.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DiagnosticLog } from '../model/diagnostic-log.ts';

const BATCH = 256;

/** A document of which nothing could be read; the log says why. */
export function emptyDocument(log: DiagnosticLog): JsonDocument {
  return createDocument(undefined, log, () => noElements());
}

/** A parsed document: the arrays asked for are taken out and given in batches. */
export function documentOfValue(value: unknown, arrays: readonly string[], log: DiagnosticLog): JsonDocument {
  const taken = new Map<string, readonly unknown[]>();
  let rest = value;
  if (Array.isArray(value) && arrays.includes('')) {
    taken.set('', value);
    rest = [];
  } else if (isObject(value)) {
    for (const key of arrays) {
      const content = Object.hasOwn(value, key) ? value[key] : undefined;
      if (!Array.isArray(content)) continue;
      taken.set(key, content);
      defineKey(value, key, []);
    }
  }
  return createDocument(rest, log, (key) => batchesOf(taken.get(key) ?? []));
}

/** `diagnostics` shows the log as it stands when it is looked at: it grows while elements are read. */
export function createDocument(
  value: unknown,
  log: DiagnosticLog,
  elements: (key: string) => AsyncIterable<readonly JsonElement[]>,
): JsonDocument {
  return {
    value,
    elements,
    get diagnostics(): readonly Diagnostic[] {
      return log.list();
    },
  };
}

/** Sets an own property whatever its name (`__proto__` too), as JSON.parse does. */
export function defineKey(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

export async function* noElements(): AsyncGenerator<never> {
  // Nothing to give.
}

async function* batchesOf(content: readonly unknown[]): AsyncGenerator<JsonElement[]> {
  for (let start = 0; start < content.length; start += BATCH) {
    yield content.slice(start, start + BATCH).map((value, offset) => ({ index: start + offset, value }));
  }
}
