import { joinPath } from '../base/path.ts';
import type { ContentChange } from '../model/effect.ts';
import type { FileVersion, StateHistory } from '../model/state.ts';

/** How each version of a path was made, in order; undefined where that is not said or stands for several versions. */
export function writtenChanges(
  history: StateHistory,
  versions: readonly FileVersion[],
): (ContentChange | undefined)[] {
  const changes: (ContentChange | undefined)[] = [];
  for (let start = 0; start < versions.length; ) {
    const first = versions[start];
    let end = start + 1;
    while (end < versions.length && versions[end]?.at === first?.at) end++;
    const group = versions.slice(start, end);
    const written = first && changesOf(history, first);
    const isPaired = written?.length === group.filter((version) => version.madeBy !== undefined).length;
    for (const version of group)
      changes.push(isPaired && version.madeBy !== undefined && version.exists ? written.shift() : undefined);
    start = end;
  }
  return changes;
}

/** Changes that the step of a version made to its path. */
function changesOf(history: StateHistory, { at, path }: FileVersion): ContentChange[] {
  const record = history.records[at];
  if (!record) return [];
  return record.effects.happened.effects.flatMap((effect) =>
    effect.kind === 'write' && joinPath(record.cwd ?? '', effect.path) === path ? [effect.change] : [],
  );
}
