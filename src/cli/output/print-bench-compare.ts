import pc from 'picocolors';
import { count } from '../../base/count.ts';
import type { CompareReport } from '../../bench/compare-report.ts';
import { terminalText } from './terminal-text.ts';
import { textTable } from './text-table.ts';

/** The differences of the headline figures, then the cases that hit with one system only. */
export function printBenchCompare(report: CompareReport): string {
  const { a, b, settings, cases, tasks, figures, mcnemar, changed } = report;
  const lines = [
    `a  ${terminalText(a.name)}${missing(a.missing)}`,
    `b  ${terminalText(b.name)}${missing(b.missing)}`,
    `${count(cases, 'case')} of ${count(tasks, 'task')}; paired bootstrap, clustered by task, ${settings.level * 100}% intervals of a - b`,
  ];
  const counting = figures.filter(({ n }) => n > 0);
  const table = textTable([
    ['', 'n', 'a', 'b', 'a - b', 'p', 'a better', 'equal', 'b better'],
    ...counting.map((figure) => [
      `${figure.title}${figure.better === 'lower' ? ' (low is good)' : ''}`,
      String(figure.n),
      number(figure.a),
      number(figure.b),
      difference(figure),
      probability(figure.p),
      String(figure.wins),
      String(figure.ties),
      String(figure.losses),
    ]),
  ]);
  const tests = mcnemar.map(
    ({ figure, both, onlyA, onlyB, neither, p, method }) =>
      `${figure}: both ${both}, only a ${onlyA}, only b ${onlyB}, neither ${neither}; McNemar (${method}) p ${probability(p)}\n`,
  );
  const sets = report.sets.map((one) => printSet(one));
  return `${lines.join('\n')}\n\n${table}\n${sets.join('')}${tests.join('')}${count(changed.length, 'case')} with a difference; --json lists them\n`;
}

/** Figures that are shown for each label set; `--json` has all of them. */
const BY_SET = new Set(['onset-exact', 'onset-within-2', 'incorrect-f1']);

function printSet({ set, cases, figures, mcnemar }: CompareReport['sets'][number]): string {
  const shown = figures.filter(({ id, n }) => BY_SET.has(id) && n > 0);
  if (shown.length === 0) return '';
  const table = textTable([
    [`set ${terminalText(set)} (${count(cases, 'case')})`, 'n', 'a', 'b', 'a - b', 'p', 'McNemar p'],
    ...shown.map((figure) => [
      figure.title,
      String(figure.n),
      number(figure.a),
      number(figure.b),
      difference(figure),
      probability(figure.p),
      probability(mcnemar.find((one) => one.figure === figure.id)?.p),
    ]),
  ]);
  return `${table}\n`;
}

function missing(count: number): string {
  return count === 0 ? '' : pc.yellow(` (${count} predictions missing)`);
}

function difference({ difference: value, interval }: CompareReport['figures'][number]): string {
  if (value === undefined) return '-';
  const sign = value >= 0 ? '+' : '';
  const range = interval ? ` [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]` : '';
  return `${sign}${value.toFixed(3)}${range}`;
}

function number(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(3);
}

function probability(p: number | undefined): string {
  if (p === undefined) return '-';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
