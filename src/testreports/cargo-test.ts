import type { TestStatus } from '../model/test-result.ts';
import { knownCounts, ReportDraft, readCounts, sumCounts } from './report-draft.ts';
import type { Runner } from './runner.ts';

const RESULT = /^test (\S.*?) \.\.\. (?:.*\b)?(ok|FAILED|ignored)\b/;
const NEXTEST = /^ +(PASS|FAIL|SIGABRT|TIMEOUT|SKIP) \[.*?\] (?:\(.*?\) )?(\S.*)$/;
const SUMMARY = /^test result: (?:ok|FAILED)\. (.*)$/;
const NEXTEST_SUMMARY = /^ *Summary \[.*?\] +(\d+ tests? run: .*)$/;
const STDOUT = /^---- (\S+) stdout ----$/;
const STATUSES: ReadonlyMap<string, TestStatus> = new Map([
  ['ok', 'passed'],
  ['PASS', 'passed'],
  ['FAILED', 'failed'],
  ['FAIL', 'failed'],
  ['ignored', 'skipped'],
  ['SKIP', 'skipped'],
  ['SIGABRT', 'error'],
  ['TIMEOUT', 'error'],
]);

/** Rust's built-in harness, one summary per test binary, and cargo-nextest. */
export const cargoTest: Runner = {
  id: 'cargo-test',
  marks: ['test result: ', ' ... ok', ' ... FAILED', 'Summary ['],
  commands: ['cargo test', 'cargo nextest', 'cargo t'],
  parse({ lines }) {
    const draft = new ReportDraft('cargo-test');
    let open: { test: string; lines: string[] } | undefined;
    const messages = new Map<string, string>();
    for (const line of lines) {
      const result = (line.startsWith('test ') ? RESULT : NEXTEST).exec(line);
      const [test, word] = line.startsWith('test ') ? [result?.[1], result?.[2]] : [result?.[2], result?.[1]];
      const status = STATUSES.get(word ?? '');
      if (test !== undefined && status) draft.set(test, status);
      const summary = (SUMMARY.exec(line) ?? NEXTEST_SUMMARY.exec(line))?.[1];
      if (summary !== undefined) {
        const counts = readCounts(summary);
        if (!draft.summary?.includes('FAILED')) draft.summary = line;
        draft.add(
          knownCounts({
            passed: sumCounts(counts, 'passed'),
            failed: sumCounts(counts, 'failed'),
            skipped: sumCounts(counts, 'ignored', 'skipped'),
          }),
        );
      }
      const stdout = STDOUT.exec(line)?.[1];
      if (stdout !== undefined || line === 'failures:' || summary !== undefined) {
        if (open) messages.set(open.test, open.lines.join('\n').trim());
        open = stdout === undefined ? undefined : { test: stdout, lines: [] };
      } else open?.lines.push(line);
    }
    draft.enrich((test) => messages.get(test));
    // A line such as `step one ... ok` alone is no test of this runner.
    return draft.summary === undefined && !lines.some((line) => RESULT.test(line))
      ? undefined
      : draft.build();
  },
};
