import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestReport } from '../model/test-result.ts';
import { parseTestOutput } from './parse-test-output.ts';

function parse(output: string, command?: string): TestReport {
  const report = parseTestOutput(command, output);
  if (!report) throw new Error('no report');
  return report;
}

function statuses(report: TestReport): Record<string, string> {
  return Object.fromEntries(report.results.map(({ test, status }) => [test, status]));
}

function messageOf(report: TestReport, test: string): string | undefined {
  return report.results.find((result) => result.test === test)?.message;
}

describe('parseTestOutput: pytest', () => {
  it('reads results, the reason of a failure and the summary of a default run', () => {
    const report = parse(`============================= test session starts ==============================
platform linux -- Python 3.11.4, pytest-8.1.1, pluggy-1.4.0
rootdir: /srv/shop
collected 3 items

tests/test_cart.py ..F                                                   [100%]

=================================== FAILURES ===================================
_____________________________ TestCart.test_total ______________________________

self = <tests.test_cart.TestCart object at 0x7f>

    def test_total(self):
>       assert total([2, 3]) == 6
E       assert 5 == 6
E        +  where 5 = total([2, 3])

tests/test_cart.py:14: AssertionError
=========================== short test summary info ============================
FAILED tests/test_cart.py::TestCart::test_total - assert 5 == 6
========================= 1 failed, 2 passed in 0.12s ==========================
`);
    expect(report).toMatchObject({ runner: 'pytest', passed: 2, failed: 1 });
    expect(report.summary).toBe(
      '========================= 1 failed, 2 passed in 0.12s ==========================',
    );
    expect(messageOf(report, 'tests/test_cart.py::TestCart::test_total')).toBe(
      'assert 5 == 6\n+  where 5 = total([2, 3])',
    );
  });

  it('reads verbose lines, with parameters that hold blanks, workers and expected failures', () => {
    const report = parse(`tests/test_a.py::test_one PASSED                       [ 20%]
tests/test_a.py::test_two[a b - c] FAILED              [ 40%]
tests/test_a.py::test_three SKIPPED (needs network)    [ 60%]
tests/test_a.py::test_four XFAIL                       [ 80%]
[gw1] [100%] ERROR tests/test_a.py::test_five
=== 1 failed, 1 passed, 1 skipped, 1 xfailed, 2 warnings, 1 error in 61.20s (0:01:01) ===`);
    expect(statuses(report)).toEqual({
      'tests/test_a.py::test_one': 'passed',
      'tests/test_a.py::test_two[a b - c]': 'failed',
      'tests/test_a.py::test_three': 'skipped',
      'tests/test_a.py::test_four': 'skipped',
      'tests/test_a.py::test_five': 'error',
    });
    expect(report).toMatchObject({ passed: 1, failed: 1, errors: 1, skipped: 2 });
  });

  it('reads the plain summary of -q and the one of old versions', () => {
    expect(parse('..\n2 passed in 0.01s\n')).toMatchObject({ passed: 2, summary: '2 passed in 0.01s' });
    expect(parse('===== 7 passed, 1 error in 3.05 seconds =====')).toMatchObject({ passed: 7, errors: 1 });
    expect(parse('no tests ran in 0.00s').results).toEqual([]);
  });

  it('reads errors of the collection', () => {
    const report = parse(`==================================== ERRORS ====================================
______________________ ERROR collecting tests/test_io.py _______________________
E   ModuleNotFoundError: No module named 'yamlish'
=========================== short test summary info ============================
ERROR tests/test_io.py
!!!!!!!!!!!!!!!!!!!! Interrupted: 1 error during collection !!!!!!!!!!!!!!!!!!!!
=============================== 1 error in 0.08s ===============================`);
    expect(statuses(report)).toEqual({ 'tests/test_io.py': 'error' });
    expect(messageOf(report, 'tests/test_io.py')).toBe("ModuleNotFoundError: No module named 'yamlish'");
    expect(report.errors).toBe(1);
  });

  it('counts progress marks where the output was cut before its summary', () => {
    const report = parse(`=== test session starts ===\ntests/test_a.py ..F.s   [ 50%]\ntests/test_b.py .E`);
    expect(report).toMatchObject({ passed: 4, failed: 1, errors: 1, skipped: 1 });
  });

  it('takes the last of several sessions', () => {
    expect(parse('1 failed in 0.10s\n$ pytest\n1 passed in 0.10s')).toEqual({
      runner: 'pytest',
      results: [],
      passed: 1,
      summary: '1 passed in 0.10s',
    });
  });
});

describe('parseTestOutput: other Python runners', () => {
  const django = `Testing against Django installed in '/srv/django' with up to 2 processes
Found 3 test(s).
Creating test database for alias 'default'...
System check identified no issues (0 silenced).
test_blank (forms_tests.test_widgets.WidgetTests.test_blank) ... ok
test_label (forms_tests.test_widgets.WidgetTests.test_label)
A label escapes its text. ... FAIL
test_later (forms_tests.test_widgets.WidgetTests.test_later) ... skipped 'needs GIS'

======================================================================
FAIL: test_label (forms_tests.test_widgets.WidgetTests.test_label)
A label escapes its text.
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/srv/tests/test_widgets.py", line 9, in test_label
    self.assertEqual(label('<'), '&lt;')
AssertionError: '<' != '&lt;'
- <
+ &lt;

----------------------------------------------------------------------
Ran 3 tests in 0.004s

FAILED (failures=1, skipped=1)
Destroying test database for alias 'default'...
`;

  it("reads Django's runner", () => {
    const report = parse(django);
    expect(report).toMatchObject({ runner: 'django', passed: 1, failed: 1, skipped: 1 });
    expect(report.summary).toBe('FAILED (failures=1, skipped=1)');
    expect(statuses(report)).toEqual({
      'test_blank (forms_tests.test_widgets.WidgetTests.test_blank)': 'passed',
      'test_label (forms_tests.test_widgets.WidgetTests.test_label)': 'failed',
      'test_later (forms_tests.test_widgets.WidgetTests.test_later)': 'skipped',
    });
    expect(messageOf(report, 'test_label (forms_tests.test_widgets.WidgetTests.test_label)')).toBe(
      "AssertionError: '<' != '&lt;'\n- <\n+ &lt;",
    );
  });

  it('reads unittest without verbosity', () => {
    expect(parse('...\n-----------------------------\nRan 3 tests in 0.000s\n\nOK\n')).toEqual({
      runner: 'unittest',
      results: [],
      passed: 3,
      summary: 'OK',
    });
  });

  it("reads SymPy's bin/test", () => {
    const report = parse(`============================= test process starts ==============================
executable:         /usr/bin/python3  (3.9.2-final-0) [CPython]
sympy/core/tests/test_symbol.py[2] 
test_as_dummy ok
test_is_real F                                                          [FAIL]

________________________________________________________________________________
_______________ sympy/core/tests/test_symbol.py:test_is_real ___________________
Traceback (most recent call last):
  File "/srv/sympy/core/tests/test_symbol.py", line 7, in test_is_real
    assert x.is_real
AssertionError

============= tests finished: 1 passed, 1 failed, in 0.25 seconds ==============
DO *NOT* COMMIT!`);
    expect(report).toMatchObject({ runner: 'sympy', passed: 1, failed: 1 });
    expect(statuses(report)).toEqual({
      'sympy/core/tests/test_symbol.py:test_as_dummy': 'passed',
      'sympy/core/tests/test_symbol.py:test_is_real': 'failed',
    });
  });

  it('prefers the runner inside tox, and falls back on what tox says', () => {
    const tail = `  py311: FAIL code 1 (2.11=setup[0.05]+cmd[2.06] seconds)\n  evaluation failed :( (2.20 seconds)`;
    expect(parse(`1 failed, 1 passed in 0.31s\n${tail}`, 'tox -e py311').runner).toBe('pytest');
    expect(parse(tail, 'tox')).toMatchObject({
      runner: 'tox',
      results: [{ test: 'py311', status: 'failed' }],
      summary: 'evaluation failed :( (2.20 seconds)',
    });
  });
});

describe('parseTestOutput: JavaScript runners', () => {
  it('reads jest', () => {
    const report = parse(`FAIL src/cart.test.js (5.12 s)
  cart
    ✓ starts empty (2 ms)
    ✕ adds items (4 ms)
    ○ skipped merges carts
  ● cart › adds items

    expect(received).toBe(expected) // Object.is equality

    Expected: 2
    Received: 1

      10 |   cart.add(1);
    > 11 |   expect(cart.size).toBe(2);
         |                     ^

      at Object.<anonymous> (src/cart.test.js:11:21)

PASS src/money.test.js
Test Suites: 1 failed, 1 passed, 2 total
Tests:       1 failed, 1 skipped, 4 passed, 6 total
Snapshots:   0 total
Time:        6.02 s`);
    expect(report).toMatchObject({ runner: 'jest', passed: 4, failed: 1, skipped: 1 });
    expect(statuses(report)).toEqual({
      'src/cart.test.js > cart > starts empty': 'passed',
      'src/cart.test.js > cart > adds items': 'failed',
      'src/cart.test.js > cart > merges carts': 'skipped',
    });
    expect(messageOf(report, 'src/cart.test.js > cart > adds items')).toBe(
      'expect(received).toBe(expected) // Object.is equality\n\nExpected: 2\nReceived: 1',
    );
  });

  it('reads vitest', () => {
    const report = parse(` RUN  v3.1.0 /srv/app

 ✓ src/money.test.ts (2 tests) 4ms
 ❯ src/cart.test.ts (2 tests | 1 failed) 9ms
   ✓ cart > starts empty 1ms
   × cart > adds items 5ms
     → expected 1 to be 2

⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯

 FAIL  src/cart.test.ts > cart > adds items
AssertionError: expected 1 to be 2 // Object.is equality

 Test Files  1 failed | 1 passed (2)
      Tests  1 failed | 3 passed (4)
   Start at  10:00:00`);
    expect(report).toMatchObject({ runner: 'vitest', passed: 3, failed: 1 });
    expect(statuses(report)).toEqual({
      'src/cart.test.ts > cart > starts empty': 'passed',
      'src/cart.test.ts > cart > adds items': 'failed',
    });
    expect(messageOf(report, 'src/cart.test.ts > cart > adds items')).toContain('expected 1 to be 2');
  });

  it('reads mocha', () => {
    const report = parse(`
  cart
    ✔ starts empty
    1) adds items
    - merges carts
    with tax
      ✔ rounds (12ms)


  2 passing (15ms)
  1 pending
  1 failing

  1) cart
       adds items:

      AssertionError [ERR_ASSERTION]: 1 == 2
      + expected - actual
`);
    expect(report).toMatchObject({ runner: 'mocha', passed: 2, failed: 1, skipped: 1 });
    expect(statuses(report)).toEqual({
      'cart > starts empty': 'passed',
      'cart > adds items': 'failed',
      'cart > merges carts': 'skipped',
      'cart > with tax > rounds': 'passed',
    });
    expect(messageOf(report, 'cart > adds items')).toBe('AssertionError [ERR_ASSERTION]: 1 == 2');
  });

  it("reads node's own runner in both reporters", () => {
    const spec = parse(`▶ cart
  ✔ starts empty (0.5ms)
  ✖ adds items (1.2ms)
▶ cart (2.1ms)
ℹ tests 2
ℹ pass 1
ℹ fail 1

✖ failing tests:
✖ adds items (1.2ms)`);
    expect(spec).toMatchObject({ runner: 'node-test', passed: 1, failed: 1, summary: 'ℹ fail 1' });
    expect(statuses(spec)).toEqual({ 'cart > starts empty': 'passed', 'cart > adds items': 'failed' });
    const tap = parse(`TAP version 13
# Subtest: cart
    ok 1 - starts empty
    not ok 2 - adds items
    1..2
not ok 1 - cart
ok 2 - later # SKIP no clock
1..2
# tests 3
# pass 1
# fail 1
# skipped 1`);
    expect(tap).toMatchObject({ runner: 'tap', passed: 1, failed: 1, skipped: 1, summary: '# fail 1' });
    expect(statuses(tap)).toMatchObject({
      'starts empty': 'passed',
      'adds items': 'failed',
      later: 'skipped',
    });
  });
});

describe('parseTestOutput: compiled languages and Ruby', () => {
  it('reads go test -v', () => {
    const report = parse(`=== RUN   TestAdd
=== RUN   TestAdd/zero
--- FAIL: TestAdd (0.00s)
    --- FAIL: TestAdd/zero (0.00s)
        add_test.go:12: got 1, want 0
=== RUN   TestSub
--- PASS: TestSub (0.01s)
--- SKIP: TestNet (0.00s)
FAIL
FAIL\texample.org/calc\t0.004s
ok  \texample.org/text\t0.002s`);
    expect(statuses(report)).toEqual({
      TestAdd: 'failed',
      'TestAdd/zero': 'failed',
      TestSub: 'passed',
      TestNet: 'skipped',
    });
    expect(messageOf(report, 'TestAdd/zero')).toBe('add_test.go:12: got 1, want 0');
    expect(report.summary).toBe('FAIL\texample.org/calc\t0.004s');
  });

  it('reads go test per package, a failed build and events', () => {
    expect(
      parse('# example.org/calc\n./add.go:3: undefined: x\nFAIL\texample.org/calc [build failed]'),
    ).toMatchObject({
      runner: 'go-test',
      results: [{ test: 'example.org/calc', status: 'error' }],
    });
    const events = parse(`{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"--- PASS: TestA (0.00s)\\n"}
{"Action":"pass","Package":"p","Test":"TestA","Elapsed":0}
{"Action":"fail","Package":"p","Test":"TestB","Elapsed":0}`);
    expect(statuses(events)).toEqual({ TestA: 'passed', TestB: 'failed' });
  });

  it('reads cargo test over several binaries', () => {
    const report = parse(`running 2 tests
test tests::adds ... ok
test tests::carries ... FAILED

failures:

---- tests::carries stdout ----
thread 'tests::carries' panicked at src/lib.rs:20:9:
assertion \`left == right\` failed

failures:
    tests::carries

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

running 1 test
test slow ... ignored
test result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`);
    expect(report).toMatchObject({ runner: 'cargo-test', passed: 1, failed: 1, skipped: 1 });
    expect(report.summary).toContain('FAILED. 1 passed');
    expect(messageOf(report, 'tests::carries')).toContain('panicked at src/lib.rs:20:9');
    expect(statuses(report)).toMatchObject({ slow: 'skipped' });
  });

  it('reads ctest', () => {
    const report = parse(`    Start 1: parser
1/3 Test #1: parser ...........................   Passed    0.02 sec
    Start 2: printer
2/3 Test #2: printer ..........................***Failed    0.01 sec
    Start 3: loader
3/3 Test #3: loader ...........................***Exception: SegFault  0.10 sec

33% tests passed, 2 tests failed out of 3`);
    expect(report).toMatchObject({ runner: 'ctest', passed: 1, failed: 2 });
    expect(statuses(report)).toEqual({ parser: 'passed', printer: 'failed', loader: 'error' });
  });

  it('reads rspec', () => {
    const report = parse(`F.*

Failures:

  1) Cart adds items
     Failure/Error: expect(cart.size).to eq(2)

       expected: 2
            got: 1
     # ./spec/cart_spec.rb:8:in \`block (2 levels) in <top (required)>'

Finished in 0.01 seconds (files took 0.1 seconds to load)
3 examples, 1 failure, 1 pending

Failed examples:

rspec ./spec/cart_spec.rb:6 # Cart adds items`);
    expect(report).toMatchObject({ runner: 'rspec', passed: 1, failed: 1, skipped: 1 });
    expect(messageOf(report, 'Cart adds items')).toContain('expected: 2');
  });

  it('reads Maven Surefire and Gradle', () => {
    const maven = parse(`[INFO] Running org.example.CartTest
[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 0.05 s <<< FAILURE! - in org.example.CartTest
[ERROR] addsItems(org.example.CartTest)  Time elapsed: 0.01 s  <<< FAILURE!
java.lang.AssertionError: expected:<2> but was:<1>
[ERROR] org.example.CartTest.merges -- Time elapsed: 0.01 s <<< ERROR!
java.lang.NullPointerException
[INFO] Results:
[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0`);
    expect(maven).toMatchObject({ runner: 'surefire', passed: 1, failed: 1, errors: 1, skipped: 0 });
    expect(statuses(maven)).toEqual({
      'org.example.CartTest.addsItems': 'failed',
      'org.example.CartTest.merges': 'error',
    });
    const gradle = parse(`> Task :test FAILED

CartTest > addsItems() FAILED
    org.opentest4j.AssertionFailedError at CartTest.java:12

4 tests completed, 1 failed`);
    expect(gradle).toMatchObject({ passed: 3, failed: 1, summary: '4 tests completed, 1 failed' });
    expect(messageOf(gradle, 'CartTest > addsItems()')).toContain('AssertionFailedError');
  });
});

describe('parseTestOutput: what is no test output', () => {
  it.each([
    '',
    'total 8\ndrwxr-xr-x 2 root root 4096 Jan 1 00:00 src\n',
    '2 files changed, 3 insertions(+)\n',
    'checking for gcc ... ok\nchecking for make ... ok\n',
    'def test_a():\n    assert 1 == 1  # tests/test_a.py::test_a\n',
    'FAIL: could not reach host\n',
    'ok 1 means one\n',
    'The 3 passed in silence.',
  ])('finds no report in %j', (output) => {
    expect(parseTestOutput(undefined, output)).toBeUndefined();
  });

  it('removes colours and takes CRLF', () => {
    const coloured = '\u001b[32m\u001b[1m3 passed\u001b[0m\u001b[32m in 0.02s\u001b[0m\r\n';
    expect(parse(coloured)).toMatchObject({ passed: 3 });
  });

  it('survives any text', () => {
    const words = fc.constantFrom(
      'test ',
      ' ... ',
      'ok',
      'FAIL',
      '::',
      ' > ',
      '\n',
      ' PASSED',
      '=== ',
      '1..',
      '(',
    );
    const text = fc.array(fc.oneof(words, fc.string()), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (output) => {
        parseTestOutput('pytest', output);
      }),
    );
  });

  it('stays linear on lines made to backtrack', () => {
    const hostile = [
      `${'a > '.repeat(20_000)}x`,
      `test ${'a ... '.repeat(20_000)}`,
      `${'t::'.repeat(20_000)} PASSEDx`,
      `1/1 Test #1: a ${'. '.repeat(20_000)}`,
    ];
    const started = performance.now();
    for (const line of hostile) parseTestOutput(undefined, `${line}\n${line}\n1 passed in x\n> Task :test\n`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
