/** Value of a function at `at`; adds nothing: `slope` is overwritten with the gradient. */
export type Objective = (at: Float64Array, slope: Float64Array) => number;

const MEMORY = 8;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * Minimum of a smooth convex function (limited-memory BFGS with backtracking), from the origin. Only additions and
 * multiplications in a fixed order: the same numbers on every machine.
 */
export function minimize(size: number, objective: Objective, iterations: number): Float64Array {
  let at = new Float64Array(size);
  let slope = new Float64Array(size);
  let value = objective(at, slope);
  const past: { step: Float64Array; turn: Float64Array; scale: number }[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const way = direction(slope, past);
    const descent = dot(way, slope);
    if (descent > -1e-12) break;
    let length = iteration === 0 ? Math.min(1, 1 / Math.sqrt(dot(slope, slope))) : 1;
    let moved = false;
    for (let attempt = 0; attempt < 30 && !moved; attempt++) {
      const candidate = at.map((x, i) => x + length * (way[i] ?? 0));
      const nextSlope = new Float64Array(size);
      const next = objective(candidate, nextSlope);
      if (next <= value + 1e-4 * length * descent) {
        const step = candidate.map((x, i) => x - (at[i] ?? 0));
        const turn = nextSlope.map((x, i) => x - (slope[i] ?? 0));
        const curve = dot(step, turn);
        if (curve > 1e-12) {
          past.push({ step, turn, scale: 1 / curve });
          if (past.length > MEMORY) past.shift();
        }
        const gain = value - next;
        [at, slope, value] = [candidate, nextSlope, next];
        if (gain < 1e-9 * Math.abs(value)) return at;
        moved = true;
      } else length /= 2;
    }
    if (!moved) break;
  }
  return at;
}

function direction(
  slope: Float64Array,
  past: readonly { step: Float64Array; turn: Float64Array; scale: number }[],
): Float64Array {
  const way = slope.map((x) => -x);
  const shares: number[] = [];
  for (let i = past.length - 1; i >= 0; i--) {
    const pair = past[i];
    if (!pair) continue;
    const share = pair.scale * dot(pair.step, way);
    shares[i] = share;
    for (let j = 0; j < way.length; j++) way[j] = (way[j] ?? 0) - share * (pair.turn[j] ?? 0);
  }
  const newest = past.at(-1);
  if (newest) {
    const size = 1 / (newest.scale * dot(newest.turn, newest.turn));
    for (let j = 0; j < way.length; j++) way[j] = (way[j] ?? 0) * size;
  }
  for (const [i, pair] of past.entries()) {
    const share = (shares[i] ?? 0) - pair.scale * dot(pair.turn, way);
    for (let j = 0; j < way.length; j++) way[j] = (way[j] ?? 0) + share * (pair.step[j] ?? 0);
  }
  return way;
}
