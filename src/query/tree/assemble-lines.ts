import { firstLine, foldWhitespace } from '../../base/text.ts';
import type { StepId } from '../../model/ids.ts';
import type { Step } from '../../model/step.ts';
import type { Analysis } from '../analysis.ts';
import { countSteps, countTests, summarizeStage } from './count-steps.ts';
import { ChangeReader } from './describe-changes.ts';
import { targetOf } from './name-step.ts';
import { type OutlineUnit, outlineTree } from './outline-tree.ts';
import { tellFacts, tellHead } from './tell-facts.ts';
import type { FactLine, FoldedLine, StageLine, StepCounts, TreeLine } from './tree-line.ts';

const LONGEST_ACTION = 110;
const TARGETS = 4;

/** Where it is said what was left out: a line per gap below its stage, or one line for everything. */
export type Folding = 'gaps' | 'rest' | 'head';

/** Which parts are shown. */
export interface Shown {
  readonly facts: (index: number) => boolean;
  readonly stages: (index: number) => boolean;
  readonly units: (index: number) => boolean;
}

/** Makes lines of an analysis, each only once. */
export class LineMaker {
  readonly analysis: Analysis;
  readonly units: readonly OutlineUnit[];
  readonly facts: readonly FactLine[];
  private readonly counts: StepCounts;
  private readonly changes: ChangeReader;
  private readonly made = new Map<number, TreeLine>();
  private readonly stages: StageLine[];

  constructor(analysis: Analysis, alone?: StepId) {
    this.analysis = analysis;
    this.units = outlineTree(analysis, alone);
    this.facts = tellFacts(analysis);
    this.counts = countSteps(this.units);
    this.changes = new ChangeReader(analysis.history);
    const perStage: OutlineUnit[][] = analysis.tree.stages.map(() => []);
    for (const unit of this.units) if (unit.stage !== undefined) perStage[unit.stage]?.push(unit);
    this.stages = analysis.tree.stages.map(({ kind, start, end }, index) => ({
      kind: 'stage',
      index,
      stage: kind,
      start,
      end,
      ...summarizeStage(perStage[index] ?? []),
      open: false,
    }));
  }

  /** The lines that are shown, in order, and what was left out. */
  assemble(shown: Shown, folding: Folding): TreeLine[] {
    const lines: TreeLine[] = [];
    const left: OutlineUnit[] = [];
    let stage: number | undefined = -1;
    let head: { at: number; line: StageLine } | undefined;
    let gap: { readonly index: number; readonly unit: OutlineUnit }[] = [];
    const closeGap = (endsStage: boolean): void => {
      // A stage none of whose steps is shown says by its own line what it holds.
      const isWhole = endsStage && head !== undefined && head.at === lines.length - 1;
      const [only, second] = gap;
      if (only && folding === 'gaps' && !isWhole)
        // One line would say that one line is missing: it is shown instead.
        lines.push(
          second
            ? foldUnits(
                gap.map(({ unit }) => unit),
                true,
              )
            : this.lineOf(only.index, only.unit),
        );
      else if (folding !== 'gaps') left.push(...gap.map(({ unit }) => unit));
      gap = [];
    };
    for (const [index, unit] of this.units.entries()) {
      if (unit.stage !== stage) {
        closeGap(true);
        head = undefined;
        stage = unit.stage;
        const line = stage === undefined ? undefined : this.stages[stage];
        if (line && stage !== undefined && shown.stages(stage)) {
          head = { at: lines.length, line };
          lines.push(line);
        }
      }
      if (!shown.units(index)) {
        gap.push({ index, unit });
        continue;
      }
      closeGap(false);
      if (head && !head.line.open) {
        const line = { ...head.line, open: true };
        lines[head.at] = line;
        head = { at: head.at, line };
      }
      lines.push(this.lineOf(index, unit));
    }
    closeGap(true);
    if (folding === 'rest' && left.length > 0) lines.push(foldUnits(left, false));
    const facts = this.facts.filter((_, index) => shown.facts(index));
    const folded = folding === 'head' ? left.reduce((sum, { records }) => sum + records.length, 0) : 0;
    return [tellHead(this.analysis, this.counts, folded), ...facts, ...lines];
  }

  private lineOf(index: number, unit: OutlineUnit): TreeLine {
    const known = this.made.get(index);
    if (known) return known;
    const line = unit.records.length > 1 ? describeAlike(unit) : this.describe(unit);
    this.made.set(index, line);
    return line;
  }

  private describe({ records, indent, labels, node, parallel, agent }: OutlineUnit): TreeLine {
    const [record] = records;
    if (!record) throw new Error('assertion failed: a unit without steps');
    const { step } = record;
    const back = node?.madeBy === step.id ? node.returnsTo : undefined;
    return {
      kind: 'step',
      step: step.id,
      indent,
      tool: step.tool,
      action: nameAction(step),
      failed: record.failed,
      labels,
      node: node?.index,
      parallel,
      changes: this.changes.changesOf(record),
      returnsTo:
        back === undefined ? undefined : { node: back, step: this.analysis.tree.nodes[back]?.madeBy },
      abandoned: node?.abandoned ?? false,
      agent,
      tests: countTests(record),
    };
  }
}

/**
 * What a step did, on one line: the first line of a command; of a structured call its arguments, which stand on lines
 * of their own.
 */
function nameAction({ tool, action, args }: Step): string {
  if (!args) return firstLine(action, LONGEST_ACTION);
  const command = args.command ?? args.cmd;
  if (typeof command === 'string') return firstLine(command, LONGEST_ACTION);
  const start = action.slice(0, 4 * LONGEST_ACTION);
  return firstLine(foldWhitespace(start.startsWith(tool) ? start.slice(tool.length) : start), LONGEST_ACTION);
}

function describeAlike({ records, indent, what }: OutlineUnit): TreeLine {
  const targets = new Set<string>();
  for (const record of records) {
    const target = targetOf(record);
    if (target !== undefined && target !== '') targets.add(firstLine(target, 40));
    if (targets.size >= TARGETS) break;
  }
  return { kind: 'similar', steps: records.map(({ step }) => step.id), indent, what, targets: [...targets] };
}

function foldUnits(units: readonly OutlineUnit[], together: boolean): FoldedLine {
  const kinds = new Map<string, number>();
  let steps = 0;
  for (const { what, records } of units) {
    kinds.set(what, (kinds.get(what) ?? 0) + records.length);
    steps += records.length;
  }
  const first = units[0]?.records[0]?.step.id;
  const last = units.at(-1)?.records.at(-1)?.step.id;
  if (first === undefined || last === undefined) throw new Error('assertion failed: nothing to fold');
  const ordered = [...kinds].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { kind: 'folded', steps, first, last, kinds: ordered, together };
}
