import { isTooDeep } from '../base/json-depth.ts';
import { replaceNonFinite } from './non-finite-numbers.ts';

export type ParsedJson =
  /** `nonFinite`: so many numbers that JSON does not know (NaN, Infinity) became null. */
  | { readonly kind: 'value'; readonly value: unknown; readonly nonFinite: number }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'malformed' };

export const NON_FINITE_MESSAGE = 'NaN and Infinity, which are no JSON, were read as null.';

/** JSON.parse that answers instead of throwing, and refuses values that nest too deep for recursive consumers. */
export function parseJson(text: string): ParsedJson {
  const value = tryParse(text);
  if (value !== undefined) return checked(value, 0);
  const replaced = replaceNonFinite(text);
  const repaired = replaced && tryParse(replaced.text);
  return replaced && repaired !== undefined ? checked(repaired, replaced.count) : { kind: 'malformed' };
}

/** No JSON text has the value undefined, so it stands for failure. */
function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checked(value: unknown, nonFinite: number): ParsedJson {
  return isTooDeep(value) ? { kind: 'too-deep' } : { kind: 'value', value, nonFinite };
}
