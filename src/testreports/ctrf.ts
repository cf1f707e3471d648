import { asArray, asNumber, asString, at, isObject } from '../base/json.ts';
import type { TestReport, TestResult, TestStatus } from '../model/test-result.ts';

const STATUSES: ReadonlyMap<string, TestStatus> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['pending', 'skipped'],
  ['other', 'error'],
]);

/**
 * A report in the Common Test Report Format, parsed. Messages are the lines of the trace that pytest marks with `E`
 * where there are any: the `message` of its exporter only names the phase. undefined when it is no such report.
 */
export function parseCtrf(value: unknown): TestReport | undefined {
  const results = at(value, 'results');
  const tests = asArray(at(results, 'tests'));
  const summary = at(results, 'summary');
  if (!tests && !isObject(summary)) return undefined;
  const count = (key: string): number | undefined => asNumber(at(summary, key));
  const passed = count('passed');
  const failed = count('failed');
  const skipped = sum(count('skipped'), count('pending'));
  const errors = count('other');
  return {
    runner: 'ctrf',
    results: (tests ?? []).flatMap(readTest),
    ...(passed !== undefined && { passed }),
    ...(failed !== undefined && { failed }),
    ...(errors !== undefined && { errors }),
    ...(skipped !== undefined && { skipped }),
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

function readTest(value: unknown): TestResult[] {
  const test = asString(at(value, 'name'));
  const status = STATUSES.get(asString(at(value, 'status')) ?? '');
  if (test === undefined || !status) return [];
  if (status === 'passed') return [{ test, status }];
  const message = readMessage(asString(at(value, 'trace')), asString(at(value, 'message')));
  return [message === undefined ? { test, status } : { test, status, message }];
}

function readMessage(trace: string | undefined, message: string | undefined): string | undefined {
  if (trace === undefined || trace.trim() === '') return message;
  const marked = trace.split('\n').filter((line) => /^E(?: {2}|$)/.test(line));
  if (marked.length > 0)
    return marked
      .map((line) => line.slice(1).trimStart())
      .join('\n')
      .trim();
  return message ?? trace.trim();
}
