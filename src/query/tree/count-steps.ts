import { baseName } from '../../base/path.ts';
import type { StepRecord } from '../../model/state.ts';
import type { OutlineUnit } from './outline-tree.ts';
import type { StageLine, StepCounts, StepLabel } from './tree-line.ts';

/** Names that a summary shows at most. */
const NAMED = 3;

export type TestCounts = NonNullable<StageLine['tests']>;

/** What a test command said: its summary's counts, else those of the results it lists. */
export function countTests({ tests }: StepRecord): TestCounts | undefined {
  if (!tests) return undefined;
  const count = (...statuses: readonly string[]): number =>
    tests.results.filter(({ status }) => statuses.includes(status)).length;
  const passed = tests.passed ?? count('passed');
  const failed =
    tests.failed === undefined && tests.errors === undefined
      ? count('failed', 'error')
      : (tests.failed ?? 0) + (tests.errors ?? 0);
  return passed + failed === 0 ? undefined : { passed, failed };
}

/** The steps of a part of the run in numbers. */
export function countSteps(units: readonly OutlineUnit[]): StepCounts {
  let [steps, changes, failed, subagent] = [0, 0, 0, 0];
  for (const { records, node } of units) {
    steps += records.length;
    if (node) changes += records.length;
    for (const record of records) {
      if (record.failed) failed++;
      if (record.step.id.includes('.')) subagent++;
    }
  }
  return { steps, changes, failed, subagent };
}

export interface StageSummary {
  readonly counts: StepCounts;
  readonly files: number;
  readonly paths: readonly string[];
  readonly tests: TestCounts | undefined;
  readonly labels: readonly StepLabel[];
}

/** What the steps of one stage did: counts, changed files (the first few by name), the last test results, labels. */
export function summarizeStage(units: readonly OutlineUnit[]): StageSummary {
  const paths = new Set<string>();
  const labels = new Set<StepLabel>();
  let tests: TestCounts | undefined;
  for (const unit of units) {
    for (const label of unit.labels) labels.add(label);
    for (const record of unit.records) {
      for (const path of record.changed) paths.add(path);
      tests = countTests(record) ?? tests;
    }
  }
  const names = new Set<string>();
  for (const path of paths) {
    if (names.size >= NAMED) break;
    names.add(baseName(path));
  }
  return { counts: countSteps(units), files: paths.size, paths: [...names], tests, labels: [...labels] };
}
