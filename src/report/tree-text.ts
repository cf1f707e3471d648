import { firstLine } from '../base/text.ts';
import type { StepId } from '../model/ids.ts';
import type { StateNode } from '../model/tree.ts';
import type { Analysis } from '../query/analysis.ts';

/**
 * The trace tree as markdown, line by line. A straight line of changes stays at one indent; only a branch (the agent
 * went back, or a sub-agent began) goes deeper, so a run of any length stays readable.
 */
export function* renderTree(analysis: Analysis): Generator<string> {
  const { run, tree } = analysis;
  const labels = labelsOf(analysis);
  const indents = indentNodes(tree.nodes);
  const positions = new Map<StepId, number>();
  for (const record of analysis.history.records) positions.set(record.step.id, record.position);
  yield `# ${run.task?.id ?? run.id}`;
  yield '';
  let stage = 0;
  const order = [...tree.nodes].flatMap((node) => [
    ...(node.madeBy === undefined ? [] : [{ id: node.madeBy, node, made: true }]),
    ...node.alsoBy.map((id) => ({ id, node, made: true })),
    ...node.explore.map((id) => ({ id, node, made: false })),
  ]);
  order.sort((a, b) => (positions.get(a.id) ?? 0) - (positions.get(b.id) ?? 0));
  for (const { id, node, made } of order) {
    const record = analysis.history.records[positions.get(id) ?? -1];
    if (!record) continue;
    const current = tree.stages[stage];
    const isMain = !id.includes('.');
    if (isMain && current && record.step.ordinal === current.start) {
      yield `## ${current.kind} (steps ${current.start}–${current.end})`;
      stage++;
    }
    const indent = '  '.repeat(Math.min(indents[node.index] ?? 0, 12) + (made ? 0 : 1));
    const mark = made ? '*' : '-';
    const back = made && node.returnsTo !== undefined ? ` ↩ back to the state of node ${node.returnsTo}` : '';
    const gone = made && node.abandoned ? ' (abandoned)' : '';
    const label = labels.get(id);
    const what = firstLine(record.step.action, 100);
    const failed = record.failed ? ' ✗' : '';
    yield `${indent}${mark} ${id} ${made ? '**' : ''}${record.step.tool}${made ? '**' : ''} ${what}${failed}${label ? ` ← ${label}` : ''}${back}${gone}`;
  }
}

function labelsOf({ diagnosis }: Analysis): Map<StepId, string> {
  const labels = new Map<StepId, string>();
  for (const id of diagnosis.unuseful) labels.set(id, 'unuseful');
  for (const id of diagnosis.incorrect) labels.set(id, 'incorrect');
  if (diagnosis.onset !== undefined) labels.set(diagnosis.onset, 'ONSET');
  return labels;
}

/** Levels of branching above each node: parents come before children, so one pass is enough. */
function indentNodes(nodes: readonly StateNode[]): number[] {
  const firstChild = new Map<number, number>();
  const indents: number[] = [];
  for (const node of nodes) {
    if (node.parent === undefined) {
      indents[node.index] = 0;
      continue;
    }
    const eldest = firstChild.get(node.parent);
    if (eldest === undefined) firstChild.set(node.parent, node.index);
    const inherits = eldest === undefined && node.agent === nodes[node.parent]?.agent;
    indents[node.index] = (indents[node.parent] ?? 0) + (inherits ? 0 : 1);
  }
  return indents;
}
