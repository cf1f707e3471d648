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
