import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const SUMMARY =
  /^(\d+) examples?, (\d+) failures?(?:, (\d+) pending)?(?:, (\d+) errors? occurred outside of examples)?$/;
const RERUN = /^rspec (\S+) # (\S.*)$/;
const HEADING = /^ {2}\d+\) (\S.*)$/;

/** RSpec. Tests are named by their description; passing ones only stand in the summary. */
export const rspec: Runner = {
  id: 'rspec',
  marks: [' examples, ', ' example, '],
  commands: ['rspec', 'rake spec'],
  parse({ lines }) {
    const draft = new ReportDraft('rspec');
    const messages = new Map<string, string>();
    let open: { test: string; lines: string[] } | undefined;
    const close = (): void => {
      if (open) messages.set(open.test, open.lines.join('\n').trim());
      open = undefined;
    };
    for (const line of lines) {
      const heading = HEADING.exec(line)?.[1];
      if (heading !== undefined || /^(?:Finished in|Failed examples:|Pending:)/.test(line)) close();
      if (heading !== undefined) open = { test: heading, lines: [] };
      else if (open && /^ {5}(?!# )/.test(line)) open.lines.push(line.slice(5));
      const rerun = RERUN.exec(line);
      if (rerun?.[2] !== undefined) draft.set(rerun[2], 'failed');
      const summary = SUMMARY.exec(line);
      if (!summary) continue;
      const [, examples, failed, pending = '0', errors] = summary;
      draft.summary = line;
      draft.recount({
        passed: Number(examples) - Number(failed) - Number(pending),
        failed: Number(failed),
        skipped: Number(pending),
        ...(errors !== undefined && { errors: Number(errors) }),
      });
    }
    close();
    draft.enrich((test) => messages.get(test));
    return draft.summary === undefined ? undefined : draft.build();
  },
};
