import { asString, isObject } from '../base/json.ts';
import type { TestStatus } from '../model/test-result.ts';
import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const RESULT = /^ *--- (PASS|FAIL|SKIP): (\S+) \([\d.]+s\)$/;
const PACKAGE = /^(ok|FAIL|\?) {0,3}\t(\S+)(?:[\t ].*)?$/;
const STATUSES: ReadonlyMap<string, TestStatus> = new Map([
  ['PASS', 'passed'],
  ['pass', 'passed'],
  ['FAIL', 'failed'],
  ['fail', 'failed'],
  ['SKIP', 'skipped'],
  ['skip', 'skipped'],
]);

/** `go test`, with `-v` per test, with `-json` per event, else per package. */
export const goTest: Runner = {
  id: 'go-test',
  marks: ['--- PASS: ', '--- FAIL: ', '--- SKIP: ', 'ok  \t', 'FAIL\t', '"Action":"'],
  commands: ['go test', 'gotestsum'],
  parse({ lines, text }) {
    const draft = new ReportDraft('go-test');
    const json = text.includes('"Action":"');
    let open: { test: string; lines: string[] } | undefined;
    const close = (): void => {
      const message = open?.lines.join('\n').trim() ?? '';
      const test = open?.test;
      if (message !== '') draft.enrich((name) => (name === test ? message : undefined));
      open = undefined;
    };
    for (const line of lines) {
      if (json && line.startsWith('{')) readEvent(line, draft);
      const result = RESULT.exec(line);
      const status = STATUSES.get(result?.[1] ?? '');
      if (result?.[2] !== undefined && status) {
        close();
        draft.set(result[2], status);
        if (status === 'failed') open = { test: result[2], lines: [] };
        continue;
      }
      const pack = PACKAGE.exec(line);
      if (pack) {
        if (pack[1] === 'FAIL' && /\[(?:build|setup) failed\]$/.test(line)) draft.set(pack[2] ?? '', 'error');
        draft.summary = pack[1] === '?' ? draft.summary : worse(draft.summary, line);
      }
      // Lines of a failed test follow its result, indented.
      if (/^ {4}/.test(line)) open?.lines.push(line.trim());
      else close();
    }
    close();
    return draft.build();
  },
};

/** One line stands for the whole: that of a package that failed, if any did. */
function worse(known: string | undefined, line: string): string {
  return known?.startsWith('FAIL') ? known : line;
}

function readEvent(line: string, draft: ReportDraft): void {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return;
  }
  if (!isObject(event)) return;
  const test = asString(event.Test);
  const status = STATUSES.get(asString(event.Action) ?? '');
  if (test !== undefined && status) draft.set(test, status);
}
