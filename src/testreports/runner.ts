import type { TestReport } from '../model/test-result.ts';

/** A test output, read once: ANSI removed, lines without endings and without padding on the right. */
export interface TestOutput {
  readonly text: string;
  readonly lines: readonly string[];
}

/** Reads what one test runner prints. */
export interface Runner {
  readonly id: string;
  /** Texts of which at least one stands in every output of this runner that says something. */
  readonly marks: readonly string[];
  /** Words of a command line that name this runner. */
  readonly commands: readonly string[];
  /** undefined when the output is not this runner's after all. Linear in the size of the output. */
  parse(output: TestOutput): TestReport | undefined;
}
