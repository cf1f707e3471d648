import type { TestStatus } from '../model/test-result.ts';
import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const RESULT = /^ *\d+\/\d+ Test +#\d+: (\S+) [. ]*(?:\*{3})?([A-Z][\w: ]*?) +[\d.]+ sec/;
const SUMMARY = /^(\d+)% tests passed, (\d+) tests? failed out of (\d+)$/;

/** CTest of CMake. */
export const ctest: Runner = {
  id: 'ctest',
  marks: [' tests passed, '],
  commands: ['ctest', 'make test', 'ninja test'],
  parse({ lines }) {
    const draft = new ReportDraft('ctest');
    for (const line of lines) {
      const result = RESULT.exec(line);
      if (result?.[1] !== undefined)
        draft.set(result[1], statusOf(result[2] ?? ''), reasonOf(result[2] ?? ''));
      const summary = SUMMARY.exec(line);
      if (!summary) continue;
      const failed = Number(summary[2]);
      draft.summary = line;
      draft.recount({ passed: Number(summary[3]) - failed, failed });
    }
    return draft.build();
  },
};

function statusOf(word: string): TestStatus {
  if (word === 'Passed') return 'passed';
  if (word === 'Failed') return 'failed';
  return /^(?:Skipped|Disabled|Not Run \(Disabled\))/.test(word) ? 'skipped' : 'error';
}

/** A crash, a time-out, a program that is not there: the word itself says why. */
function reasonOf(word: string): string | undefined {
  return word === 'Passed' || word === 'Failed' ? undefined : word;
}
