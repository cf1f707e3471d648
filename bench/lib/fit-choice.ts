import type { Features, FittedHead } from './fit-linear.ts';

/** A run: its steps, and how much of the belief each of them should get (the shares sum to 1). */
export interface ChoiceGroup {
  readonly steps: readonly Features[];
  readonly target: readonly number[];
  /** How much the run counts beside the others. */
  readonly weight: number;
}

export interface ChoiceOptions {
  /** L2 penalty per squared weight on features of unit variance, relative to the mean loss. */
  readonly l2: number;
  readonly iterations?: number;
}

/** The signals that a step has, as column and scaled value: most steps have few of many. */
type Row = readonly (readonly [number, number])[];

const RATE = 0.03;
const MOMENTUM = 0.9;
const SQUARES = 0.99;

/**
 * Conditional logit (McFadden 1974) with soft targets: in each run one step is chosen with probabilities exp(score)/sum. The
 * cross-entropy with the target shares plus the penalty is convex; Adam with two rates of descent brings it down the same way
 * on every machine.
 */
export function fitChoice(
  groups: readonly ChoiceGroup[],
  names: readonly string[],
  { l2, iterations = 250 }: ChoiceOptions,
): FittedHead {
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  const scale = deviations(groups, names);
  const columns = new Map(names.map((name, column) => [name, column]));
  const parts = groups.map(({ steps, target, weight }) => ({
    rows: steps.map((step) => toRow(step, columns, scale)),
    target,
    weight: weight / total,
  }));
  const size = names.length;
  const w = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const slope = new Float64Array(size);
  for (let round = 1; round <= iterations; round++) {
    for (let i = 0; i < size; i++) slope[i] = 2 * l2 * (w[i] ?? 0);
    for (const part of parts) addSlope(part, w, slope);
    const rate = round < iterations / 2 ? RATE : RATE / 4;
    for (let i = 0; i < size; i++) {
      const g = slope[i] ?? 0;
      mean[i] = MOMENTUM * (mean[i] ?? 0) + (1 - MOMENTUM) * g;
      square[i] = SQUARES * (square[i] ?? 0) + (1 - SQUARES) * g * g;
      const step = (mean[i] ?? 0) / (1 - MOMENTUM ** round);
      const size2 = Math.sqrt((square[i] ?? 0) / (1 - SQUARES ** round)) + 1e-8;
      w[i] = (w[i] ?? 0) - (rate * step) / size2;
    }
  }
  const weights: Record<string, number> = {};
  for (const [column, name] of names.entries()) {
    const value = Math.round(((w[column] ?? 0) / (scale[column] ?? 1)) * 1000) / 1000;
    if (value !== 0) weights[name] = value;
  }
  return { bias: 0, weights };
}

function addSlope(
  { rows, target, weight }: { rows: readonly Row[]; target: readonly number[]; weight: number },
  w: Float64Array,
  slope: Float64Array,
): void {
  const scores = rows.map((row) => dot(row, w));
  const top = scores.reduce((best, score) => Math.max(best, score), -Infinity);
  const exps = scores.map((score) => Math.exp(score - top));
  const sum = exps.reduce((all, value) => all + value, 0);
  for (const [index, row] of rows.entries()) {
    const error = weight * ((exps[index] ?? 0) / sum - (target[index] ?? 0));
    for (const [i, value] of row) slope[i] = (slope[i] ?? 0) + error * value;
  }
}

function toRow(step: Features, columns: ReadonlyMap<string, number>, scale: Float64Array): Row {
  return Object.entries(step).flatMap(([name, value]) => {
    const column = columns.get(name);
    return column === undefined || value === 0 ? [] : [[column, value / (scale[column] ?? 1)] as const];
  });
}

function dot(row: Row, w: Float64Array): number {
  let sum = 0;
  for (const [i, value] of row) sum += (w[i] ?? 0) * value;
  return sum;
}

function deviations(groups: readonly ChoiceGroup[], names: readonly string[]): Float64Array {
  const steps = groups.flatMap((group) => group.steps);
  return Float64Array.from(names, (name) => {
    const mean = steps.reduce((sum, step) => sum + (step[name] ?? 0), 0) / steps.length;
    const variance = steps.reduce((sum, step) => sum + ((step[name] ?? 0) - mean) ** 2, 0) / steps.length;
    return variance > 0 ? Math.sqrt(variance) : 1;
  });
}
