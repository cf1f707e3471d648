import { knownCounts, ReportDraft, sumCounts } from './report-draft.ts';
import type { Runner } from './runner.ts';

const SUMMARY = /^(?:\d+ \w+, )*\d+ (?:tests?|doctests?|properties|property), \d+ failures?\b.*$/;
const HEADING = /^ +\d+\) ((?:test|doctest|property) \S.* \([\w.]+\))$/;
/** With `--trace`: `  * test name (1.2ms) [L#5]` below the module. */
const TRACED = /^ +\* ((?:test|doctest|property) \S.*?) \((skipped|excluded|[\d.]+m?s)\)(?: \[L#\d+\])?$/;
const MODULE = /^([A-Z][\w.]*) \[[\w./-]+\]$/;

/** Elixir's ExUnit. Tests are named as it heads its failures, `test name (Module)`; passing ones only with `--trace`. */
export const exunit: Runner = {
  id: 'exunit',
  marks: [' tests, ', ' test, ', ' doctest', ' propert'],
  commands: ['mix test', 'mix cmd'],
  parse({ lines }) {
    const draft = new ReportDraft('exunit');
    const messages = new Map<string, string>();
    const failed = new Set<string>();
    let module = '';
    let open: { test: string; lines: string[] } | undefined;
    const close = (): void => {
      if (open) messages.set(open.test, messageOf(open.lines));
      open = undefined;
    };
    for (const line of lines) {
      const heading = HEADING.exec(line)?.[1];
      if (heading !== undefined) {
        close();
        open = { test: heading, lines: [] };
        failed.add(heading);
        draft.set(heading, 'failed');
        continue;
      }
      module = MODULE.exec(line)?.[1] ?? module;
      const traced = TRACED.exec(line);
      if (traced?.[1] !== undefined) {
        const test = `${traced[1]} (${module})`;
        const isLeft = traced[2] === 'skipped' || traced[2] === 'excluded';
        if (!failed.has(test)) draft.set(test, isLeft ? 'skipped' : 'passed');
      }
      if (SUMMARY.test(line)) {
        close();
        readSummary(line, draft);
      } else if (open && /^ {5}\S/.test(line)) open.lines.push(line.trim());
      else if (line !== '' && !line.startsWith('     ')) close();
    }
    close();
    // A test that failed stands in its module's list, too, and before its failure.
    for (const test of failed) draft.set(test, 'failed');
    draft.enrich((test) => messages.get(test));
    return draft.summary === undefined ? undefined : draft.build();
  },
};

function readSummary(line: string, draft: ReportDraft): void {
  const counts = new Map<string, number>();
  for (const [, number, word] of line.matchAll(/(\d+) ([a-z]+)/g)) counts.set(word ?? '', Number(number));
  const all = sumCounts(counts, 'test', 'tests', 'doctest', 'doctests', 'property', 'properties') ?? 0;
  const failed = sumCounts(counts, 'failure', 'failures');
  const skipped = sumCounts(counts, 'skipped', 'excluded');
  const errors = sumCounts(counts, 'invalid');
  draft.summary = line;
  draft.recount(
    knownCounts({
      passed: Math.max(0, all - (failed ?? 0) - (skipped ?? 0) - (errors ?? 0)),
      failed,
      errors,
      skipped,
    }),
  );
}

/** What failed: the lines between the place and the stack. */
function messageOf(lines: readonly string[]): string {
  const end = lines.findIndex((line) => /^(?:code|stacktrace):/.test(line));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .filter((line) => !/^[\w./-]+\.exs?:\d+$/.test(line))
    .join('\n');
}
