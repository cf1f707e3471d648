const STEPS = 15;
/** Keeps the system solvable where a feature never varies. */
const RIDGE = 1e-9;

/**
 * Minimises the weighted logistic loss plus `l2` times the squared weights by Newton's method. `shares` (weights of the
 * rows) sum to 1; the first of the returned weights is the bias, which is not penalised.
 */
export function minimizeLogistic(
  rows: readonly Float64Array[],
  targets: readonly number[],
  shares: readonly number[],
  l2: number,
): Float64Array {
  const size = (rows[0]?.length ?? 0) + 1;
  const weights = new Float64Array(size);
  const filled = rows.map(nonZero);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    for (const [index, row] of filled.entries()) {
      const p = 1 / (1 + Math.exp(-score(weights, row)));
      const share = shares[index] ?? 0;
      addRow(gradient, hessian, row, share * (p - (targets[index] ?? 0)), share * p * (1 - p));
    }
    for (let i = 0; i < size; i++) {
      const penalty = i === 0 ? 0 : 2 * l2;
      gradient[i] = (gradient[i] ?? 0) + penalty * (weights[i] ?? 0);
      const line = hessian[i];
      if (line) line[i] = (line[i] ?? 0) + penalty + RIDGE;
    }
    const move = solve(hessian, gradient);
    let largest = 0;
    for (let i = 0; i < size; i++) {
      weights[i] = (weights[i] ?? 0) - (move[i] ?? 0);
      largest = Math.max(largest, Math.abs(move[i] ?? 0));
    }
    if (largest < 1e-5) break;
  }
  return weights;
}

/** Columns and values of a row that are not zero, the bias first: most signals are absent from most steps. */
interface Sparse {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

function nonZero(row: Float64Array): Sparse {
  const at = [0];
  const values = [1];
  for (const [column, value] of row.entries()) {
    if (value === 0) continue;
    at.push(column + 1);
    values.push(value);
  }
  return { at, values };
}

function score(weights: Float64Array, { at, values }: Sparse): number {
  return at.reduce((sum, column, k) => sum + (weights[column] ?? 0) * (values[k] ?? 0), 0);
}

/** The lower triangle of the Hessian is enough. */
function addRow(
  gradient: Float64Array,
  hessian: readonly Float64Array[],
  { at, values }: Sparse,
  slope: number,
  curve: number,
): void {
  for (const [k, column] of at.entries()) {
    const value = values[k] ?? 0;
    gradient[column] = (gradient[column] ?? 0) + slope * value;
    const line = hessian[column];
    if (!line) continue;
    for (let m = 0; m <= k; m++) {
      const other = at[m] ?? 0;
      line[other] = (line[other] ?? 0) + curve * value * (values[m] ?? 0);
    }
  }
}

/** Solves `matrix x = right` for a symmetric positive definite matrix, given by its lower triangle (Cholesky). */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const lower = matrix.map((line) => Float64Array.from(line));
  const at = (i: number, j: number): number => lower[i]?.[j] ?? 0;
  for (let i = 0; i < size; i++) {
    const line = lower[i];
    if (!line) continue;
    for (let j = 0; j <= i; j++) {
      const other = lower[j];
      let sum = line[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (line[k] ?? 0) * (other?.[k] ?? 0);
      line[j] = i === j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / at(j, j);
    }
  }
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    let sum = x[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= at(i, k) * (x[k] ?? 0);
    x[i] = sum / at(i, i);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < size; k++) sum -= at(k, i) * (x[k] ?? 0);
    x[i] = sum / at(i, i);
  }
  return x;
}
