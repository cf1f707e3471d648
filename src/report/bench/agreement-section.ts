import type { Agreement, ScoreReport } from '../../bench/score-report.ts';
import { formatNumber } from './format-value.ts';
import { markdownTable } from './markdown-table.ts';
import { joinSections, type Section, tableWithFigure } from './section.ts';
import { drawBars } from './svg/draw-bars.ts';

/** How far two readings of the same runs agree: no system can be measured more exactly than that. */
export function agreementSection({ agreement }: ScoreReport): Section {
  if (!agreement || agreement.cases === 0) return { lines: [], files: [] };
  const section = joinSections([onsetPart(agreement), labelPart(agreement)]);
  return {
    lines: [
      '## Agreement of two readings',
      '',
      `${agreement.cases} cases were read twice, independently.`,
      '',
      ...section.lines,
    ],
    files: section.files,
  };
}

function onsetPart({ onset }: Agreement): Section {
  const rows = [
    ['exact', onset.exact],
    ['within 1', onset.within1],
    ['within 2', onset.within2],
    ['within 5', onset.within5],
    ['exact where both name a step', onset.exactWhereBothName],
  ] as const;
  const title = 'Onsets of two readings';
  return tableWithFigure({
    heading: '### Onset',
    about: [
      'Share of the runs on which both readings name the same step, or steps so near; a step against none is a miss.',
    ],
    table: markdownTable(
      [{ title: 'onset' }, { title: 'n', number: true }, { title: 'share', number: true }],
      rows.map(([name, rate]) => [name, String(rate.n), formatNumber(rate.share)]),
    ),
    name: 'agreement-onset',
    alt: title,
    svg: drawBars({
      title,
      description: rows.map(([name, rate]) => `${name}: ${formatNumber(rate.share)}.`).join(' '),
      panels: [{ title: 'share that agrees' }],
      rows: rows.map(([name, rate]) => ({ label: name, style: 's0', values: [{ value: rate.share }] })),
    }),
  });
}

function labelPart(agreement: Agreement): Section {
  const rows = (['incorrect', 'unuseful', 'union'] as const).map((kind) => ({ kind, ...agreement[kind] }));
  const title = 'Labels of two readings';
  return tableWithFigure({
    heading: '### Labels',
    about: [
      'Cohen’s kappa over steps (0 is chance, 1 is full agreement), over all runs together and as the mean of runs; macro F1 of the second reading against the first.',
    ],
    table: markdownTable(
      [
        { title: 'label' },
        { title: 'runs', number: true },
        { title: 'kappa, pooled', number: true },
        { title: 'kappa, mean of runs', number: true },
        { title: 'runs with a kappa', number: true },
        { title: 'macro F1', number: true },
      ],
      rows.map((row) => [
        row.kind,
        String(row.runs),
        formatNumber(row.kappaPooled),
        formatNumber(row.kappaPerRun),
        String(row.runsWithKappa),
        formatNumber(row.macroF1),
      ]),
    ),
    name: 'agreement-labels',
    alt: title,
    svg: drawBars({
      title,
      description: rows
        .map((row) => `${row.kind}: kappa ${formatNumber(row.kappaPooled)}, F1 ${formatNumber(row.macroF1)}.`)
        .join(' '),
      panels: [
        { title: 'kappa, pooled', ...kappaDomain(rows.map((row) => row.kappaPooled)) },
        { title: 'kappa, mean of runs', ...kappaDomain(rows.map((row) => row.kappaPerRun)) },
        { title: 'macro F1' },
      ],
      rows: rows.map((row) => ({
        label: row.kind,
        style: 's0',
        values: [{ value: row.kappaPooled }, { value: row.kappaPerRun }, { value: row.macroF1 }],
      })),
    }),
  });
}

/** A kappa may fall below zero, down to -1. */
function kappaDomain(values: readonly (number | undefined)[]): { domain?: readonly [number, number] } {
  return values.some((value) => value !== undefined && value < 0) ? { domain: [-1, 1] } : {};
}
