import { asArray, asNumber, asString, at } from '../base/json.ts';
import type { TestReport, TestResult, TestStatus } from '../model/test-result.ts';
import { parseCtrf } from './ctrf.ts';
import { parseJUnitXml } from './junit-xml.ts';

/** A report longer than this is not looked at: parsing it would cost more than it tells. */
const LONGEST = 20_000_000;

/**
 * A test report as a file holds it: JUnit XML, CTRF, or the JSON of Jest, Vitest or pytest-json-report. undefined when
 * the text is none of them, or was cut where its format can not be read without the rest.
 */
export function parseReportFile(shown: string): TestReport | undefined {
  if (shown.length > LONGEST) return undefined;
  // Viewers print a number before every line.
  const text = /^\s*1(?:→|\t)/.test(shown) ? shown.replace(/^\s*\d+(?:→|\t)/gm, '') : shown;
  const start = text.slice(0, 2000).trimStart();
  if (start.startsWith('<')) return text.includes('<testsuite') ? parseJUnitXml(text) : undefined;
  if (!start.startsWith('{') || !/"(?:testResults|results|tests)"/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return parseJest(value) ?? parsePytestJson(value) ?? parseCtrf(value);
}

const JEST: ReadonlyMap<string, TestStatus> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['pending', 'skipped'],
  ['skipped', 'skipped'],
  ['todo', 'skipped'],
  ['disabled', 'skipped'],
]);

/** `jest --json`, `vitest --reporter=json`. Names are `file > suite > case`, as their outputs give them. */
function parseJest(value: unknown): TestReport | undefined {
  const files = asArray(at(value, 'testResults'));
  const total = asNumber(at(value, 'numTotalTests'));
  if (!files || total === undefined) return undefined;
  const results = files.flatMap((file) => {
    const path = asString(at(file, 'name')) ?? '';
    return (asArray(at(file, 'assertionResults')) ?? []).flatMap((item): TestResult[] => {
      const title = asString(at(item, 'title'));
      const status = JEST.get(asString(at(item, 'status')) ?? '');
      if (title === undefined || !status) return [];
      const suites = (asArray(at(item, 'ancestorTitles')) ?? []).flatMap((suite) => asString(suite) ?? []);
      const test = [path, ...suites, title].filter(Boolean).join(' > ');
      const message = asString(asArray(at(item, 'failureMessages'))?.[0])?.split('\n', 1)[0];
      return [message === undefined ? { test, status } : { test, status, message }];
    });
  });
  const passed = asNumber(at(value, 'numPassedTests'));
  const failed = asNumber(at(value, 'numFailedTests'));
  const skipped = asNumber(at(value, 'numPendingTests'));
  return {
    runner: 'jest',
    results,
    ...(passed !== undefined && { passed }),
    ...(failed !== undefined && { failed }),
    ...(skipped !== undefined && { skipped }),
  };
}

const PYTEST: ReadonlyMap<string, TestStatus> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['error', 'error'],
  ['skipped', 'skipped'],
  ['xfailed', 'skipped'],
  ['xpassed', 'passed'],
]);

/** pytest-json-report. */
function parsePytestJson(value: unknown): TestReport | undefined {
  const tests = asArray(at(value, 'tests'));
  const summary = at(value, 'summary');
  if (!tests || asNumber(at(summary, 'total')) === undefined) return undefined;
  const results = tests.flatMap((item): TestResult[] => {
    const test = asString(at(item, 'nodeid'));
    const status = PYTEST.get(asString(at(item, 'outcome')) ?? '');
    if (test === undefined || !status) return [];
    const message =
      asString(at(item, 'call', 'crash', 'message')) ?? asString(at(item, 'setup', 'crash', 'message'));
    return [message === undefined ? { test, status } : { test, status, message }];
  });
  const count = (key: string): number | undefined => asNumber(at(summary, key));
  const [passed, failed, errors, skipped] = [
    count('passed'),
    count('failed'),
    count('error'),
    count('skipped'),
  ];
  return {
    runner: 'pytest',
    results,
    ...(passed !== undefined && { passed }),
    ...(failed !== undefined && { failed }),
    ...(errors !== undefined && { errors }),
    ...(skipped !== undefined && { skipped }),
  };
}
