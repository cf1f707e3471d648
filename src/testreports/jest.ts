import { knownCounts, ReportDraft, readCounts, sumCounts } from './report-draft.ts';
import type { Runner } from './runner.ts';
import { indentOf, SuitePath } from './suite-path.ts';

const FILE = /^(PASS|FAIL) {1,2}(?:\S+ )??(\S+\.\w+)(?: \([\d.]+ m?s\))?$/;
const CASE = /^ +([✓✔√✕✗×○✎]) (?:(?:skipped|todo) )?(\S.*?)(?: \([\d.,]+ m?s\))?$/;
const DETAIL = /^ {2}● (\S.*)$/;
const SUMMARY = /^Tests: +(\d.*)$/;

/** Jest. Names are `file > suite > case`; without `--verbose` only failing tests are named. */
export const jest: Runner = {
  id: 'jest',
  marks: ['Test Suites: ', 'Tests: ', '\nPASS ', '\nFAIL '],
  commands: ['jest', 'react-scripts test', 'npm test', 'npm run test', 'yarn test', 'pnpm test'],
  parse({ lines }) {
    const draft = new ReportDraft('jest');
    const suites = new SuitePath();
    let file: string | undefined;
    let detail: { test: string; lines: string[] } | undefined;
    const messages = new Map<string, string>();
    const close = (): void => {
      if (detail) messages.set(detail.test, messageOf(detail.lines));
      detail = undefined;
    };
    for (const line of lines) {
      const head = FILE.exec(line);
      if (head) {
        close();
        suites.reset();
        file = head[2];
        continue;
      }
      const summary = SUMMARY.exec(line)?.[1];
      if (summary !== undefined) {
        close();
        const counts = readCounts(summary);
        draft.summary = line;
        draft.recount(
          knownCounts({
            passed: sumCounts(counts, 'passed'),
            failed: sumCounts(counts, 'failed'),
            skipped: sumCounts(counts, 'skipped', 'todo', 'pending'),
          }),
        );
      } else if (/^(?:Test Suites|Snapshots|Time): /.test(line)) close();
      if (file === undefined) continue;
      const heading = DETAIL.exec(line)?.[1];
      if (heading !== undefined) {
        close();
        const test = `${file} > ${heading.split(' › ').join(' > ')}`;
        if (heading === 'Test suite failed to run') draft.set(file, 'error');
        else draft.set(test, 'failed');
        detail = { test: heading === 'Test suite failed to run' ? file : test, lines: [] };
      } else if (detail) detail.lines.push(line);
      else readCase(line, file, suites, draft);
    }
    close();
    draft.enrich((test) => messages.get(test));
    return draft.summary === undefined && file === undefined ? undefined : draft.build();
  },
};

function readCase(line: string, file: string, suites: SuitePath, draft: ReportDraft): void {
  const found = CASE.exec(line);
  if (!found) {
    if (/^ +\S/.test(line)) suites.enter(indentOf(line), line.trim());
    return;
  }
  const name = `${file} > ${suites.nameOf(indentOf(line), found[2] ?? '')}`;
  const mark = found[1] ?? '';
  draft.set(name, '✓✔√'.includes(mark) ? 'passed' : '✕✗×'.includes(mark) ? 'failed' : 'skipped');
}

/** What went wrong, without the excerpt of the source and the stack below it. */
function messageOf(lines: readonly string[]): string {
  const end = lines.findIndex((line) => /^ +(?:at |\d+ \||> +\d+ \|)/.test(line));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
