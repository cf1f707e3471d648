import { baseName, joinPath } from '../../base/path.ts';
import type { FileVersion } from '../../model/state.ts';
import type { CauseIndex } from './cause-index.ts';

/** So many files of the same name are compared; beyond it a copy is not traced. */
const NAMESAKES = 64;

/**
 * The version whose content a copy, a move or a restore brought to a path; undefined when it is not known or its content
 * is not. Content decides: what is answered really was the same text then.
 */
export function findSource(index: CauseIndex, version: FileVersion): FileVersion | undefined {
  if (!version.exists || version.content === undefined) return undefined;
  if (version.how === 'restore') return findEarlier(index, version);
  return version.how === 'move' || version.how === 'copy' ? findOther(index, version) : undefined;
}

/** The newest older version of the same path with the same content. */
function findEarlier(index: CauseIndex, version: FileVersion): FileVersion | undefined {
  const versions = index.history.versions(version.path);
  for (let i = version.version - 2; i >= 0; i--) {
    const earlier = versions[i];
    if (earlier?.exists && earlier.content === version.content) return earlier;
  }
  return undefined;
}

function findOther(index: CauseIndex, version: FileVersion): FileVersion | undefined {
  const record = index.record(version.madeBy);
  if (!record) return undefined;
  const candidates = new Set<string>();
  // A move leaves a deletion behind at the same step.
  if (version.how === 'move') for (const path of record.changed) candidates.add(path);
  for (const effect of record.effects.happened.effects) {
    if (effect.kind !== 'move' && effect.kind !== 'copy') continue;
    if (record.cwd !== undefined) candidates.add(joinPath(record.cwd, effect.from));
    const name = baseName(effect.from.replace(/\/+$/, ''));
    for (const path of index.paths.endingWith(name).slice(0, NAMESAKES)) candidates.add(path);
  }
  // A folder that is taken elsewhere keeps the names inside it.
  for (const path of index.paths.endingWith(baseName(version.path)).slice(0, NAMESAKES)) candidates.add(path);
  candidates.delete(version.path);
  for (const path of candidates) {
    const here = index.versionAt(path, version.at);
    const before = index.versionBefore(path, version.at);
    const source = [here, before].find((held) => held?.exists && held.content === version.content);
    if (source) return source;
  }
  return undefined;
}
