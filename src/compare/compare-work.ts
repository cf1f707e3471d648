import type { StepId } from '../model/ids.ts';
import type { StateHistory } from '../model/state.ts';
import { isScratchPath } from '../state/scratch-path.ts';
import { alignStates, type StatePair } from './align-states.ts';
import type {
  ComparedRun,
  Divergence,
  FileComparison,
  FileRelation,
  PairedRoots,
  SharedState,
} from './compared-run.ts';
import { compareFileStates, type FileState } from './file-states.ts';
import { belowRoot, pairRoots } from './pair-roots.ts';
import { listWorkStates, type WorkState } from './work-states.ts';

/** Two runs of a task, aligned by the states of the files that they worked on. */
export interface WorkComparison {
  readonly roots: PairedRoots;
  /** Distinct states of the work in each run, the one before the run included. */
  readonly states: { readonly a: number; readonly b: number };
  /** States that both had, in order; the first is the one before the runs. */
  readonly shared: readonly SharedState[];
  /** Stretches with different states, in order; the last may never end. */
  readonly divergences: readonly Divergence[];
  readonly files: readonly FileComparison[];
  /** Contents at the end, where known, of the files that differ: by common path. */
  contents(path: string): { readonly a: string | undefined; readonly b: string | undefined };
}

/** Files that the run changed and that are neither throw-away files nor gone again at its end. */
function workPaths({ history }: ComparedRun): string[] {
  return history.paths.filter((path) => {
    const versions = history.versions(path);
    if (!versions.some((version) => version.madeBy !== undefined)) return false;
    const isNew = isMadeInRun(history, path);
    return !isScratchPath(path, isNew) && !(isNew && versions.at(-1)?.exists === false);
  });
}

function isMadeInRun(history: StateHistory, path: string): boolean {
  const [first] = history.versions(path);
  return first !== undefined && first.madeBy !== undefined && first.how !== 'edit' && first.how !== 'delete';
}

export function compareWork(a: ComparedRun, b: ComparedRun): WorkComparison {
  const roots = pairRoots(a.history.paths, b.history.paths);
  const ownPaths = { a: byCommonPath(a.history.paths, roots.a), b: byCommonPath(b.history.paths, roots.b) };
  const work = new Set([
    ...workPaths(a).map((path) => belowRoot(path, roots.a)),
    ...workPaths(b).map((path) => belowRoot(path, roots.b)),
  ]);
  const states = { a: new Map<string, readonly FileState[]>(), b: new Map<string, readonly FileState[]>() };
  const files: FileComparison[] = [];
  for (const path of [...work].sort()) {
    const own = { a: ownPaths.a.get(path), b: ownPaths.b.get(path) };
    const both = compareFileStates({ history: a.history, path: own.a }, { history: b.history, path: own.b });
    states.a.set(path, both.a);
    states.b.set(path, both.b);
    const relation = relate(both.a, both.b);
    if (relation !== undefined)
      files.push({
        path,
        ...own,
        relation,
        changedA: stepsOf(both.a),
        changedB: stepsOf(both.b),
      });
  }
  const lines = { a: listWorkStates(states.a), b: listWorkStates(states.b) };
  const pairs = alignStates(lines.a, lines.b);
  return {
    roots,
    states: { a: countDistinct(lines.a), b: countDistinct(lines.b) },
    shared: pairs.map((pair) => sharedAt(lines.a, lines.b, pair)),
    divergences: listDivergences(lines.a, lines.b, pairs),
    files,
    contents: (path) => ({
      a: states.a.get(path)?.at(-1)?.content,
      b: states.b.get(path)?.at(-1)?.content,
    }),
  };
}

function byCommonPath(paths: readonly string[], root: string): Map<string, string> {
  return new Map(paths.map((path) => [belowRoot(path, root), path]));
}

function stepsOf(states: readonly FileState[]): StepId[] {
  return [...new Set(states.flatMap(({ step }) => (step === undefined ? [] : [step])))];
}

/** Undefined when neither run left a change. */
function relate(a: readonly FileState[], b: readonly FileState[]): FileRelation | undefined {
  const [left, right] = [a.at(-1), b.at(-1)];
  const isChanged = (state: FileState | undefined): state is FileState =>
    state !== undefined && state.kind !== 'original';
  if (!isChanged(left)) return isChanged(right) ? 'only-b' : undefined;
  if (!isChanged(right)) return 'only-a';
  const kinds = [left.kind, right.kind];
  if (kinds.includes('unknown')) return 'unknown';
  if (left.key === right.key) return 'equal';
  return kinds.includes('edits') ? 'different-edits' : 'different';
}

function countDistinct(states: readonly WorkState[]): number {
  return new Set(states.map((state) => state.key)).size;
}

function sharedAt(a: readonly WorkState[], b: readonly WorkState[], pair: StatePair): SharedState {
  return { a: a[pair.a]?.step, b: b[pair.b]?.step };
}

function listDivergences(
  a: readonly WorkState[],
  b: readonly WorkState[],
  pairs: readonly StatePair[],
): Divergence[] {
  return pairs.flatMap((pair, index) => {
    const next = pairs[index + 1];
    const apartA = a.slice(pair.a + 1, next?.a ?? a.length);
    const apartB = b.slice(pair.b + 1, next?.b ?? b.length);
    if (apartA.length + apartB.length === 0) return [];
    const apart = [...apartA, ...apartB];
    const deciding = [apartA[0], apartB[0]].flatMap((state) => state ?? []);
    return [
      {
        from: sharedAt(a, b, pair),
        a: apartA.flatMap((state) => state.step ?? []),
        b: apartB.flatMap((state) => state.step ?? []),
        meets: next && sharedAt(a, b, next),
        files: [...new Set(apart.flatMap((state) => state.changed))].sort(),
        provenance: isCertain(deciding) ? ('derived' as const) : ('assumed' as const),
      },
    ];
  });
}

/** Whether the first states on both sides can not be equal; a run that stayed where it was has none. */
function isCertain(deciding: readonly WorkState[]): boolean {
  return deciding.every((state) => state.sure && (state.isTold || deciding.length === 1));
}
