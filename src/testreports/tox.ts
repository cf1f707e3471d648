import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const TOX = /^ +(\S+): (OK|FAIL|SKIP)(?: code (-?\d+))?(?: .*)?$/;
const OLD_TOX = /^ *(?:ERROR: +)?(\S+): (commands succeeded|commands failed|SKIPPED)$/;
const NOX = /^nox > \* (\S+): (success|failed|skipped|aborted)$/;
const STATUSES = new Map([
  ['OK', 'passed'],
  ['commands succeeded', 'passed'],
  ['success', 'passed'],
  ['SKIP', 'skipped'],
  ['SKIPPED', 'skipped'],
  ['skipped', 'skipped'],
] as const);

/** tox and nox: what they say of their environments, where the runner inside printed nothing that is known. */
export const tox: Runner = {
  id: 'tox',
  marks: [
    'congratulations :)',
    'evaluation failed :(',
    ': commands failed',
    ': commands succeeded',
    'nox > ',
  ],
  // Never preferred by its command: the runner inside says more.
  commands: [],
  parse({ lines }) {
    const draft = new ReportDraft('tox');
    for (const line of lines) {
      const found = TOX.exec(line) ?? OLD_TOX.exec(line) ?? NOX.exec(line);
      if (found?.[1] !== undefined) {
        const known: ReadonlyMap<string, 'passed' | 'skipped'> = STATUSES;
        draft.set(found[1], known.get(found[2] ?? '') ?? 'failed');
      }
      if (/^ +(?:congratulations :\)|evaluation failed :\()/.test(line)) draft.summary = line.trim();
    }
    return draft.build();
  },
};
