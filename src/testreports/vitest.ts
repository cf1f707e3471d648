import { knownCounts, ReportDraft, readCounts, sumCounts } from './report-draft.ts';
import type { Runner } from './runner.ts';

const FILE = /^ ?[✓✔❯×↓] (?:\|.*?\| )?(\S+\.\w+) \(\d+ tests?\b/;
const CASE = /^ +([✓✔×✗↓]) (\S.*?)(?: \d+m?s)?$/;
const FULL_CASE = /^ ?([✓✔×✗↓]) (?:\|.*?\| )?(\S+\.\w+ > \S.*?)(?: \d+m?s)?$/;
const FAILED = /^ ?(?:FAIL|❯ FAIL) +(?:\|.*?\| )?(\S+\.\w+(?: > \S.*)?)$/;
const SUMMARY = /^ *Tests {2,}(\d.*)$/;

/** Vitest. Names are `file > suite > case`, as it prints them itself. */
export const vitest: Runner = {
  id: 'vitest',
  marks: ['Test Files  ', ' RUN  v'],
  commands: ['vitest'],
  parse({ lines, text }) {
    if (!text.includes('Test Files  ') && !/^ ?RUN +v\d/m.test(text)) return undefined;
    const draft = new ReportDraft('vitest');
    let file: string | undefined;
    let failing: string[] = [];
    const messages = new Map<string, string>();
    for (const line of lines) {
      const failed = FAILED.exec(line)?.[1];
      if (failed !== undefined) {
        draft.set(failed, failed.includes(' > ') ? 'failed' : 'error');
        failing.push(failed);
        continue;
      }
      // The first line below one or several failing names is their error.
      if (failing.length > 0 && line.trim() !== '') {
        for (const test of failing) messages.set(test, line.trim());
        failing = [];
      }
      const summary = SUMMARY.exec(line)?.[1];
      if (summary !== undefined) {
        const counts = readCounts(summary);
        draft.summary = line.trim();
        draft.recount(
          knownCounts({
            passed: sumCounts(counts, 'passed'),
            failed: sumCounts(counts, 'failed'),
            skipped: sumCounts(counts, 'skipped', 'todo'),
          }),
        );
      }
      const full = FULL_CASE.exec(line);
      if (full?.[2] !== undefined) draft.set(full[2], statusOf(full[1]));
      else if (FILE.test(line)) file = FILE.exec(line)?.[1];
      else {
        const found = file === undefined ? undefined : CASE.exec(line);
        if (found) draft.set(`${file} > ${found[2]}`, statusOf(found[1]));
      }
    }
    draft.enrich((test) => messages.get(test));
    return draft.build();
  },
};

function statusOf(mark: string | undefined): 'passed' | 'failed' | 'skipped' {
  if (mark === '✓' || mark === '✔') return 'passed';
  return mark === '↓' ? 'skipped' : 'failed';
}
