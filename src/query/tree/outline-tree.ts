import type { StepId } from '../../model/ids.ts';
import type { StepRecord } from '../../model/state.ts';
import type { StateNode } from '../../model/tree.ts';
import type { Analysis } from '../analysis.ts';
import { indentNodes } from './indent-nodes.ts';
import { labelSteps } from './label-steps.ts';
import { nameStep } from './name-step.ts';
import type { StepLabel } from './tree-line.ts';

/** One or several steps that one line shows. */
export interface OutlineUnit {
  /** More than one: steps in a row that look at things in the same way. */
  readonly records: readonly StepRecord[];
  /** Index into the run's stages; undefined for orphaned sub-agents and runs without stages. */
  readonly stage: number | undefined;
  readonly what: string;
  readonly labels: readonly StepLabel[];
  /** The node that the step made or helped to make. */
  readonly node: StateNode | undefined;
  readonly indent: number;
  /** Name of the sub-agent, on the first step of each. */
  readonly agent: string | undefined;
  readonly parallel: boolean;
}

/** Steps in a row that look at things in the same way are one unit from so many on. */
const ALIKE = 3;

/** The steps of a run in order, those that look alike put together. `alone` is a step that stays by itself. */
export function outlineTree(analysis: Analysis, alone?: StepId): OutlineUnit[] {
  const { run, tree, history } = analysis;
  const labels = labelSteps(analysis);
  const indents = indentNodes(tree.nodes);
  const makers = new Map<StepId, StateNode>();
  for (const node of tree.nodes) {
    if (node.madeBy !== undefined) makers.set(node.madeBy, node);
    for (const id of node.alsoBy) makers.set(id, node);
  }
  const names = new Map<StepId, string>();
  for (const branch of run.branches) {
    const first = branch.steps[0];
    if (first) names.set(first.id, branch.name ?? 'sub-agent');
  }
  const units: OutlineUnit[] = [];
  let stage: number | undefined = tree.stages.length > 0 ? 0 : undefined;
  let before: StepRecord | undefined;
  for (const record of history.records) {
    const { id } = record.step;
    if (id.startsWith('orphan')) stage = undefined;
    else if (stage !== undefined && !id.includes('.')) {
      while (record.step.ordinal > (tree.stages[stage]?.end ?? Number.POSITIVE_INFINITY)) stage++;
    }
    const node = makers.get(id);
    const ranIn = tree.nodes[tree.nodeOf[record.position] ?? 0];
    const depth = id.split('.').length - 1;
    units.push({
      records: [record],
      stage,
      what: nameStep(record),
      labels: labels.get(id) ?? [],
      node,
      indent: (indents[(node ?? ranIn)?.index ?? 0] ?? 0) + depth,
      agent: names.get(id),
      parallel:
        record.step.parallelGroup !== undefined && record.step.parallelGroup === before?.step.parallelGroup,
    });
    before = record;
  }
  return joinAlike(units, alone);
}

function joinAlike(units: readonly OutlineUnit[], alone: StepId | undefined): OutlineUnit[] {
  const joined: OutlineUnit[] = [];
  for (let from = 0; from < units.length; ) {
    const first = units[from];
    if (!first) break;
    let to = from + 1;
    if (isPlain(first, alone)) {
      for (let next = units[to]; next && isPlain(next, alone) && isAlike(first, next); next = units[to]) to++;
    }
    if (to - from >= ALIKE) {
      joined.push({
        ...first,
        records: units.slice(from, to).flatMap(({ records }) => records),
        parallel: false,
      });
      from = to;
    } else {
      joined.push(first);
      from++;
    }
  }
  return joined;
}

/** Nothing about the step asks for a line of its own. */
function isPlain({ records, labels, node, agent }: OutlineUnit, alone: StepId | undefined): boolean {
  const [record] = records;
  if (node !== undefined || agent !== undefined || labels.length > 0) return false;
  return record?.failed === false && record.step.id !== alone;
}

function isAlike(a: OutlineUnit, b: OutlineUnit): boolean {
  return a.what === b.what && a.stage === b.stage && a.indent === b.indent;
}
