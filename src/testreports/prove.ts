import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const FILE = /^(\S+\.t) \.{2,} ?(ok|skipped: .*|Dubious.*|Failed .*|No subtests run.*)?(?: +\d+ ms.*)?$/;
const FAILED = /^(\S+\.t) +\(Wstat: .*Failed: (\d+)\)$/;
const TOTAL = /^Files=(\d+), Tests=(\d+), .*$/;

/** Perl's `prove`: results per test file; the tests inside only with `-v`, as TAP. */
export const prove: Runner = {
  id: 'prove',
  marks: ['Files=', '\nResult: '],
  commands: ['prove'],
  parse({ lines }) {
    const draft = new ReportDraft('prove');
    let tests: number | undefined;
    let failed = 0;
    for (const line of lines) {
      const file = FILE.exec(line);
      const said = file?.[2];
      if (file?.[1] !== undefined && said !== undefined)
        draft.set(file[1], said === 'ok' ? 'passed' : said.startsWith('skipped') ? 'skipped' : 'failed');
      const bad = FAILED.exec(line);
      if (bad?.[1] !== undefined) {
        draft.set(bad[1], 'failed');
        failed += Number(bad[2]);
      }
      const total = TOTAL.exec(line)?.[2];
      if (total !== undefined) tests = Number(total);
      if (/^Result: (?:PASS|FAIL|NOTESTS)$/.test(line)) draft.summary = line;
    }
    if (tests === undefined || draft.summary === undefined) return undefined;
    draft.add({ passed: Math.max(0, tests - failed), failed });
    return draft.build();
  },
};
