import type { TestStatus } from '../model/test-result.ts';
import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const RESULT = /^ *(Passed|Failed|Skipped) (\S.*?)(?: \[(?:< )?[\d.,]+ ?\w+(?: \d+ ?\w+)?\])?$/;
const TOTAL = /^(?:Passed!|Failed!|Skipped!) +- Failed: +(\d+), Passed: +(\d+), Skipped: +(\d+), Total: +\d+/;
const MESSAGE = /^ *Error Message:$/;

/** `dotnet test`: one summary per assembly. Tests are named in full, `Namespace.Class.Method`. */
export const dotnet: Runner = {
  id: 'dotnet',
  marks: ['Passed! ', 'Failed! ', 'Total tests: '],
  commands: ['dotnet test', 'dotnet vstest', 'vstest.console'],
  parse({ lines }) {
    const draft = new ReportDraft('dotnet');
    const messages = new Map<string, string>();
    let failing: string | undefined;
    let isMessage = false;
    const verbose = new Map<string, number>();
    for (const line of lines) {
      const total = TOTAL.exec(line);
      if (total) {
        if (!draft.summary?.startsWith('Failed!')) draft.summary = line;
        draft.add({ failed: Number(total[1]), passed: Number(total[2]), skipped: Number(total[3]) });
        continue;
      }
      const count = /^(Total tests| +Passed| +Failed| +Skipped): (\d+)$/.exec(line);
      if (count?.[1] !== undefined) {
        verbose.set(count[1].trim(), (verbose.get(count[1].trim()) ?? 0) + Number(count[2]));
        continue;
      }
      if (isMessage && failing !== undefined && line.trim() !== '') {
        messages.set(failing, line.trim());
        failing = undefined;
      }
      isMessage = MESSAGE.test(line) || (isMessage && line.trim() === '');
      const found = RESULT.exec(line);
      // A test has a name of several parts; `Passed!` and sentences have none.
      if (found?.[2] === undefined || !/^[\w.]+\.[\w.]+/.test(found[2])) continue;
      draft.set(found[2], statusOf(found[1] ?? ''));
      failing = found[1] === 'Failed' ? found[2] : undefined;
    }
    if (draft.summary === undefined && verbose.has('Total tests')) {
      draft.summary = `Total tests: ${verbose.get('Total tests')}`;
      draft.add({
        passed: verbose.get('Passed') ?? 0,
        failed: verbose.get('Failed') ?? 0,
        skipped: verbose.get('Skipped') ?? 0,
      });
    }
    draft.enrich((test) => messages.get(test));
    return draft.summary === undefined ? undefined : draft.build();
  },
};

function statusOf(word: string): TestStatus {
  if (word === 'Passed') return 'passed';
  return word === 'Failed' ? 'failed' : 'skipped';
}
