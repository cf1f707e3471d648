import { CodetracerError } from '../../base/error.ts';
import type { StepId } from '../../model/ids.ts';
import { STAGE_KINDS } from '../../model/stage.ts';
import type { Analysis } from '../analysis.ts';
import { findStep } from '../find-step.ts';
import { type Folding, LineMaker, type Shown } from './assemble-lines.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { type Item, rankItems } from './rank-units.ts';
import type { TreeLine } from './tree-line.ts';

/** How much of a tree is shown. */
export interface TreeSelection {
  /** At most so many lines. */
  readonly maxLines?: number;
  /** At most so many tokens, as `estimateTokens` counts them. */
  readonly maxTokens?: number;
  /** A step (`7`, `7.2`, `onset`, `last`) that is shown first, with what stands around it. */
  readonly focus?: string;
  /** One line for each stage, and the steps of those named here: kinds of stages, their numbers from 1, or `all`. */
  readonly open?: readonly string[];
}

/** Lines when only a focus is given. */
const LINES_AROUND_FOCUS = 40;
/** Below this many lines (beside one per stage) one line says what was left out, instead of one per gap. */
const ROOM_FOR_GAPS = 5;
/** Share of the tokens that the lines of stages may take before gaps are said in one line. */
const SHARE_OF_STAGES = 0.6;

/**
 * The lines of a tree: all of them, those of the stages that are open, or the most relevant ones that fit a budget.
 * Equal input gives equal lines. `textOf` renders a line: tokens are counted on its text.
 * @throws CodetracerError `usage` for a budget below 1 or an unknown stage, `unknown-step` for an unknown focus.
 */
export function selectTree(
  analysis: Analysis,
  selection: TreeSelection,
  textOf: (line: TreeLine) => string,
): TreeLine[] {
  const { maxLines, maxTokens, open } = selection;
  for (const budget of [maxLines, maxTokens]) {
    if (budget !== undefined && !(Number.isInteger(budget) && budget >= 1))
      throw new CodetracerError('usage', `a budget is a whole number from 1, not ${budget}`);
  }
  const focus = selection.focus === undefined ? undefined : findStep(analysis, selection.focus).step.id;
  const maker = new LineMaker(analysis, focus);
  const all = (): boolean => true;
  if (maxLines === undefined && maxTokens === undefined && focus === undefined) {
    const isOpen = open === undefined ? all : openStages(analysis, open);
    const units = (index: number): boolean => {
      const stage = maker.units[index]?.stage;
      return stage === undefined || isOpen(stage);
    };
    return maker.assemble({ facts: all, stages: all, units }, 'gaps');
  }
  const lines = maxLines ?? (maxTokens === undefined ? LINES_AROUND_FOCUS : Number.POSITIVE_INFINITY);
  return new Fitter(maker, lines, maxTokens ?? Number.POSITIVE_INFINITY, textOf, focus).fit();
}

/** Which stages a reader asked for, by kind, by number, or all. */
function openStages({ tree }: Analysis, names: readonly string[]): (index: number) => boolean {
  const open = new Set<number>();
  for (const name of names) {
    const wanted = [...tree.stages.entries()].filter(
      ([index, { kind }]) => name === 'all' || name === kind || name === String(index + 1),
    );
    if (wanted.length === 0 && name !== 'all' && !STAGE_KINDS.some((kind) => kind === name)) {
      throw new CodetracerError('usage', `there is no stage ${JSON.stringify(name)}`, {
        hint: `stages are ${STAGE_KINDS.join(', ')}, 1 to ${tree.stages.length}, or all`,
      });
    }
    for (const [index] of wanted) open.add(index);
  }
  return (index) => open.has(index);
}

class Fitter {
  private readonly items: readonly Item[];
  private readonly maker: LineMaker;
  private readonly maxLines: number;
  private readonly maxTokens: number;
  private readonly textOf: (line: TreeLine) => string;

  constructor(
    maker: LineMaker,
    maxLines: number,
    maxTokens: number,
    textOf: (line: TreeLine) => string,
    focus: StepId | undefined,
  ) {
    this.maker = maker;
    this.maxLines = maxLines;
    this.maxTokens = maxTokens;
    this.textOf = textOf;
    this.items = rankItems(maker.analysis, maker.units, maker.facts, focus);
  }

  fit(): TreeLine[] {
    const folding = this.chooseFolding();
    const items = folding === 'gaps' ? this.items.filter(({ kind }) => kind !== 'stage') : this.items;
    // The more is shown the more it costs, but for gaps that close; what is kept has been measured in any case.
    let fits = this.take(items, 0, folding);
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const lines = this.take(items, middle, folding);
      if (this.isWithin(lines)) {
        fits = lines;
        low = middle;
      } else high = middle - 1;
    }
    return this.isWithin(fits) ? fits : this.take(items, 0, 'head');
  }

  private chooseFolding(): Folding {
    const { stages } = this.maker.analysis.tree;
    if (this.maxLines <= 2) return 'head';
    const base = this.take([], 0, 'gaps');
    const roomy =
      this.maxLines >= stages.length + ROOM_FOR_GAPS &&
      this.tokensOf(base) <= this.maxTokens * SHARE_OF_STAGES;
    if (roomy) return 'gaps';
    return this.isWithin(this.take([], 0, 'rest')) ? 'rest' : 'head';
  }

  private take(items: readonly Item[], count: number, folding: Folding): TreeLine[] {
    const sets = { fact: new Set<number>(), stage: new Set<number>(), unit: new Set<number>() };
    for (const { kind, index } of items.slice(0, count)) sets[kind].add(index);
    const shown: Shown = {
      facts: (index) => sets.fact.has(index),
      stages: (index) => folding === 'gaps' || sets.stage.has(index),
      units: (index) => sets.unit.has(index),
    };
    return this.maker.assemble(shown, folding);
  }

  private isWithin(lines: readonly TreeLine[]): boolean {
    return lines.length <= this.maxLines && this.tokensOf(lines) <= this.maxTokens;
  }

  private tokensOf(lines: readonly TreeLine[]): number {
    if (this.maxTokens === Number.POSITIVE_INFINITY) return 0;
    return lines.reduce((sum, line) => sum + estimateTokens(this.textOf(line)), 0);
  }
}
