import { isObject, type JsonObject } from '../../base/json.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { placeIn } from './place-in.ts';

export interface ListedObject {
  readonly index: number;
  readonly value: JsonObject;
}

/**
 * The objects of a list that a record may hold. What stands in its place and is no list, or in the list and is no
 * object, is reported as `unexpected-shape`: no version writes it, so something may not have been read. `what` names one
 * of them: `a call`. `place` is that of the list.
 */
export function listObjects(
  list: unknown,
  what: string,
  log: DiagnosticLog,
  place: SourceRef,
): readonly ListedObject[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    log.fold('unexpected-shape', 'warning', `no list where each is ${what}`, place);
    return [];
  }
  return list.flatMap((value: unknown, index): ListedObject[] => {
    if (isObject(value)) return [{ index, value }];
    log.fold('unexpected-shape', 'warning', `${what} is no object`, placeIn(place, index));
    return [];
  });
}
