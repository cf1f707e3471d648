import { describe, expect, it } from 'vitest';
import { addProgram, countVitest, readTotals } from './count-tests.ts';

describe('totals of all tests', () => {
  it('counts tests, and files that could not be loaded', () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 2,
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 7, failed: 3 });
    expect(countVitest({})).toEqual({ passed: 0, failed: 0 });
  });

  it('reads totals from the last line only', () => {
    expect(readTotals('1 passed, 2 failed\n12 passed, 0 failed\n')).toEqual({ passed: 12, failed: 0 });
    expect(readTotals('12 passed, 0 failed\nmore')).toBeUndefined();
    expect(readTotals('see 12 passed, 0 failed')).toBeUndefined();
  });

  it('lets no failure hide', () => {
    const before = { passed: 3, failed: 1 };
    expect(addProgram(before, { passed: 2, failed: 0 }, 0)).toEqual({ passed: 5, failed: 1 });
    expect(addProgram(before, { passed: 2, failed: 2 }, 1)).toEqual({ passed: 5, failed: 3 });
    expect(addProgram(before, { passed: 2, failed: 0 }, 1)).toEqual({ passed: 5, failed: 2 });
    expect(addProgram(before, undefined, 0)).toEqual({ passed: 3, failed: 2 });
  });
});
