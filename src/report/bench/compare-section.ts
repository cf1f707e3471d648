import type { ComparedFigure, CompareReport } from '../../bench/compare-report.ts';
import { formatInterval, formatNumber, formatP, formatSigned } from './format-value.ts';
import { cell, markdownTable } from './markdown-table.ts';
import { joinSections, type Section, slug, tableWithFigure } from './section.ts';
import { drawBars } from './svg/draw-bars.ts';
import { drawForest, type ForestRow } from './svg/draw-forest.ts';
import { roundDomain } from './svg/scale.ts';

interface Pair {
  readonly report: CompareReport;
  readonly figure: ComparedFigure;
}

/** Figures whose differences are shown for each label set. */
const BY_SET = ['onset-exact', 'onset-within-2', 'incorrect-f1'];

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
    const tested = [...new Set(group.flatMap(({ mcnemar }) => mcnemar.map(({ figure }) => figure)))];
    return [
      ...ids.map((id) => figurePart(name, group, id)),
      ...BY_SET.map((id) => setPart(name, group, id)),
      ...tested.map((id) => mcnemarPart(name, group, id)),
    ];
  });
  const section = joinSections(parts);
  return section.lines.length === 0
    ? section
    : { lines: ['## Paired differences', '', ...section.lines], files: section.files };
}

function figurePart(name: string, reports: readonly CompareReport[], id: string): Section {
  const pairs = reports.flatMap((report): Pair[] => {
    const figure = report.figures.find((one) => one.id === id && one.n > 0);
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
      ...sidesOf(name, figure),
      rows: pairs.map(({ report, figure: one }) => forestRow(report.b.name, one)),
    }),
  });
}

/** The differences within each label set: one set may hide what the others show. */
function setPart(name: string, reports: readonly CompareReport[], id: string): Section {
  const pairs = reports.flatMap(({ b, sets }) =>
    sets.flatMap(({ set, figures, mcnemar }) => {
      const figure = figures.find((one) => one.id === id && one.n > 0);
      return figure ? [{ other: b.name, set, figure, test: mcnemar.find((one) => one.figure === id) }] : [];
    }),
  );
  const [first] = pairs;
  if (!first) return { lines: [], files: [] };
  const title = `${first.figure.title} by data set: ${name} against others`;
  return tableWithFigure({
    heading: `### ${cell(title)}`,
    about: [
      'The same differences on the cases of one data set; p by paired bootstrap, and by McNemar’s test.',
    ],
    table: markdownTable(
      [
        { title: 'against' },
        { title: 'data set' },
        { title: 'n', number: true },
        { title: name, number: true },
        { title: 'other', number: true },
        { title: 'difference', number: true },
        { title: 'p', number: true },
        { title: 'McNemar p', number: true },
      ],
      pairs.map(({ other, set, figure, test }) => [
        other,
        set,
        String(figure.n),
        formatNumber(figure.a),
        formatNumber(figure.b),
        `${formatSigned(figure.difference)}${formatInterval(figure.interval)}`,
        formatP(figure.p),
        formatP(test?.p),
      ]),
    ),
    name: `paired-${slug(name)}-${slug(id)}-by-set`,
    alt: title,
    svg: drawForest({
      title,
      description: `Differences to ${new Set(pairs.map(({ other }) => other)).size} systems on each of ${new Set(pairs.map(({ set }) => set)).size} data sets.`,
      ...sidesOf(name, first.figure),
      rows: pairs.map(({ other, set, figure }) => forestRow(`${other}, ${set}`, figure)),
    }),
  });
}

function forestRow(label: string, { difference, interval, better }: ComparedFigure): ForestRow {
  return {
    label,
    value: difference,
    low: interval?.low,
    high: interval?.high,
    lowerIsBetter: better === 'lower',
  };
}

/** Who is better on which side of no difference. */
function sidesOf(name: string, { better }: ComparedFigure): { left: string; right: string } {
  const sides = { left: 'other better', right: `${name} better` };
  return better === 'lower' ? { left: sides.right, right: sides.left } : sides;
}

/** Hits and misses of one figure, case by case. */
function mcnemarPart(name: string, reports: readonly CompareReport[], id: string): Section {
  const rows = reports.flatMap(({ b, mcnemar, figures }) =>
    mcnemar
      .filter(({ figure }) => figure === id)
      .map((row) => ({ ...row, other: b.name, title: figures.find((one) => one.id === id)?.title ?? id })),
  );
  const [first] = rows;
  if (!first) return { lines: [], files: [] };
  const title = `${first.title}, case by case: ${name} against others`;
  const most = roundDomain([0, ...rows.flatMap(({ onlyA, onlyB }) => [onlyA, onlyB])]);
  const heads = ['both', `only ${name}`, 'only the other', 'neither', 'p'];
  return tableWithFigure({
    heading: `### ${cell(title)}`,
    about: [
      'McNemar’s test on the cases that only one of the two hits; it takes cases for independent, the intervals above do not.',
    ],
    table: markdownTable(
      [{ title: 'against' }, ...heads.map((head) => ({ title: head, number: true })), { title: 'test' }],
      rows.map((row) => [
        row.other,
        ...[row.both, row.onlyA, row.onlyB, row.neither].map(String),
        formatP(row.p),
        row.method,
      ]),
    ),
    name: `mcnemar-${slug(name)}-${slug(id)}`,
    alt: title,
    svg: drawBars({
      title,
      description: rows
        .map(({ other, onlyA, onlyB }) => `Against ${other}: ${onlyA} only ${name}, ${onlyB} only the other.`)
        .join(' '),
      panels: [
        { title: `only ${name}`, domain: most },
        { title: 'only the other', domain: most },
      ],
      decimals: 0,
      rows: rows.map(({ other, onlyA, onlyB }) => ({
        label: other,
        style: 's0',
        values: [{ value: onlyA }, { value: onlyB }],
      })),
    }),
  });
}
