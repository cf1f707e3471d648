import { asArray, asNumber, at } from '../../src/base/json.ts';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

/** Totals of a report of vitest's JSON reporter. A test file that could not be loaded has no tests and counts as one failure. */
export function countVitest(report: unknown): Totals {
  const files = asArray(at(report, 'testResults')) ?? [];
  const broken = files.filter(
    (file) => at(file, 'status') === 'failed' && (asArray(at(file, 'assertionResults')) ?? []).length === 0,
  );
  return {
    passed: asNumber(at(report, 'numPassedTests')) ?? 0,
    failed: (asNumber(at(report, 'numFailedTests')) ?? 0) + broken.length,
  };
}

/** The totals that a script printed as `N passed, N failed` alone on its last line. */
export function readTotals(output: string): Totals | undefined {
  const match = /(?:^|\n)(\d+) passed, (\d+) failed\s*$/.exec(output);
  return match ? { passed: Number(match[1]), failed: Number(match[2]) } : undefined;
}

/** A program that failed without a failed test of its own counts as one failure, so that totals never hide it. */
export function addProgram(totals: Totals, program: Totals | undefined, code: number): Totals {
  const { passed, failed } = program ?? { passed: 0, failed: 0 };
  const hidden = failed === 0 && (code !== 0 || program === undefined) ? 1 : 0;
  return { passed: totals.passed + passed, failed: totals.failed + failed + hidden };
}
