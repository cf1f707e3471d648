import type { ScoreReport } from '../../bench/score-report.ts';
import { formatAmount } from './format-value.ts';
import { markdownTable } from './markdown-table.ts';
import { type Section, tableWithFigure } from './section.ts';
import { drawBars } from './svg/draw-bars.ts';
import { markStyles } from './svg/mark-style.ts';
import { roundDomain } from './svg/scale.ts';

/** What was measured, and how much of it is there. */
export function systemSection({ systems }: ScoreReport): Section {
  return {
    lines: [
      '## Systems',
      '',
      'Rules are constant: they know nothing of why a run failed. Missing predictions score as wrong.',
      '',
      markdownTable(
        [
          { title: 'system' },
          { title: 'kind' },
          { title: 'what it is' },
          { title: 'answered', number: true },
          { title: 'missing', number: true },
          { title: 'misaligned', number: true },
          { title: 'unasked', number: true },
        ],
        systems.map((system) => [
          system.name,
          system.kind,
          system.about,
          ...[system.answered, system.missing, system.misaligned, system.unasked].map(String),
        ]),
      ),
      '',
    ],
    files: [],
  };
}

/** Tokens, money and time for one case. */
export function costSection({ systems }: ScoreReport): Section {
  const told = systems.filter(({ cost }) => cost.milliseconds.median !== undefined);
  if (told.length === 0) return { lines: [], files: [] };
  const styles = markStyles(told);
  const domain = (values: readonly (number | undefined)[]): readonly [number, number] =>
    roundDomain([0, ...values.filter((value) => value !== undefined)]);
  const medians = told.map(({ cost }) => cost.milliseconds.median);
  const tails = told.map(({ cost }) => cost.milliseconds.p95);
  const title = 'Time for one case in milliseconds';
  return tableWithFigure({
    heading: '## Cost',
    about: [
      'Tokens that a model behind the system read and wrote, US dollars, and milliseconds, for one case (median and 95th percentile) and for all of them. Time depends on the machine.',
    ],
    table: markdownTable(
      [
        { title: 'system' },
        ...['tokens', 'dollars', 'milliseconds'].flatMap((unit) =>
          ['median', 'p95', 'sum'].map((part) => ({ title: `${unit}, ${part}`, number: true })),
        ),
      ],
      told.map(({ name, cost }) => [
        name,
        ...[cost.tokens, cost.dollars, cost.milliseconds].flatMap(({ median, p95, sum }) =>
          [median, p95, sum].map(formatAmount),
        ),
      ]),
    ),
    name: 'cost',
    alt: title,
    svg: drawBars({
      title,
      description: told
        .map(({ name, cost }) => `${name}: median ${formatAmount(cost.milliseconds.median)} ms.`)
        .join(' '),
      panels: [
        { title: 'median', domain: domain(medians) },
        { title: '95th percentile', domain: domain(tails) },
      ],
      decimals: 1,
      rows: told.map(({ name }, index) => ({
        label: name,
        style: styles.get(name) ?? 'rule',
        values: [{ value: medians[index] }, { value: tails[index] }],
      })),
    }),
  });
}
