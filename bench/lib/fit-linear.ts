import { minimizeLogistic } from './minimize-logistic.ts';

/** One example: named features of one step. */
export type Features = Readonly<Record<string, number>>;

export interface FittedHead {
  readonly bias: number;
  readonly weights: Record<string, number>;
}

interface Options {
  /** L2 penalty per unit of squared weight, relative to the mean loss. */
  readonly l2: number;
  readonly iterations?: number;
}

/** Features as dense columns, in one order of names, scaled to unit variance while fitting. */
function toMatrix(
  examples: readonly Features[],
  names: readonly string[],
): { rows: Float64Array[]; scale: Float64Array } {
  const scale = new Float64Array(names.length);
  for (const [column, name] of names.entries()) {
    const values = examples.map((features) => features[name] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
    scale[column] = variance > 0 ? Math.sqrt(variance) : 1;
  }
  const rows = examples.map((features) =>
    Float64Array.from(names, (name, column) => (features[name] ?? 0) / (scale[column] ?? 1)),
  );
  return { rows, scale };
}

function unscale(
  names: readonly string[],
  weights: Float64Array,
  scale: Float64Array,
): Record<string, number> {
  const result: Record<string, number> = {};
  for (const [column, name] of names.entries()) {
    const value = (weights[column] ?? 0) / (scale[column] ?? 1);
    if (Math.abs(value) >= 5e-4) result[name] = Math.round(value * 1000) / 1000;
  }
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * Plain gradient descent with momentum on a convex loss: slow, but the same result on every machine.
 * `gradient` adds to its second argument the gradient of the mean loss.
 */
function descend(
  size: number,
  options: Options,
  gradient: (weights: Float64Array, into: Float64Array) => void,
): Float64Array {
  const weights = new Float64Array(size);
  const speed = new Float64Array(size);
  const slope = new Float64Array(size);
  for (let iteration = 0; iteration < (options.iterations ?? 600); iteration++) {
    slope.fill(0);
    gradient(weights, slope);
    for (let i = 0; i < size; i++) {
      const total = (slope[i] ?? 0) + 2 * options.l2 * (weights[i] ?? 0);
      speed[i] = 0.9 * (speed[i] ?? 0) - 0.3 * total;
      weights[i] = (weights[i] ?? 0) + (speed[i] ?? 0);
    }
  }
  return weights;
}

/** Conditional logit: in each group (a run) exactly one example (the onset) was chosen. */
export function fitChoice(
  groups: readonly { readonly examples: readonly Features[]; readonly chosen: number }[],
  names: readonly string[],
  options: Options,
): FittedHead {
  const { rows, scale } = toMatrix(
    groups.flatMap((group) => group.examples),
    names,
  );
  let offset = 0;
  const parts = groups.map(({ examples, chosen }) => {
    const part = { rows: rows.slice(offset, offset + examples.length), chosen };
    offset += examples.length;
    return part;
  });
  const weights = descend(names.length, options, (w, into) => {
    for (const { rows: own, chosen } of parts) {
      const scores = own.map((row) => dot(w, row));
      const top = Math.max(...scores);
      const exps = scores.map((score) => Math.exp(score - top));
      const total = exps.reduce((sum, value) => sum + value, 0);
      for (const [index, row] of own.entries()) {
        const error = ((exps[index] ?? 0) / total - (index === chosen ? 1 : 0)) / parts.length;
        for (let i = 0; i < row.length; i++) into[i] = (into[i] ?? 0) + error * (row[i] ?? 0);
      }
    }
  });
  return { bias: 0, weights: unscale(names, weights, scale) };
}

/**
 * Logistic regression; each example counts with its weight. `positive` may be a share, where readings disagree. Newton's
 * method: the loss is convex, so a dozen steps find its minimum on every machine.
 */
export function fitLogistic(
  examples: readonly {
    readonly features: Features;
    readonly positive: boolean | number;
    readonly weight: number;
  }[],
  names: readonly string[],
  options: Options,
): FittedHead {
  const { rows, scale } = toMatrix(
    examples.map((example) => example.features),
    names,
  );
  const total = examples.reduce((sum, example) => sum + example.weight, 0);
  const weights = minimizeLogistic(
    rows,
    examples.map((example) => Number(example.positive)),
    examples.map((example) => example.weight / total),
    options.l2,
  );
  return {
    bias: Math.round((weights[0] ?? 0) * 1000) / 1000,
    weights: unscale(names, weights.subarray(1), scale),
  };
}
