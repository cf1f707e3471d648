import { describe, expect, it } from 'vitest';
import { parseCtrf } from './ctrf.ts';

describe('parseCtrf', () => {
  it('reads tests, counts and the assertion out of a trace', () => {
    const report = parseCtrf({
      results: {
        tool: { name: 'pytest' },
        summary: { tests: 3, passed: 1, failed: 1, skipped: 0, pending: 1, other: 0 },
        tests: [
          { name: 'test_a.py::test_one', status: 'passed', message: 'ignored' },
          {
            name: 'test_a.py::test_two',
            status: 'failed',
            message: 'The test failed in the call phase',
            trace: '>  assert f() == 2\nE       assert 1 == 2\nE        +  where 1 = f()\n',
          },
          { name: 'test_a.py::test_three', status: 'pending' },
          { status: 'failed' },
        ],
      },
    });
    expect(report).toEqual({
      runner: 'ctrf',
      passed: 1,
      failed: 1,
      errors: 0,
      skipped: 1,
      results: [
        { test: 'test_a.py::test_one', status: 'passed' },
        { test: 'test_a.py::test_two', status: 'failed', message: 'assert 1 == 2\n+  where 1 = f()' },
        { test: 'test_a.py::test_three', status: 'skipped' },
      ],
    });
  });

  it.each([undefined, 3, 'x', [], {}, { results: [] }, { results: { tests: 'no' } }])(
    'refuses %j',
    (value) => {
      expect(parseCtrf(value)).toBeUndefined();
    },
  );
});
