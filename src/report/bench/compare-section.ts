import type { ComparedFigure, CompareReport } from '../../bench/compare-report.ts';
import { formatInterval, formatNumber, formatP, formatSigned } from './format-value.ts';
import { cell, markdownTable } from './markdown-table.ts';
import { joinSections, type Section, slug, tableWithFigure } from './section.ts';
import { drawForest, type ForestRow } from './svg/draw-forest.ts';

interface Pair {
  readonly report: CompareReport;
  readonly figure: ComparedFigure;
}

/** Differences of two systems on the same cases, figure by figure, and case by case where a figure is a hit or a miss. */
export function compareSection(reports: readonly CompareReport[]): Section {
  const byFirst = new Map<string, CompareReport[]>();
  for (const report of reports) {
    const known = byFirst.get(report.a.name);
    if (known) known.push(report);
    else byFirst.set(report.a.name, [report]);
  }
  const parts = [...byFirst].flatMap(([name, group]) => {
    const ids = [...new Set(group.flatMap((report) => report.figures.map(({ id }) => id)))];
    return [...ids.map((id) => figurePart(name, group, id)), mcnemarPart(name, group)];
  });
  const section = joinSections(parts);
  return section.lines.length === 0
    ? section
    : { lines: ['## Paired differences', '', ...section.lines], files: section.files };
}

function figurePart(name: string, reports: readonly CompareReport[], id: string): Section {
  const pairs = reports.flatMap((report): Pair[] => {
    const figure = report.figures.find((one) => one.id === id);
    return figure ? [{ report, figure }] : [];
  });
  const figure = pairs[0]?.figure;
  const settings = reports[0]?.settings;
  if (!figure || !settings) return { lines: [], files: [] };
  const title = `${figure.title}: ${name} against others`;
  return tableWithFigure({
    heading: `### ${cell(title)}`,
    about: [
      `The value of ${cell(name)} minus that of the other, on the same cases; ${settings.level * 100}% intervals and two-sided p-values by paired bootstrap, clustered by task (${settings.resamples} resamples). ${figure.better === 'lower' ? 'Lower is better. ' : ''}No difference is 0.`,
    ],
    table: markdownTable(
      [
        { title: 'against' },
        { title: 'n', number: true },
        { title: name, number: true },
        { title: 'other', number: true },
        { title: 'difference', number: true },
        { title: 'p', number: true },
        { title: 'better / equal / worse', number: true },
      ],
      pairs.map(({ report, figure: one }) => [
        report.b.name,
        String(one.n),
        formatNumber(one.a),
        formatNumber(one.b),
        `${formatSigned(one.difference)}${formatInterval(one.interval)}`,
        formatP(one.p),
        `${one.wins} / ${one.ties} / ${one.losses}`,
      ]),
    ),
    name: `paired-${slug(name)}-${slug(id)}`,
    alt: title,
    svg: drawForest({
      title,
      description: pairs
        .map(
          ({ report, figure: one }) =>
            `Against ${report.b.name}: ${formatSigned(one.difference)}${formatInterval(one.interval)}.`,
        )
        .join(' '),
      left: figure.better === 'lower' ? `${name} better` : 'other better',
      right: figure.better === 'lower' ? 'other better' : `${name} better`,
      rows: pairs.map(
        ({ report, figure: one }): ForestRow => ({
          label: report.b.name,
          value: one.difference,
          low: one.interval?.low,
          high: one.interval?.high,
          lowerIsBetter: one.better === 'lower',
        }),
      ),
    }),
  });
}

function mcnemarPart(name: string, reports: readonly CompareReport[]): Section {
  const rows = reports.flatMap(({ b, mcnemar, figures }) =>
    mcnemar.map((row) => [
      b.name,
      figures.find(({ id }) => id === row.figure)?.title ?? row.figure,
      ...[row.both, row.onlyA, row.onlyB, row.neither].map(String),
      formatP(row.p),
      row.method,
    ]),
  );
  if (rows.length === 0) return { lines: [], files: [] };
  const titles = ['both', `only ${name}`, 'only the other', 'neither', 'p'];
  return {
    lines: [
      `### Hits case by case: ${cell(name)}`,
      '',
      'McNemar’s test on the cases that only one of the two hits; it takes cases for independent, the intervals above do not.',
      '',
      markdownTable(
        [
          { title: 'against' },
          { title: 'figure' },
          ...titles.map((title) => ({ title, number: true })),
          { title: 'test' },
        ],
        rows,
      ),
      '',
    ],
    files: [],
  };
}
