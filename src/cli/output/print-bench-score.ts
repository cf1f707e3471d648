import pc from 'picocolors';
import { count } from '../../base/count.ts';
import type {
  FigureInfo,
  FigureValue,
  ScoreReport,
  ScoreSlice,
  SystemInfo,
} from '../../bench/score-report.ts';
import { terminalText } from './terminal-text.ts';
import { textTable } from './text-table.ts';

interface Column {
  readonly id: string;
  readonly head: string;
}

/** The figures of verdicts, for systems that know the outcome apart: there they show only whether it is followed. */
const VERDICT_TABLE: readonly Column[] = [
  { id: 'verdict-found', head: 'failed found' },
  { id: 'verdict-accused', head: 'solved accused' },
  { id: 'verdict-brier', head: 'Brier' },
  { id: 'verdict-area', head: 'area' },
];

/** The other figures that people look at first, a table each; `bench report` shows all of them. */
const TABLES: readonly (readonly Column[])[] = [
  [
    { id: 'onset-exact', head: 'onset exact' },
    { id: 'onset-within-2', head: 'within 2' },
    { id: 'onset-within-5', head: 'within 5' },
    { id: 'onset-reciprocal-rank', head: 'reciprocal rank' },
  ],
  [
    { id: 'incorrect-f1', head: 'F1 incorrect' },
    { id: 'unuseful-f1', head: 'F1 unuseful' },
    { id: 'union-f1', head: 'F1 either' },
    { id: 'incorrect-f1-all-rows', head: 'incorrect, all rows' },
  ],
  [
    { id: 'stage-responsible', head: 'responsible stage' },
    { id: 'read-half-wrong', head: 'read to half' },
  ],
];

/** Tables of the headline figures, of all cases and of each set, with the best constant rule of each figure marked. */
export function printBenchScore(report: ScoreReport): string {
  const { cases, settings, slices } = report;
  const outcomes = `${cases.failed} failed, ${cases.solved} solved, ${cases.outcomeUnknown} of unknown outcome`;
  const head = [
    `${count(cases.total, 'case')} of ${count(cases.tasks, 'task')} (${outcomes})`,
    `${settings.level * 100}% bootstrap intervals, clustered by task; * the best constant rule; n: cases that count`,
  ];
  const sets = slices.filter(({ by }) => by === 'set');
  const shown = [...slices.filter(({ by }) => by === 'all'), ...(sets.length > 1 ? sets : [])];
  const parts = shown.flatMap((slice) => [
    ...(slice.by === 'set'
      ? [pc.bold(`set ${terminalText(slice.value)}`) + ` (${slice.cases} cases)\n`]
      : []),
    ...TABLES.flatMap((columns) => printTable(report, slice, columns)),
    ...printTable(report, slice, VERDICT_TABLE, '', ({ outcome }) => outcome !== 'known'),
    ...printTable(report, slice, VERDICT_TABLE, 'outcome known', ({ outcome }) => outcome === 'known'),
  ]);
  return `${[...head, ...printAgreement(report), ...printGaps(report)].join('\n')}\n\n${parts.join('\n')}`;
}

/** Nothing for a table that no case counts for. */
function printTable(
  report: ScoreReport,
  slice: ScoreSlice,
  columns: readonly Column[],
  corner = '',
  isAsked: (system: SystemInfo) => boolean = () => true,
): string[] {
  const names = new Set(report.systems.filter(isAsked).map(({ name }) => name));
  const asked = slice.rows.filter(({ system }) => names.has(system));
  const shown = columns.filter(({ id }) => asked.some(({ figures }) => (figures[id]?.n ?? 0) > 0));
  if (shown.length === 0) return [];
  const rows = asked.filter(({ figures }) => shown.some(({ id }) => (figures[id]?.n ?? 0) > 0));
  const better = new Map(report.figures.map((figure) => [figure.id, figure.better]));
  const countOf = (id: string): number => Math.max(...rows.map(({ figures }) => figures[id]?.n ?? 0));
  return [
    textTable([
      [corner, ...shown.map(({ id, head }) => `${head}${arrow(better.get(id))} (n ${countOf(id)})`)],
      ...rows.map(({ system, figures }) => [
        terminalText(system),
        ...shown.map(({ id }) => printFigure(figures[id], slice.bestRules[id] === system)),
      ]),
    ]),
  ];
}

function arrow(better: FigureInfo['better'] | undefined): string {
  return better === 'lower' ? ' (low is good)' : '';
}

function printFigure(figure: FigureValue | undefined, isBest: boolean): string {
  const { value, interval } = figure ?? {};
  if (value === undefined || !Number.isFinite(value)) return '-';
  const range = interval ? ` [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]` : '';
  return `${isBest ? '*' : ''}${value.toFixed(3)}${range}`;
}

/** How far two readings of the same runs agree, which is as exact as any figure here can be. */
function printAgreement({ agreement }: ScoreReport): string[] {
  if (!agreement) return [];
  const { cases, onset, incorrect, unuseful } = agreement;
  const figures = [
    ['onset exact', onset.exact.share],
    ['within 2', onset.within2.share],
    ['kappa incorrect', incorrect.kappaPooled],
    ['kappa unuseful', unuseful.kappaPooled],
  ] as const;
  const told = figures.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value.toFixed(3)}`],
  );
  return [`two readings of ${count(cases, 'case')} agree: ${told.join(', ')}`];
}

/** Predictions that are missing or count other steps than the labels: whoever reads the figures must know. */
function printGaps({ systems }: ScoreReport): string[] {
  return systems.flatMap(({ name, missing, misaligned, unasked }) => {
    const gaps = [
      ...(missing > 0 ? [`${missing} predictions are missing and count as wrong`] : []),
      ...(misaligned > 0 ? [`${misaligned} count other steps than the labels`] : []),
      ...(unasked > 0 ? [`${unasked} are for cases that are not scored`] : []),
    ];
    return gaps.length === 0 ? [] : [pc.yellow(`${terminalText(name)}: ${gaps.join(', ')}`)];
  });
}
