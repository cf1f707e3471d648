import type { TestStatus } from '../model/test-result.ts';
import { knownCounts, ReportDraft, sumCounts } from './report-draft.ts';
import type { Runner } from './runner.ts';

const FINE = /^OK \((\d+) tests?, \d+ assertions?\)$/;
const COUNTED = /^Tests: (\d+), Assertions: \d+(.*?)\.?$/;
const SECTION = /^There (?:was|were) \d+ (error|failure|skipped|incomplete|risky|warning)/;
const HEADING = /^\d+\) ([\w\\]+::\w+.*)$/;
const STATUSES: ReadonlyMap<string, TestStatus> = new Map([
  ['error', 'error'],
  ['failure', 'failed'],
  ['skipped', 'skipped'],
  ['incomplete', 'skipped'],
]);

/** PHPUnit. Tests are named `Class::method`, with the name of their data set; passing ones only stand in the summary. */
export const phpunit: Runner = {
  id: 'phpunit',
  marks: [' assertion', 'Assertions: '],
  commands: ['phpunit', 'artisan test', 'composer test', 'pest'],
  parse({ lines }) {
    const draft = new ReportDraft('phpunit');
    let section: TestStatus | undefined;
    let open: { test: string; lines: string[] } | undefined;
    const messages = new Map<string, string>();
    const close = (): void => {
      if (open) messages.set(open.test, open.lines.join('\n').trim());
      open = undefined;
    };
    for (const line of lines) {
      const kind = SECTION.exec(line)?.[1];
      if (kind !== undefined) {
        close();
        section = STATUSES.get(kind);
        continue;
      }
      const heading = HEADING.exec(line)?.[1];
      if (heading !== undefined) {
        close();
        if (section) draft.set(heading, section);
        if (section) open = { test: heading, lines: [] };
        continue;
      }
      if (line === '' || /^(?:--|FAILURES!|ERRORS!|WARNINGS!)/.test(line)) close();
      else open?.lines.push(line);
      readSummary(line, draft);
    }
    close();
    draft.enrich((test) => messages.get(test));
    return draft.summary === undefined ? undefined : draft.build();
  },
};

function readSummary(line: string, draft: ReportDraft): void {
  const fine = FINE.exec(line)?.[1];
  if (fine !== undefined) {
    draft.summary = line;
    draft.recount({ passed: Number(fine), failed: 0 });
    return;
  }
  const counted = COUNTED.exec(line);
  if (!counted) return;
  const counts = new Map<string, number>();
  for (const [, word, number] of (counted[2] ?? '').matchAll(/([A-Za-z]+): (\d+)/g))
    counts.set(word ?? '', Number(number));
  const failed = sumCounts(counts, 'Failures');
  const errors = sumCounts(counts, 'Errors');
  const skipped = sumCounts(counts, 'Skipped', 'Incomplete');
  const passed = Math.max(0, Number(counted[1]) - (failed ?? 0) - (errors ?? 0) - (skipped ?? 0));
  draft.summary = line;
  draft.recount(knownCounts({ passed, failed, errors, skipped }));
}
