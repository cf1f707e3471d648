import { nestsTooDeeply } from './json-depth.ts';

/**
 * The value of a JSON text that stands inside a record (arguments of a call, a printed answer). Undefined when it is no
 * JSON, and when it nests deeper than any honest value: whoever writes or walks it later may recurse.
 */
export function parseJsonText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return nestsTooDeeply(value, text) ? undefined : value;
  } catch {
    return undefined;
  }
}
