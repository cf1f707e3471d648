import { describe, expect, it } from 'vitest';
import { parseJUnitXml } from './junit-xml.ts';

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<!-- <testcase name="commented"/> -->
<testsuites><testsuite name="cart" tests="5">
  <testcase classname="CartTest" name="starts &lt;empty&gt;" time="0.1"/>
  <testcase classname="CartTest" name="adds"><failure message="1 != 2 &amp; more">trace</failure></testcase>
  <testcase classname="CartTest" name="merges"><error><![CDATA[boom <here>]]></error></testcase>
  <testcase name="later"><skipped/></testcase>
  <testcase classname="CartTest" name="prints"><system-out>a > b</system-out></testcase>
</testsuite></testsuites>`;

describe('parseJUnitXml', () => {
  it('reads cases with their outcome and message', () => {
    expect(parseJUnitXml(REPORT)).toEqual({
      runner: 'junit',
      results: [
        { test: 'CartTest.starts <empty>', status: 'passed' },
        { test: 'CartTest.adds', status: 'failed', message: '1 != 2 & more' },
        { test: 'CartTest.merges', status: 'error', message: 'boom <here>' },
        { test: 'later', status: 'skipped' },
        { test: 'CartTest.prints', status: 'passed' },
      ],
      passed: 2,
      failed: 1,
      errors: 1,
      skipped: 1,
    });
  });

  it('gives the cases before a cut and never throws', () => {
    for (let end = 0; end < REPORT.length; end += 7) parseJUnitXml(REPORT.slice(0, end));
    const half = parseJUnitXml(REPORT.slice(0, REPORT.indexOf('name="merges"')));
    expect(half?.results.map((result) => result.status)).toEqual(['passed', 'failed']);
  });

  it('is not fooled by other XML', () => {
    expect(parseJUnitXml('<html><body>testcase</body></html>')).toBeUndefined();
  });
});
