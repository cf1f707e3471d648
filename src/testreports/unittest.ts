import type { TestStatus } from '../model/test-result.ts';
import { knownCounts, ReportDraft, sumCounts } from './report-draft.ts';
import type { Runner } from './runner.ts';

/** `test_a (pkg.TestX.test_a) ... ok`; with a docstring the name stands on the line above. */
const RESULT =
  /^(.*?) \.\.\. (?:.* )?(ok|FAIL|ERROR|expected failure|unexpected success|skipped(?: ['"].*)?)$/;
const NAME = /^(\w+ \([\w.<>]+\))(?: \(.*\))?/;
const HEADING = /^(FAIL|ERROR): (\S.*)$/;
const RAN = /^Ran (\d+) tests? in [\d.]+s$/;
const VERDICT = /^(OK|FAILED)(?: \(([^()]*)\))?$/;

/** A failure in detail: a heading, a line of the docstring perhaps, a rule, the traceback. */
interface Section {
  readonly test: string;
  readonly status: TestStatus;
  /** Lines below the rule. */
  body?: string[];
}

/** Python's unittest and Django's test runner, which prints the same and more around it. */
export const unittest: Runner = {
  id: 'unittest',
  marks: [' tests in ', ' test in ', ' ... ok', ' ... FAIL', ' ... ERROR', '\nFAIL: ', '\nERROR: '],
  commands: ['unittest', 'runtests.py', 'manage.py test', 'django-admin test'],
  parse({ lines, text }) {
    const django = /Testing against Django|test database for alias|System check identified/.test(text);
    const draft = new ReportDraft(django ? 'django' : 'unittest');
    let ran: number | undefined;
    let above = '';
    let section: Section | undefined;
    const close = (): void => {
      // Without a rule below it, a heading is only a line that looks like one.
      if (section?.body) draft.set(section.test, section.status, lastBlock(section.body));
      section = undefined;
    };
    for (const line of lines) {
      const heading = HEADING.exec(line);
      if (heading) {
        close();
        const status = heading[1] === 'FAIL' ? 'failed' : 'error';
        section = { test: nameOf(heading[2] ?? ''), status };
        continue;
      }
      if (/^[=-]{20,}$/.test(line)) {
        if (section && !section.body && line.startsWith('-')) section.body = [];
        else close();
        continue;
      }
      const count = RAN.exec(line)?.[1];
      if (count !== undefined) {
        close();
        ran = Number(count);
        draft.summary = line;
        continue;
      }
      if (section?.body) {
        section.body.push(line);
        continue;
      }
      if (ran !== undefined && readVerdict(line, ran, draft)) ran = undefined;
      else readResult(line, above, draft);
      above = line;
    }
    close();
    return draft.build();
  },
};

function readResult(line: string, above: string, draft: ReportDraft): void {
  if (!line.includes(' ... ')) return;
  const found = RESULT.exec(line);
  if (!found) return;
  const test = NAME.exec(found[1] ?? '')?.[1] ?? NAME.exec(above)?.[1];
  if (test !== undefined) draft.set(test, statusOf(found[2] ?? ''));
}

/** A heading names a subtest's parameters behind the test; the test is what failed. */
function nameOf(heading: string): string {
  return NAME.exec(heading)?.[1] ?? heading;
}

function statusOf(word: string): TestStatus {
  if (word === 'ok') return 'passed';
  if (word === 'FAIL' || word === 'unexpected success') return 'failed';
  return word === 'ERROR' ? 'error' : 'skipped';
}

function readVerdict(line: string, ran: number, draft: ReportDraft): boolean {
  const verdict = VERDICT.exec(line);
  if (!verdict) return false;
  const counts = new Map<string, number>();
  for (const [, word, count] of (verdict[2] ?? '').matchAll(/([a-z ]+)=(\d+)/g)) {
    counts.set((word ?? '').trim(), Number(count));
  }
  const failed = sumCounts(counts, 'failures', 'unexpected successes');
  const errors = sumCounts(counts, 'errors');
  const skipped = sumCounts(counts, 'skipped', 'expected failures');
  const passed = Math.max(0, ran - (failed ?? 0) - (errors ?? 0) - (skipped ?? 0));
  draft.summary = line;
  draft.recount(knownCounts({ passed, failed, errors, skipped }));
  return true;
}

/** The exception at the end of a traceback: its lines that are not indented, from the last such run. */
function lastBlock(lines: readonly string[]): string | undefined {
  let end = lines.length;
  while (end > 0 && lines[end - 1] === '') end--;
  let start = end;
  while (start > 0 && !/^(?: {2}|Traceback)/.test(lines[start - 1] ?? '')) start--;
  const text = lines.slice(start, end).join('\n').trim();
  return text === '' ? undefined : text;
}
