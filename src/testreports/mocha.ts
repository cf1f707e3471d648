import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';
import { indentOf, SuitePath } from './suite-path.ts';

const TOTAL = /^ {2,}(\d+) (passing|failing|pending)\b/;
const PASSED = /^ +[✓✔√] (\S.*?)(?: \(\d+m?s\))?$/;
const FAILED = /^ +\d+\) (\S.*)$/;
const PENDING = /^ +- (\S.*)$/;

/** Mocha's spec reporter. Names are `suite > case`. */
export const mocha: Runner = {
  id: 'mocha',
  marks: [' passing (', ' failing', ' pending'],
  commands: ['mocha', 'npm test', 'npm run test', 'yarn test'],
  parse({ lines }) {
    if (!lines.some((line) => TOTAL.test(line))) return undefined;
    const draft = new ReportDraft('mocha');
    const suites = new SuitePath();
    let totals = false;
    let detail: Detail | undefined;
    const messages = new Map<string, string>();
    for (const line of lines) {
      const total = TOTAL.exec(line);
      if (total) {
        totals = true;
        const key = total[2] === 'passing' ? 'passed' : total[2] === 'failing' ? 'failed' : 'skipped';
        draft.add({ [key]: Number(total[1]) });
        if (key !== 'skipped') draft.summary = line.trim();
      } else if (totals) detail = readDetail(line, detail, messages);
      else readLine(line, suites, draft);
    }
    draft.enrich((test) => messages.get(test));
    return draft.build();
  },
};

function readLine(line: string, suites: SuitePath, draft: ReportDraft): void {
  const indent = indentOf(line);
  const passed = PASSED.exec(line)?.[1];
  const failed = FAILED.exec(line)?.[1];
  const pending = PENDING.exec(line)?.[1];
  if (passed !== undefined) draft.set(suites.nameOf(indent, passed), 'passed');
  else if (failed !== undefined) draft.set(suites.nameOf(indent, failed), 'failed');
  else if (pending !== undefined) draft.set(suites.nameOf(indent, pending), 'skipped');
  else if (indent >= 2 && line.trim() !== '') suites.enter(indent, line.trim());
}

interface Detail {
  readonly path: string[];
  done?: boolean;
}

/** Details of failures: the suites and, with a colon, the case, each on a line of its own; then the error. */
function readDetail(
  line: string,
  open: Detail | undefined,
  messages: Map<string, string>,
): Detail | undefined {
  const first = /^ {2}\d+\) (\S.*)$/.exec(line)?.[1];
  const text = line.trim();
  if (first !== undefined) return { path: [first.replace(/:$/, '')], done: first.endsWith(':') };
  if (!open || text === '') return open;
  if (!open.done) {
    return { path: [...open.path, text.replace(/:$/, '')], done: text.endsWith(':') };
  }
  messages.set(open.path.join(' > '), text);
  return undefined;
}
