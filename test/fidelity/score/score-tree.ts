import type { TraceTree } from '../../../src/model/tree.ts';
import { isScratchPath } from '../../../src/state/scratch-path.ts';
import { changesAt, type Subject } from './score-files.ts';
import type { Score } from './tally.ts';
import { stateOf } from './truth-at.ts';

/**
 * Nodes, parents and backtracks against the true states: a step that changed the project's files must have made a node,
 * one that changed no entry of the file system must not have made one for files, and one that brought an earlier state
 * back must return to a node of that very state.
 */
export function scoreTree(subject: Subject, tree: TraceTree, score: Score): void {
  const { format, recording, pairs } = subject;
  const { start } = recording;
  const states = new Map<string, string>();
  for (const { record, step } of pairs) states.set(record.step.id, stateOf(step.truth, start));
  const first = stateOf(start, start);
  const nodeState = tree.nodes.map((node) => {
    const last = node.alsoBy.at(-1) ?? node.madeBy;
    return last === undefined ? first : (states.get(last) ?? '');
  });
  const count = (verdict: string): void => score.tree.count(format, verdict);
  const seen = new Set([first]);
  let before = first;
  for (const pair of pairs) {
    const { id } = pair.record.step;
    const after = states.get(id) ?? '';
    const node = tree.nodes.find((one) => one.madeBy === id || one.alsoBy.includes(id));
    const isBack = after !== before && seen.has(after);
    if (after !== before) count(node ? 'change with node' : 'change without node');
    else if (node && madeForNothing(subject, pair)) count('node without change');
    if (node?.madeBy === id) {
      const target = node.returnsTo === undefined ? undefined : nodeState[node.returnsTo];
      if (isBack)
        count(
          target === undefined
            ? 'backtrack missed'
            : target === after
              ? 'backtrack right'
              : 'backtrack wrong',
        );
      else if (target !== undefined && target !== after) count('backtrack wrong');
      if (target !== undefined && target !== after) {
        score.wrongs.push({
          what: 'backtrack',
          recording: recording.name,
          format,
          family: pair.step.deed.family,
          step: pair.index,
          action: pair.step.done.command ?? pair.step.done.tool,
          path: '',
          claimed: `returns to node ${node.returnsTo} of step ${tree.nodes[node.returnsTo ?? 0]?.madeBy ?? 0}`,
          truth: 'another state',
        });
      }
      const parent = node.parent === undefined ? undefined : nodeState[node.parent];
      const wanted = node.returnsTo === undefined ? before : after;
      if (!pair.step.deed.sameTurn) count(parent === wanted ? 'parent right' : 'parent wrong');
    } else if (isBack && !node) count('backtrack missed');
    seen.add(after);
    before = after;
  }
}

/** The step says that it changed files, and nothing on disk is different. */
function madeForNothing({ recording }: Subject, pair: Subject['pairs'][number]): boolean {
  const { record, step, before } = pair;
  const old = before?.truth ?? recording.start;
  const files = record.changed.filter((path) => !isScratchPath(path, !recording.start.files.has(path)));
  if (files.length === 0 || old.git !== step.truth.git) return false;
  return (
    changesAt(recording, pair).size === 0 &&
    files.every((path) => old.files.get(path) === step.truth.files.get(path))
  );
}
