import type { ReadingCurve, ScoreReport } from '../../bench/score-report.ts';
import { formatNumber } from './format-value.ts';
import { markdownTable } from './markdown-table.ts';
import { measuredSystems } from './pick-figures.ts';
import { type Section, tableWithFigure } from './section.ts';
import { drawLines } from './svg/draw-lines.ts';
import { markStyles } from './svg/mark-style.ts';

const FOUND = [0.25, 0.5, 0.75, 0.9];
/** Constant rules that are drawn beside what is measured: the best ones by their area. */
const RULES = 3;

/** How much of a run has to be read, in the order that a system ranks steps, to find its wrong steps. */
export function readingSection(score: ScoreReport): Section {
  const curves = score.reading.filter(({ points }) => points.length > 0);
  if (curves.length === 0) return { lines: [], files: [] };
  const measured = new Set(measuredSystems(score).map(({ name }) => name));
  const kinds = new Map(score.systems.map(({ name, kind }) => [name, kind]));
  const rules = curves
    .filter(({ system }) => kinds.get(system) === 'rule')
    .toSorted((a, b) => areaOf(b) - areaOf(a))
    .slice(0, RULES);
  const drawn = [...curves.filter(({ system }) => measured.has(system)), ...rules];
  const styles = markStyles(
    drawn.map(({ system }) => ({ name: system, kind: kinds.get(system) ?? 'external' })),
  );
  const title = 'Wrong steps found by share of the run read';
  return tableWithFigure({
    heading: '## Reading in the order of the ranking',
    about: [
      'Share of a run that has to be read, in the order in which a system ranks its steps, until a share of its wrong steps is found (means over runs); *area* is that under the curve. Reading in no order at all gives the diagonal: an area near 0.5.',
    ],
    table: markdownTable(
      [
        { title: 'system' },
        ...FOUND.map((found) => ({ title: `read to find ${found * 100}%`, number: true })),
        { title: 'area', number: true },
      ],
      curves.map((curve) => [
        curve.system,
        ...FOUND.map((found) => formatNumber(readToFind(curve, found))),
        formatNumber(areaOf(curve)),
      ]),
    ),
    notes:
      rules.length > 0 ? [`Drawn are what is measured and the ${rules.length} best constant rules.`] : [],
    name: 'reading-curve',
    alt: title,
    svg: drawLines({
      title,
      description: drawn
        .map(
          (curve) => `${curve.system}: half found after ${formatNumber(readToFind(curve, 0.5))} of the run.`,
        )
        .join(' '),
      x: 'share of the run read',
      y: 'share of the wrong steps found',
      diagonal: 'no order',
      curves: drawn.map(({ system, points }) => ({
        label: system,
        style: styles.get(system) ?? 'rule',
        points: points.map(({ read, found }) => ({ x: read, y: found })),
      })),
    }),
  });
}

/** Where the curve first reaches a share, between its points on a straight line. */
export function readToFind({ points }: ReadingCurve, wanted: number): number | undefined {
  let before = { read: 0, found: 0 };
  for (const point of points) {
    if (point.found >= wanted) {
      const rise = point.found - before.found;
      return rise <= 0
        ? point.read
        : before.read + ((wanted - before.found) / rise) * (point.read - before.read);
    }
    before = point;
  }
  return undefined;
}

/** Area under the curve by trapezoids, from nothing read to all read. */
function areaOf({ points }: ReadingCurve): number {
  let area = 0;
  let before = { read: 0, found: 0 };
  for (const point of points) {
    area += ((point.found + before.found) / 2) * (point.read - before.read);
    before = point;
  }
  return area + before.found * (1 - before.read);
}
