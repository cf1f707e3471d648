import type {
  FigureInfo,
  FigureValue,
  ScoreReport,
  ScoreSlice,
  SliceKind,
} from '../../bench/score-report.ts';
import { formatFigure } from './format-value.ts';
import { markdownTable } from './markdown-table.ts';
import { cutEvenly, knowsOutcome, measuredSystems } from './pick-figures.ts';
import { joinSections, type Section, tableWithFigure } from './section.ts';
import { drawBars } from './svg/draw-bars.ts';
import { markStyles } from './svg/mark-style.ts';

const NAMES: Readonly<Record<Exclude<SliceKind, 'all'>, string>> = {
  set: 'data set',
  agent: 'agent',
  model: 'model',
  difficulty: 'difficulty',
  category: 'category',
  length: 'length of the run',
  outcome: 'outcome',
  readings: 'number of readings',
};

/** Slices that are drawn; the table holds all of them. */
const DRAWN = 24;

interface SliceRow {
  readonly slice: ScoreSlice;
  readonly first: boolean;
  readonly name: string;
  readonly style: string;
  readonly figures: Readonly<Record<string, FigureValue>>;
}

/** The headline figures by agent, model and so on: what is measured beside the best constant rule of each slice. */
export function sliceSection(score: ScoreReport, by: Exclude<SliceKind, 'all'>): Section {
  const slices = score.slices.filter((slice) => slice.by === by);
  const headline = score.figures.filter(
    (figure) => figure.headline && slices.some((slice) => isSaid(slice, figure)),
  );
  // One slice alone is the table of all cases over again.
  if (slices.length < 2 || headline.length === 0) return { lines: [], files: [] };
  const parts = cutEvenly(headline).map((figures, index) => {
    const title = `By ${NAMES[by]}: ${figures.map((figure) => figure.title).join(', ')}`;
    const rows = slices.flatMap((slice) => rowsOf(score, slice, figures));
    const drawn = new Set(slices.toSorted((a, b) => b.cases - a.cases).slice(0, DRAWN));
    return tableWithFigure({
      heading: `### ${figures.map((figure) => figure.title).join(', ')}`,
      about: [],
      table: markdownTable(
        [
          { title: NAMES[by] },
          { title: 'cases', number: true },
          { title: 'system' },
          ...figures.map(({ title: name }) => ({ title: name, number: true })),
        ],
        rows.map((row) => [
          row.first ? row.slice.value : '',
          row.first ? String(row.slice.cases) : '',
          row.name,
          ...figures.map(({ id }) => formatFigure(row.figures[id], true)),
        ]),
      ),
      notes: drawn.size < slices.length ? [`Drawn are the ${drawn.size} largest of ${slices.length}.`] : [],
      name: `by-${by}-${index + 1}`,
      alt: title,
      svg: drawBars({
        title,
        description: `Bars for each of ${drawn.size} groups of cases, what is measured beside the best constant rule of the group.`,
        panels: figures.map((figure) => ({ title: figure.title })),
        rows: rows
          .filter((row) => drawn.has(row.slice))
          .map((row) => ({
            label: row.name,
            style: row.style,
            ...(row.first && { heading: `${row.slice.value} (${row.slice.cases} cases)` }),
            values: figures.map(({ id }) => {
              const figure = row.figures[id];
              return (
                figure && { value: figure.value, low: figure.interval?.low, high: figure.interval?.high }
              );
            }),
          })),
      }),
    });
  });
  const section = joinSections(parts);
  return { lines: [`## By ${NAMES[by]}`, '', ...section.lines], files: section.files };
}

function isSaid(slice: ScoreSlice, { id }: FigureInfo): boolean {
  return slice.rows.some((row) => row.figures[id]?.value !== undefined);
}

function rowsOf(score: ScoreReport, slice: ScoreSlice, figures: readonly FigureInfo[]): SliceRow[] {
  const systems = measuredSystems(score);
  const styles = markStyles(systems);
  const verdicts = new Set(score.figures.filter(({ group }) => group === 'verdict').map(({ id }) => id));
  const measured = systems.flatMap((system) => {
    const { name } = system;
    const row = slice.rows.find((one) => one.system === name);
    if (!row) return [];
    const shown = Object.entries(row.figures).filter(([id]) => !knowsOutcome(system) || !verdicts.has(id));
    return [{ slice, name, style: styles.get(name) ?? 'rule', figures: Object.fromEntries(shown) }];
  });
  // At each figure another rule may be the best one: their values stand in one row, for what is asked is how far rules get.
  const best = figures.flatMap(({ id }) => {
    const rule = slice.bestRules[id];
    const figure = slice.rows.find(({ system }) => system === rule)?.figures[id];
    return figure ? [[id, figure] as const] : [];
  });
  const rule = { slice, name: 'best constant rule', style: 'rule', figures: Object.fromEntries(best) };
  return [...measured, ...(best.length === 0 ? [] : [rule])].map((row, index) => ({
    ...row,
    first: index === 0,
  }));
}
