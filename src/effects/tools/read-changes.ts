import { asArray, asString, isObject } from '../../base/json.ts';
import type { Effect } from '../../model/effect.ts';

/** Files that a report of a patch names, where the patch itself was not recorded. */
export function readChanges(changes: unknown): Effect[] {
  return (asArray(changes) ?? []).flatMap((change): Effect[] => {
    const path = isObject(change) ? asString(change.path) : undefined;
    if (path === undefined || !isObject(change)) return [];
    if (change.kind === 'delete') return [{ kind: 'delete', path, recursive: false, certainty: 'certain' }];
    const creates = change.kind === 'add';
    return [
      { kind: 'write', path, change: { kind: 'unknown' }, ...(creates && { creates }), certainty: 'certain' },
    ];
  });
}
