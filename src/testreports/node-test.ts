import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';
import { indentOf, SuitePath } from './suite-path.ts';

const CASE = /^ *([✔✖﹣⚠]) (\S.*?)(?: \([\d.]+ms\))?(?: # .*)?$/;
const SUITE = /^ *▶ (\S.*?)(?: \([\d.]+ms\))?$/;
const TOTAL = /^ℹ (tests|pass|fail|skipped|todo|cancelled) (\d+)$/;

/** node:test with its spec reporter; with the TAP reporter it is TAP. Names are `suite > case`. */
export const nodeTest: Runner = {
  id: 'node-test',
  marks: ['ℹ tests ', 'ℹ pass '],
  commands: ['node --test', 'tsx --test', 'npm test'],
  parse({ lines }) {
    const draft = new ReportDraft('node-test');
    const suites = new SuitePath();
    const totals = new Map<string, number>();
    for (const line of lines) {
      const total = TOTAL.exec(line);
      if (total?.[1] !== undefined) {
        totals.set(total[1], Number(total[2]));
        if (total[1] === 'fail') draft.summary = line;
        continue;
      }
      // Below the totals the failing tests stand again, with their errors.
      if (totals.size > 0) continue;
      const suite = SUITE.exec(line)?.[1];
      if (suite !== undefined) suites.enter(indentOf(line), suite);
      const found = suite === undefined ? CASE.exec(line) : undefined;
      if (!found) continue;
      const mark = found[1] ?? '';
      const status = mark === '✔' ? 'passed' : mark === '✖' ? 'failed' : 'skipped';
      draft.set(suites.nameOf(indentOf(line), found[2] ?? ''), status);
    }
    if (totals.size === 0) return undefined;
    const passed = totals.get('pass');
    const failed = totals.get('fail');
    const skipped = totals.get('skipped');
    draft.add({
      ...(passed !== undefined && { passed }),
      ...(failed !== undefined && { failed }),
      ...(skipped !== undefined && { skipped }),
    });
    return draft.build();
  },
};
