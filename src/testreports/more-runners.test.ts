import { describe, expect, it } from 'vitest';
import type { TestReport } from '../model/test-result.ts';
import { parseTestOutput } from './parse-test-output.ts';

interface Case {
  readonly name: string;
  readonly command: string;
  readonly output: string;
  readonly report: Omit<TestReport, 'summary' | 'results'> & { readonly results: readonly string[] };
}

const CASES: readonly Case[] = [
  {
    name: 'ExUnit',
    command: 'mix test',
    output: `Running ExUnit with seed: 568901, max_cases: 32

..

  1) test mount shows the agent (AppWeb.SessionTest)
     test/app_web/session_test.exs:160
     Assertion with =~ failed
     code:  assert html =~ "agent"
     stacktrace:
       test/app_web/session_test.exs:163: (test)

.
Finished in 2.3 seconds (0.00s async, 2.3s sync)
1 doctest, 12 tests, 1 failure, 2 skipped`,
    report: {
      runner: 'exunit',
      passed: 10,
      failed: 1,
      skipped: 2,
      results: ['failed test mount shows the agent (AppWeb.SessionTest): Assertion with =~ failed'],
    },
  },
  {
    name: 'ExUnit with --trace',
    command: 'mix test --trace',
    output: `AppTest [test/app_test.exs]
  * test adds (0.01ms) [L#5]
  * test later (skipped) [L#9]

Finished in 0.02 seconds
2 tests, 0 failures, 1 skipped`,
    report: {
      runner: 'exunit',
      passed: 1,
      failed: 0,
      skipped: 1,
      results: ['passed test adds (AppTest)', 'skipped test later (AppTest)'],
    },
  },
  {
    name: 'ExUnit, its summary alone',
    command: 'mix test 2>&1 | grep failures',
    output: '14 doctests, 410 tests, 0 failures',
    report: { runner: 'exunit', passed: 424, failed: 0, results: [] },
  },
  {
    name: 'PHPUnit',
    command: 'vendor/bin/phpunit',
    output: `PHPUnit 10.5.5 by Sebastian Bergmann and contributors.

.F.E                                                                4 / 4 (100%)

There was 1 error:

1) App\\Tests\\UserTest::testLoads with data set "b"
TypeError: must be of type int

There was 1 failure:

1) App\\Tests\\UserTest::testName
Failed asserting that two strings are equal.

FAILURES!
Tests: 4, Assertions: 3, Errors: 1, Failures: 1.`,
    report: {
      runner: 'phpunit',
      passed: 2,
      failed: 1,
      errors: 1,
      results: [
        'error App\\Tests\\UserTest::testLoads with data set "b": TypeError: must be of type int',
        'failed App\\Tests\\UserTest::testName: Failed asserting that two strings are equal.',
      ],
    },
  },
  {
    name: 'PHPUnit, all well',
    command: 'phpunit',
    output: 'OK (5 tests, 10 assertions)',
    report: { runner: 'phpunit', passed: 5, failed: 0, results: [] },
  },
  {
    name: 'dotnet test',
    command: 'dotnet test -v n',
    output: `  Passed App.Tests.MathTests.Adds [1 ms]
  Failed App.Tests.MathTests.Divides(a: 1, b: 0) [12 ms]
  Error Message:
   System.DivideByZeroException : Attempted to divide by zero.
  Stack Trace:
     at App.Tests.MathTests.Divides()

Failed!  - Failed:     1, Passed:     1, Skipped:     0, Total:     2, Duration: 20 ms - App.Tests.dll (net8.0)`,
    report: {
      runner: 'dotnet',
      failed: 1,
      passed: 1,
      skipped: 0,
      results: [
        'passed App.Tests.MathTests.Adds',
        'failed App.Tests.MathTests.Divides(a: 1, b: 0): System.DivideByZeroException : Attempted to divide by zero.',
      ],
    },
  },
  {
    name: 'Minitest',
    command: 'bin/rails test',
    output: `Run options: --seed 31337

# Running:

.F

Failure:
UserTest#test_name [test/models/user_test.rb:7]:
Expected: "a"
  Actual: "b"

bin/rails test test/models/user_test.rb:5

Finished in 0.1s, 20 runs/s.
2 runs, 3 assertions, 1 failures, 0 errors, 0 skips`,
    report: {
      runner: 'minitest',
      passed: 1,
      failed: 1,
      errors: 0,
      skipped: 0,
      results: ['failed UserTest#test_name: Expected: "a"\n  Actual: "b"'],
    },
  },
  {
    name: 'Bats',
    command: 'bats test',
    output: `addition.bats
 ✓ adds two numbers
 ✗ divides by zero
   (in test file addition.bats, line 9)
 - runs later (skipped: not yet)

3 tests, 1 failure, 1 skipped`,
    report: {
      runner: 'bats',
      passed: 1,
      failed: 1,
      skipped: 1,
      results: ['passed adds two numbers', 'failed divides by zero', 'skipped runs later'],
    },
  },
  {
    name: 'prove',
    command: 'prove -r t',
    output: `t/basic.t ... ok
t/other.t ... Failed 1/3 subtests

Test Summary Report
-------------------
t/other.t (Wstat: 256 (exited 1) Tests: 3 Failed: 1)
  Failed test:  2
Files=2, Tests=8,  0 wallclock secs
Result: FAIL`,
    report: { runner: 'prove', passed: 7, failed: 1, results: ['passed t/basic.t', 'failed t/other.t'] },
  },
];

describe('parseTestOutput', () => {
  it.each(CASES)('reads $name', ({ command, output, report }) => {
    const found = parseTestOutput(command, output);
    const { summary, results, ...rest } = found ?? { results: [] };
    const named = results.map(({ status, test, message }) =>
      message === undefined ? `${status} ${test}` : `${status} ${test}: ${message}`,
    );
    expect({ ...rest, results: named }).toEqual(report);
    expect(output).toContain(summary);
  });

  it.each([
    ['a list with ticks', 'Done:\n ✓ wrote the docs\n ✗ nothing else'],
    ['prose', 'I ran 10 tests, 0 failures were seen by anyone who looked.'],
    ['a status of a service', 'OK (running)'],
    ['a table', 'Passed the exam\nFailed the exam'],
  ])('takes no results from %s', (_name, output) => {
    expect(parseTestOutput(undefined, output)).toBeUndefined();
  });
});
