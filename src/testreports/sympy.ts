import type { TestStatus } from '../model/test-result.ts';
import { knownCounts, ReportDraft, readCounts, sumCounts } from './report-draft.ts';
import type { Runner } from './runner.ts';

const FILE = /^(\S+\.py)\[\d+\]/;
const VERBOSE = /^(test_\w+)\s+(ok|F|E|s|f|X|T|w)$/;
const HEADING = /^_{3,} (\S+\.py:\w+) _{3,}$/;
const SUMMARY = /^=+ tests finished: (.*), in [\d.]+ seconds =+$/;
const STATUSES: ReadonlyMap<string, TestStatus> = new Map([
  ['ok', 'passed'],
  ['F', 'failed'],
  ['E', 'error'],
  ['s', 'skipped'],
  ['f', 'skipped'],
  ['X', 'passed'],
  ['T', 'error'],
  ['w', 'skipped'],
]);

/** SymPy's own `bin/test`. Names are `file.py:test_name`, as its failures print them. */
export const sympy: Runner = {
  id: 'sympy',
  marks: ['tests finished: '],
  commands: ['bin/test', 'bin/doctest', 'runtests'],
  parse({ lines }) {
    const draft = new ReportDraft('sympy');
    let file = '';
    let open: { test: string; last: string } | undefined;
    const close = (): void => {
      if (!open) return;
      // The exception's type tells an error from a failed assertion.
      const status = open.last.startsWith('AssertionError') ? 'failed' : 'error';
      draft.set(open.test, status, open.last === '' ? undefined : open.last);
      open = undefined;
    };
    for (const line of lines) {
      file = FILE.exec(line)?.[1] ?? file;
      const verbose = VERBOSE.exec(line);
      const status = STATUSES.get(verbose?.[2] ?? '');
      if (verbose && status) draft.set(`${file}:${verbose[1]}`, status);
      const summary = SUMMARY.exec(line)?.[1];
      if (summary !== undefined) {
        close();
        const counts = readCounts(summary);
        draft.summary = line;
        draft.recount(
          knownCounts({
            passed: sumCounts(counts, 'passed'),
            failed: sumCounts(counts, 'failed'),
            errors: sumCounts(counts, 'exceptions'),
            skipped: sumCounts(counts, 'skipped', 'expected'),
          }),
        );
      }
      if (line.startsWith('___')) {
        close();
        const test = HEADING.exec(line)?.[1];
        open = test === undefined ? undefined : { test, last: '' };
      } else if (open && line.trim() !== '') open.last = line;
    }
    close();
    return draft.build();
  },
};
