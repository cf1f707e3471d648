import type { StepId } from '../../model/ids.ts';
import type { Analysis } from '../analysis.ts';
import type { OutlineUnit } from './outline-tree.ts';
import type { FactLine } from './tree-line.ts';

/** Something that a line may show: a fact, the head of a stage, or a unit of the outline; by its index in its list. */
export interface Item {
  readonly kind: 'fact' | 'stage' | 'unit';
  readonly index: number;
}

interface Ranked extends Item {
  readonly rank: number;
  readonly distance: number;
}

const FACT_RANK: Readonly<Record<FactLine['name'], number>> = {
  note: 3,
  onset: 5,
  verdict: 21,
  better: 24,
  task: 27,
  agent: 58,
};

/**
 * Everything that could be shown, what a reader with little room needs first: the step in question and the onset, the
 * error chain and the failures that it led to, wrong steps, what stands around the step in question, the stages, changes of
 * files of the chain, ways back, other changes and failures, and what was only looked at, the nearest first.
 */
export function rankItems(
  analysis: Analysis,
  units: readonly OutlineUnit[],
  facts: readonly FactLine[],
  focus: StepId | undefined,
): Item[] {
  const center = findCenter(analysis, units, focus);
  const chainFiles = filesOfChain(analysis, units);
  const targets = new Set(units.flatMap(({ node }) => node?.returnsTo ?? []));
  const items: Ranked[] = facts.map(({ name }, index) => ({
    kind: 'fact',
    index,
    rank:
      name === 'onset' && focus !== undefined && focus !== analysis.diagnosis.onset ? 22 : FACT_RANK[name],
    distance: 0,
  }));
  const nearest = nearestUnits(analysis, units, center);
  for (const [index] of analysis.tree.stages.entries()) {
    const distance = Math.abs((nearest.get(index) ?? units.length) - center);
    items.push({ kind: 'stage', index, rank: 28, distance });
  }
  for (const [index, unit] of units.entries()) {
    const distance = Math.abs(index - center);
    const isFocus = focus !== undefined && unit.records[0]?.step.id === focus;
    const rank = isFocus ? 0 : Math.min(rankUnit(unit, chainFiles, targets), nearRank(distance, focus));
    items.push({ kind: 'unit', index, rank, distance });
  }
  return items.sort((a, b) => a.rank - b.rank || a.distance - b.distance || a.index - b.index);
}

function nearRank(distance: number, focus: StepId | undefined): number {
  // Right beside a step that was asked for nothing matters more; further off the error chain does.
  if (focus !== undefined) {
    if (distance <= 3) return 2 + distance / 4;
    return distance <= 8 ? 8 + distance : Number.POSITIVE_INFINITY;
  }
  return distance <= 2 ? 24 + distance : Number.POSITIVE_INFINITY;
}

function rankUnit(
  { records, labels, node }: OutlineUnit,
  chainFiles: ReadonlySet<string>,
  targets: ReadonlySet<number>,
): number {
  if (labels.includes('onset')) return 1;
  if (labels.includes('chain') || labels.includes('anchor')) return 7;
  if (labels.includes('incorrect')) return 20;
  const [record] = records;
  if (node?.returnsTo !== undefined) return 36;
  if (node && record?.changed.some((path) => chainFiles.has(path))) return 32;
  if (node && targets.has(node.index)) return 40;
  if (record?.tests) return 44;
  if (node) return node.abandoned ? 52 : 48;
  if (record?.failed) return 54;
  if (labels.includes('unuseful')) return 56;
  return 60;
}

function findCenter(
  { diagnosis }: Analysis,
  units: readonly OutlineUnit[],
  focus: StepId | undefined,
): number {
  const wanted = focus ?? diagnosis.onset;
  const found = units.findIndex(({ records }) => records.some(({ step }) => step.id === wanted));
  return found < 0 ? units.length - 1 : found;
}

function filesOfChain({ diagnosis, history }: Analysis, units: readonly OutlineUnit[]): Set<string> {
  const files = new Set<string>();
  if (units.length === 0) return files;
  const ids = [diagnosis.onset, ...diagnosis.chain.map(({ step }) => step)];
  for (const id of ids) {
    const position = id === undefined ? undefined : history.position(id);
    const record = position === undefined ? undefined : history.records[position];
    for (const path of record?.changed ?? []) files.add(path);
  }
  return files;
}

/** The unit of each stage that is nearest to the center. */
function nearestUnits(
  { tree }: Analysis,
  units: readonly OutlineUnit[],
  center: number,
): ReadonlyMap<number, number> {
  const nearest = new Map<number, number>();
  if (tree.stages.length === 0) return nearest;
  for (const [index, { stage }] of units.entries()) {
    if (stage === undefined) continue;
    const known = nearest.get(stage);
    if (known === undefined || Math.abs(index - center) < Math.abs(known - center)) nearest.set(stage, index);
  }
  return nearest;
}
