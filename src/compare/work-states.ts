import { hashText } from '../base/hash.ts';
import type { StepId } from '../model/ids.ts';
import type { FileState } from './file-states.ts';

/** A state of all files of the work, after the step that made it. */
export interface WorkState {
  readonly key: number;
  /** Undefined for the state before the run. */
  readonly step: StepId | undefined;
  /** Common paths that differ from the state before it in this list. */
  readonly changed: readonly string[];
  readonly sure: boolean;
  /** Whether all texts that changed are known: only then can states with different keys not be equal. */
  readonly isTold: boolean;
}

/** The sequence of states of one run, the one before the run first; a step that leaves the state as it was adds none. */
export function listWorkStates(files: ReadonlyMap<string, readonly FileState[]>): WorkState[] {
  const moves = [...files].flatMap(([path, states]) => states.map((state) => ({ path, state })));
  moves.sort((x, y) => x.state.at - y.state.at || (x.path < y.path ? -1 : x.path > y.path ? 1 : 0));
  const parts = new Map<string, number>();
  const states: WorkState[] = [{ key: 0, step: undefined, changed: [], sure: true, isTold: true }];
  let key = 0;
  let changed = new Set<string>();
  let sure = true;
  let isTold = true;
  let step: StepId | undefined;
  for (const [index, { path, state }] of moves.entries()) {
    const part = partOf(path, state, states.at(-1)?.key ?? 0);
    const before = parts.get(path) ?? 0;
    step = state.step ?? step;
    if (part !== before) {
      key = (key - before + part + 2 ** 52) % 2 ** 52;
      parts.set(path, part);
      changed.add(path);
      sure &&= state.sure;
      isTold &&= state.kind !== 'edits' && state.kind !== 'unknown';
    }
    if (moves[index + 1]?.state.at === state.at) continue;
    if (changed.size > 0 && key !== states.at(-1)?.key)
      states.push({ key, step, changed: [...changed].sort(), sure, isTold });
    changed = new Set();
    sure = true;
    isTold = true;
  }
  return states;
}

/** A file's part in the key of the whole; none while it is as it was before the run. */
function partOf(path: string, state: FileState, before: number): number {
  if (state.kind === 'original') return 0;
  // What the same action makes of the same state is taken to be the same.
  const name = state.kind === 'unknown' ? `${state.key} ${before}` : state.key;
  return Math.floor(hashText(`${path}\u0000${name}`) / 4);
}
