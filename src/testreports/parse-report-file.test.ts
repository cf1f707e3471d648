import { describe, expect, it } from 'vitest';
import { parseReportFile } from './parse-report-file.ts';

const JUNIT =
  '<?xml version="1.0"?>\n<testsuites><testsuite><testcase classname="a" name="b"/></testsuite></testsuites>';

describe('parseReportFile', () => {
  it('reads JUnit XML, also as a viewer numbers its lines', () => {
    const plain = parseReportFile(JUNIT);
    expect(plain?.results).toEqual([{ test: 'a.b', status: 'passed' }]);
    const numbered = JUNIT.split('\n').map((line, i) => `     ${i + 1}\t${line}`);
    expect(parseReportFile(numbered.join('\n'))).toEqual(plain);
  });

  it('reads the JSON of Jest and Vitest', () => {
    const report = parseReportFile(
      JSON.stringify({
        numTotalTests: 2,
        numPassedTests: 1,
        numFailedTests: 1,
        numPendingTests: 0,
        testResults: [
          {
            name: 'src/a.test.ts',
            assertionResults: [
              { ancestorTitles: ['math'], title: 'adds', status: 'passed' },
              {
                ancestorTitles: ['math'],
                title: 'divides',
                status: 'failed',
                failureMessages: ['Error: no\n at x'],
              },
            ],
          },
        ],
      }),
    );
    expect(report).toEqual({
      runner: 'jest',
      passed: 1,
      failed: 1,
      skipped: 0,
      results: [
        { test: 'src/a.test.ts > math > adds', status: 'passed' },
        { test: 'src/a.test.ts > math > divides', status: 'failed', message: 'Error: no' },
      ],
    });
  });

  it('reads pytest-json-report and CTRF', () => {
    const pytest = {
      summary: { total: 1, failed: 1 },
      tests: [{ nodeid: 't.py::a', outcome: 'failed', call: { crash: { message: 'assert 1 == 2' } } }],
    };
    expect(parseReportFile(JSON.stringify(pytest))).toEqual({
      runner: 'pytest',
      failed: 1,
      results: [{ test: 't.py::a', status: 'failed', message: 'assert 1 == 2' }],
    });
    const ctrf = { results: { summary: { passed: 1 }, tests: [{ name: 'a', status: 'passed' }] } };
    expect(parseReportFile(JSON.stringify(ctrf))).toMatchObject({ runner: 'ctrf', passed: 1 });
  });

  it.each(['', '{"tests": [', '{"results": []}', '<html></html>', 'plain text'])('is none: %s', (text) => {
    expect(parseReportFile(text)).toBeUndefined();
  });
});
