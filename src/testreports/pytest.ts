import type { TestStatus } from '../model/test-result.ts';
import { knownCounts, ReportDraft, readCounts, sumCounts } from './report-draft.ts';
import type { Runner } from './runner.ts';

const STATUSES: ReadonlyMap<string, TestStatus> = new Map([
  ['PASSED', 'passed'],
  ['FAILED', 'failed'],
  ['ERROR', 'error'],
  ['SKIPPED', 'skipped'],
  // An expected failure says nothing about the code's health; an unexpected pass is a pass.
  ['XFAIL', 'skipped'],
  ['XPASS', 'passed'],
]);

const WORDS = 'passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?|rerun|subtests passed';
const SUMMARY = new RegExp(
  `^(?:=+ )?((?:no tests (?:ran|collected)|\\d+ (?:${WORDS}))(?:, \\d+ (?:${WORDS}))*(?: \\([^()]*\\))?) in [\\d.:]+ ?s(?:econds)?(?: \\([\\d:]+\\))?(?: =+)?$`,
);
/** What ends a verbose line; the test stands before it and may hold blanks in its parameters. */
const VERBOSE = / (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)(?: \([^()]*\))?(?: +\[ *\d+%\])?$/;
const WORKER = /^\[gw\d+\] (?:\[ *\d+%\] )?(PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) (\S.*)$/;
const SHORT = /^(PASSED|FAILED|ERROR|XFAIL|XPASS) (\S.*)$/;
const PROGRESS = /^(\S+\.py) +([.FEsxXR]+)(?: +\[ *\d+%\])?$/;
const HEADING = /^_{3,} (?:ERROR (?:at \w+ of|collecting) )?(\S.*?) _{3,}$/;

/** pytest, with or without `-v`, `-q`, `-rA` and xdist. */
export const pytest: Runner = {
  id: 'pytest',
  marks: [
    'test session starts',
    'short test summary info',
    '.py::',
    'no tests ran in ',
    ' passed in ',
    ' failed in ',
    ' error in ',
    ' errors in ',
    ' skipped in ',
    ' deselected in ',
    ' xfailed in ',
    ' warning in ',
    ' warnings in ',
  ],
  commands: ['pytest', 'py.test', 'tox', 'nox'],
  parse({ lines }) {
    const draft = new ReportDraft('pytest');
    const progress = new Map<string, number>();
    const failures = new Failures();
    for (const line of lines) {
      failures.read(line);
      if (readSummary(line, draft)) continue;
      if (readResult(line, draft)) continue;
      const marks = PROGRESS.exec(line)?.[2];
      if (marks === undefined) continue;
      for (const mark of marks) progress.set(mark, (progress.get(mark) ?? 0) + 1);
    }
    failures.explain(draft);
    // Progress marks count only where the output was cut before the summary.
    if (draft.summary === undefined && progress.size > 0) {
      draft.add(
        knownCounts({
          passed: sumCounts(progress, '.', 'X'),
          failed: sumCounts(progress, 'F'),
          errors: sumCounts(progress, 'E'),
          skipped: sumCounts(progress, 's', 'x'),
        }),
      );
    }
    return draft.build();
  },
};

function readSummary(line: string, draft: ReportDraft): boolean {
  if (!line.includes(' in ')) return false;
  const found = SUMMARY.exec(line)?.[1];
  if (found === undefined) return false;
  const counts = readCounts(found);
  // Of several sessions in one output the last one is what holds after the command.
  draft.summary = line;
  draft.recount(
    knownCounts({
      passed: sumCounts(counts, 'passed', 'xpassed'),
      failed: sumCounts(counts, 'failed'),
      errors: sumCounts(counts, 'error', 'errors'),
      skipped: sumCounts(counts, 'skipped', 'xfailed'),
    }),
  );
  return true;
}

function readResult(line: string, draft: ReportDraft): boolean {
  const worker = line.startsWith('[gw') ? WORKER.exec(line) : undefined;
  if (worker) return put(draft, worker[2], worker[1]);
  const short = SHORT.exec(line);
  if (short) {
    const [name, message] = splitMessage(short[2] ?? '');
    return /\.py\b|::/.test(name) && put(draft, name, short[1], message);
  }
  const verbose = line.includes('::') ? VERBOSE.exec(line) : undefined;
  return verbose ? put(draft, line.slice(0, verbose.index), verbose[1]) : false;
}

function put(
  draft: ReportDraft,
  test: string | undefined,
  word: string | undefined,
  message?: string,
): boolean {
  const status = STATUSES.get(word ?? '');
  if (test === undefined || !status) return false;
  draft.set(test, status, message);
  return true;
}

/** `id - message`; parameters in brackets may hold a dash of their own. */
function splitMessage(text: string): [string, string | undefined] {
  const bracket = text.indexOf('[');
  const dash = text.indexOf(' - ');
  if (dash < 0) return [text, undefined];
  const close = bracket >= 0 && bracket < dash ? text.indexOf('] - ', bracket) : -1;
  const cut = close >= 0 ? close + 1 : dash;
  return [text.slice(0, cut), text.slice(cut + 3)];
}

/** The lines that begin with `E` below each heading of the section of failures. */
class Failures {
  private readonly messages = new Map<string, string[]>();
  private open: string[] | undefined;

  read(line: string): void {
    if (line.startsWith('___')) {
      const name = HEADING.exec(line)?.[1];
      if (name === undefined) return;
      this.open = this.messages.get(name) ?? [];
      this.messages.set(name, this.open);
    } else if (line.startsWith('===')) this.open = undefined;
    else if (this.open && /^E(?: {2}|$)/.test(line)) this.open.push(line.slice(1).trimStart());
  }

  /** Headings name a test by its class and function: `TestX.test_a` is `…::TestX::test_a`. */
  explain(draft: ReportDraft): void {
    const byTail = new Map<string, string>();
    for (const [name, lines] of this.messages) {
      if (lines.length > 0) byTail.set(name.replaceAll('.', '::'), lines.join('\n'));
      if (lines.length > 0) byTail.set(name, lines.join('\n'));
    }
    draft.enrich((test) => {
      const whole = byTail.get(test);
      if (whole !== undefined) return whole;
      for (let at = test.indexOf('::'); at >= 0; at = test.indexOf('::', at + 2)) {
        const message = byTail.get(test.slice(at + 2));
        if (message !== undefined) return message;
      }
      return undefined;
    });
  }
}
