import { pointer } from '../../base/json.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/** The place of a value inside a record whose own place is known. */
export function placeIn(place: SourceRef, ...path: readonly (string | number)[]): SourceRef {
  return { ...place, pointer: (place.pointer ?? '') + pointer(...path) };
}
