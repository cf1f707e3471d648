import type { TestStatus } from '../model/test-result.ts';
import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const SUMMARY =
  /^(\d+) (?:runs|tests), \d+ assertions, (\d+) failures, (\d+) errors(?:, (\d+) (?:skips|pendings))?(?:, (\d+) omissions)?\b/;
const VERBOSE = /^(\w[\w:]*#.+?) = [\d.]+ s = ([.FES])$/;
const KIND = /^(?: *\d+\) )?(Failure|Error|Skipped):$/;
const NAME = /^(\w[\w:]*#\S.*?)(?: \[([^\]]+)\])?:$/;
const STATUSES: ReadonlyMap<string, TestStatus> = new Map([
  ['.', 'passed'],
  ['F', 'failed'],
  ['E', 'error'],
  ['S', 'skipped'],
  ['Failure', 'failed'],
  ['Error', 'error'],
  ['Skipped', 'skipped'],
]);

/** Ruby's Minitest, on its own or in Rails, and test-unit. Tests are named `Class#method`. */
export const minitest: Runner = {
  id: 'minitest',
  marks: [' assertions, '],
  commands: ['rails test', 'rake test', 'ruby -Itest', 'minitest'],
  parse({ lines }) {
    const draft = new ReportDraft('minitest');
    const messages = new Map<string, string>();
    let kind: TestStatus | undefined;
    let open: { test: string; lines: string[] } | undefined;
    const close = (): void => {
      if (open) messages.set(open.test, open.lines.join('\n').trim());
      open = undefined;
    };
    for (const line of lines) {
      const heading = KIND.exec(line)?.[1];
      if (heading !== undefined) {
        close();
        kind = STATUSES.get(heading);
        continue;
      }
      const name = kind && NAME.exec(line)?.[1];
      if (kind && name !== undefined) {
        draft.set(name, kind);
        open = { test: name, lines: [] };
        kind = undefined;
        continue;
      }
      if (line === '') close();
      else open?.lines.push(line);
      const verbose = VERBOSE.exec(line);
      const status = STATUSES.get(verbose?.[2] ?? '');
      if (verbose?.[1] !== undefined && status) draft.set(verbose[1], status);
      const summary = SUMMARY.exec(line);
      if (summary) {
        const [, all, failed, errors, skips = '0', omissions = '0'] = summary.map((part) => part ?? '0');
        const skipped = Number(skips) + Number(omissions);
        draft.summary = line;
        draft.recount({
          passed: Math.max(0, Number(all) - Number(failed) - Number(errors) - skipped),
          failed: Number(failed),
          errors: Number(errors),
          skipped,
        });
      }
    }
    close();
    draft.enrich((test) => messages.get(test));
    return draft.summary === undefined ? undefined : draft.build();
  },
};
