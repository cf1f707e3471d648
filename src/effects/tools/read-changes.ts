import { asArray, asString, at, isObject } from '../../base/json.ts';
import type { ContentChange, Effect } from '../../model/effect.ts';

/** Files that a report of a patch names, where the patch itself was not recorded. */
export function readChanges(changes: unknown): Effect[] {
  return (asArray(changes) ?? []).flatMap((change): Effect[] => {
    const path = isObject(change) ? asString(change.path) : undefined;
    if (path === undefined || !isObject(change)) return [];
    if (change.kind === 'delete') return [{ kind: 'delete', path, recursive: false, certainty: 'certain' }];
    const creates = change.kind === 'add';
    const content = asString(at(change, 'change', 'add', 'content'));
    const made: ContentChange = content === undefined ? { kind: 'unknown' } : { kind: 'set', content };
    return [{ kind: 'write', path, change: made, ...(creates && { creates }), certainty: 'certain' }];
  });
}
