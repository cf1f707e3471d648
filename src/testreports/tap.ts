import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const POINT = /^( *)(not ok|ok)\b(?: (\d+))?(?: -)? ?(.*)$/;
const DIRECTIVE = /(?:^|\s)# *(SKIP|TODO)\b.*$/i;
const TOTAL = /^# (tests|pass|fail|skipped|todo|cancelled) (\d+)$/;

/** The Test Anything Protocol, as node:test, tape, bats, prove and many others print it. */
export const tap: Runner = {
  id: 'tap',
  marks: ['TAP version ', '\nok 1', '\nnot ok 1', '1..'],
  commands: ['tape', 'bats', 'prove', 'node --test', 'tap'],
  parse({ lines }) {
    if (!lines.some((line) => /^(?:TAP version \d+|\d+\.\.\d+.*)$/.test(line))) return undefined;
    const draft = new ReportDraft('tap');
    const totals = new Map<string, number>();
    let passed = 0;
    let failed = 0;
    let skipped = 0;
    let plan: string | undefined;
    for (const line of lines) {
      if (/^\d+\.\.\d+/.test(line)) plan = line;
      const total = TOTAL.exec(line);
      if (total?.[1] !== undefined) totals.set(total[1], Number(total[2]));
      const point = POINT.exec(line);
      if (!point) continue;
      const [, indent = '', word, number, rest = ''] = point;
      const name = rest.replace(DIRECTIVE, '').trim();
      const directive = DIRECTIVE.exec(rest)?.[1]?.toUpperCase();
      const ok = word === 'ok';
      const status = directive !== undefined ? 'skipped' : ok ? 'passed' : 'failed';
      draft.set(name === '' ? (number ?? '') : name, status);
      // Points of subtests are summed up by the point of their parent.
      if (indent !== '') continue;
      if (directive !== undefined) skipped++;
      else if (ok) passed++;
      else failed++;
    }
    if (!draft.found) return undefined;
    draft.add({
      passed: totals.get('pass') ?? passed,
      failed: totals.get('fail') ?? failed,
      skipped: (totals.get('skipped') ?? skipped) + (totals.get('todo') ?? 0),
    });
    draft.summary = lines.findLast((line) => /^# (?:fail|failed) /.test(line)) ?? plan;
    return draft.build();
  },
};
