import type { SourceRef } from './source-ref.ts';

export type TestStatus = 'passed' | 'failed' | 'error' | 'skipped';

/** Result of one test as a report or the output of a test command states it. */
export interface TestResult {
  /** As the runner names it, e.g. `tests/test_a.py::test_b`, `TestX/sub`, `suite > case`. */
  readonly test: string;
  readonly status: TestStatus;
  /** The failure's message or the end of its trace, where the report has one. */
  readonly message?: string;
  readonly place?: SourceRef;
}

/** What one test command or report says in all. Counts come from the summary line where there is one. */
export interface TestReport {
  /** `pytest`, `unittest`, `jest`, `go-test`, `ctrf`, `junit` … */
  readonly runner: string;
  /** Per test; empty when the output only has a summary. */
  readonly results: readonly TestResult[];
  readonly passed?: number;
  readonly failed?: number;
  readonly errors?: number;
  readonly skipped?: number;
  /** The verbatim line that states the outcome, where there is one. */
  readonly summary?: string;
}
