import { isTooDeep } from '../base/json-depth.ts';

export type ParsedJson =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'malformed' };

/** JSON.parse that answers instead of throwing, and refuses values that nest too deep for recursive consumers. */
export function parseJson(text: string): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'malformed' };
  }
  return isTooDeep(value) ? { kind: 'too-deep' } : { kind: 'value', value };
}
