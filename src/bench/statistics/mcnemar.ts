export interface McNemar {
  readonly p: number;
  readonly method: 'exact' | 'chi-squared';
}

/** Up to so many pairs that differ the test is exact. */
const EXACT_UP_TO = 100;

/**
 * McNemar's test (1947) of whether two systems hit equally often, from the cases on which just one of them hits. Exact:
 * under no difference the one-sided counts are binomial with 1/2, so p = min(1, 2 P(X <= min)). Above
 * a hundred such cases: chi-squared with one degree of freedom and Edwards' correction, (|b - c| - 1)^2 / (b + c).
 */
export function testMcNemar(onlyA: number, onlyB: number): McNemar {
  const n = onlyA + onlyB;
  if (n <= EXACT_UP_TO)
    return { p: Math.min(1, 2 * binomialTail(Math.min(onlyA, onlyB), n)), method: 'exact' };
  const statistic = Math.max(0, Math.abs(onlyA - onlyB) - 1) ** 2 / n;
  return { p: chiSquaredTail(statistic), method: 'chi-squared' };
}

/** P(X <= k) for X binomial with n draws of probability 1/2. */
function binomialTail(k: number, n: number): number {
  let term = 0.5 ** n;
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    sum += term;
    term *= (n - i) / (i + 1);
  }
  return sum;
}

/** P(X > x) for X chi-squared with one degree of freedom: erfc(sqrt(x / 2)). */
function chiSquaredTail(x: number): number {
  return complementaryError(Math.sqrt(x / 2));
}

/**
 * erfc(x) for x >= 0, by its series below 2 and its continued fraction above (Abramowitz and Stegun, 7.1.5 and 7.1.14);
 * right to about 1e-12.
 */
function complementaryError(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let k = 1; k < 80; k++) {
      term *= -(x * x) / k;
      sum += term / (2 * k + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 120; k > 0; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
}
