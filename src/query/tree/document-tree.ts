import type { StepId } from '../../model/ids.ts';
import type { StateNode } from '../../model/tree.ts';
import type { Analysis } from '../analysis.ts';
import { ChangeReader, type PathChange } from './describe-changes.ts';
import { selectTree, type TreeSelection } from './select-tree.ts';
import type { TreeLine } from './tree-line.ts';

/** The tree as `tree --json` prints it. */
export interface TreeReport {
  readonly schema: 'codetracer.tree/1';
  readonly run: string;
  readonly stages: Analysis['tree']['stages'];
  readonly nodes: readonly (StateNode & {
    readonly stage: number | undefined;
    readonly changes: readonly PathChange[];
  })[];
  readonly onset: StepId | null;
  readonly chain: readonly StepId[];
  readonly incorrect: readonly StepId[];
  readonly unuseful: readonly StepId[];
  readonly lines?: readonly TreeLine[];
}

/**
 * The whole tree for programs; with a selection also the lines that it shows. Tokens are then counted on the lines as
 * JSON, for that is what their reader gets.
 */
export function documentTree(analysis: Analysis, selection: TreeSelection = {}): TreeReport {
  const { run, tree, history, diagnosis } = analysis;
  const reader = new ChangeReader(history);
  const recordOf = (id: StepId) => {
    const position = history.position(id);
    return position === undefined ? undefined : history.records[position];
  };
  const stageOf = stageFinder(analysis);
  const nodes = tree.nodes.map((node) => {
    const makers = node.madeBy === undefined ? [] : [node.madeBy, ...node.alsoBy];
    return {
      ...node,
      stage: node.madeBy === undefined ? undefined : stageOf(node.madeBy),
      changes: makers.flatMap((id) => {
        const record = recordOf(id);
        return record ? reader.changesOf(record) : [];
      }),
    };
  });
  const isSelected = Object.keys(selection).length > 0;
  return {
    schema: 'codetracer.tree/1',
    run: run.id,
    stages: tree.stages,
    nodes,
    onset: diagnosis.onset ?? null,
    chain: diagnosis.chain.map(({ step }) => step),
    incorrect: diagnosis.incorrect,
    unuseful: diagnosis.unuseful,
    ...(isSelected && { lines: selectTree(analysis, selection, (line) => JSON.stringify(line)) }),
  };
}

/** Stage of a step; steps of a sub-agent stand in that of the main step they ran for. Undefined for orphans. */
function stageFinder({ tree }: Analysis): (id: StepId) => number | undefined {
  const byStep: number[] = [];
  for (const [index, { start, end }] of tree.stages.entries()) {
    for (let step = start; step <= end; step++) byStep[step] = index;
  }
  return (id) => (id.startsWith('orphan') ? undefined : byStep[Number.parseInt(id, 10)]);
}
