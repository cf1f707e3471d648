import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const CASE = /^ ([✓✗-]) (\S.*?)(?: \[\d+\])?(?: \(skipped.*\))?$/;
const SUMMARY =
  /^(\d+) tests?, (\d+) failures?(?:, (\d+) skipped)?(?:, \d+ not run)?(?: in [\d.]+ seconds)?$/;

/** Bats with its pretty formatter; without a terminal it prints TAP. */
export const bats: Runner = {
  id: 'bats',
  marks: ['\n ✓ ', '\n ✗ ', '\n - '],
  commands: ['bats'],
  parse({ lines }) {
    const draft = new ReportDraft('bats');
    for (const line of lines) {
      const found = CASE.exec(line);
      const mark = found?.[1];
      if (found?.[2] !== undefined && (mark !== '-' || line.includes('(skipped')))
        draft.set(found[2], mark === '✓' ? 'passed' : mark === '✗' ? 'failed' : 'skipped');
      const summary = SUMMARY.exec(line);
      if (!summary) continue;
      const [, all = '0', failed = '0', skipped = '0'] = summary.map((part) => part ?? '0');
      draft.summary = line;
      draft.recount({
        passed: Number(all) - Number(failed) - Number(skipped),
        failed: Number(failed),
        skipped: Number(skipped),
      });
    }
    // A list with ticks alone is no test run.
    return draft.summary === undefined || !draft.found ? undefined : draft.build();
  },
};
