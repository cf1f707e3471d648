import type { FigureInfo, ScoreReport, ScoreSlice, SystemInfo } from '../../bench/score-report.ts';
import { formatFigure, formatNumber } from './format-value.ts';
import { cell, markdownTable } from './markdown-table.ts';
import { groupFigures, knowsOutcome, wholeSlice } from './pick-figures.ts';
import { joinSections, type Section, slug, tableWithFigure } from './section.ts';
import { type BarRow, drawBars } from './svg/draw-bars.ts';
import { markStyles } from './svg/mark-style.ts';

const TITLES: Readonly<Record<FigureInfo['group'], string>> = {
  onset: 'Onset',
  steps: 'Step labels',
  stages: 'Stages',
  reading: 'Share of the run to read',
  verdict: 'Verdict',
};

/** All figures of one group over all cases: every system beside every constant rule. */
export function figureSection(score: ScoreReport, group: FigureInfo['group']): Section {
  const slice = wholeSlice(score);
  const figures = score.figures.filter((figure) => figure.group === group);
  const asked = score.systems.filter((system) => group !== 'verdict' || !knowsOutcome(system));
  if (!slice || figures.length === 0) return { lines: [], files: [] };
  const parts = groupFigures(figures).flatMap((chunk, index) => {
    const systems = asked.filter((system) => chunk.some(({ id }) => hasValue(slice, system, id)));
    if (systems.length === 0) return [];
    const title = `${TITLES[group]}: ${chunk.map((figure) => figure.title).join(', ')}`;
    return tableWithFigure({
      heading: `### ${chunk.map((figure) => figure.title).join(', ')}`,
      about: chunk.map(
        (figure) =>
          `*${figure.title}*: ${figure.about}${figure.better === 'lower' ? ' Lower is better.' : ''}`,
      ),
      table: systemTable(slice, systems, chunk),
      notes: ruleNotes(slice, score.systems, chunk),
      name: `${group}-${index + 1}-${slug(chunk[0]?.id ?? '')}`,
      alt: title,
      svg: drawBars({
        title,
        description: `${describeBars(slice, systems, chunk)} Whiskers: ${score.settings.level * 100}% bootstrap intervals, clustered by task.`,
        panels: chunk.map((figure) => ({ title: figure.title })),
        rows: barRows(slice, systems, chunk),
      }),
    });
  });
  if (parts.length === 0) return { lines: [], files: [] };
  const section = joinSections(parts);
  return { lines: [`## ${TITLES[group]}`, '', ...section.lines], files: section.files };
}

function hasValue(slice: ScoreSlice, { name }: SystemInfo, figure: string): boolean {
  return slice.rows.find((row) => row.system === name)?.figures[figure]?.value !== undefined;
}

function systemTable(
  slice: ScoreSlice,
  systems: readonly SystemInfo[],
  figures: readonly FigureInfo[],
): string {
  const rowOf = new Map(slice.rows.map((row) => [row.system, row.figures]));
  const columns = figures.map((figure) => {
    const counts = new Set(
      systems.map(({ name }) => rowOf.get(name)?.[figure.id]?.n).filter((n) => n !== undefined),
    );
    return { figure, n: counts.size === 1 ? [...counts][0] : undefined };
  });
  return markdownTable(
    [
      { title: 'system' },
      { title: 'kind' },
      ...columns.map(({ figure, n }) => ({
        title: n === undefined ? figure.title : `${figure.title} (n = ${n})`,
        number: true,
      })),
    ],
    systems.map(({ name, kind }) => [
      name,
      kind,
      ...columns.map(({ figure, n }) => formatFigure(rowOf.get(name)?.[figure.id], n === undefined)),
    ]),
  );
}

/** Which constant rule is the best one at each figure, what chance gives, and what was left out. */
function ruleNotes(
  slice: ScoreSlice,
  systems: readonly SystemInfo[],
  figures: readonly FigureInfo[],
): string[] {
  const valueOf = (system: string, figure: string): number | undefined =>
    slice.rows.find((row) => row.system === system)?.figures[figure]?.value;
  const best = figures.flatMap(({ id, title }) => {
    const rule = slice.bestRules[id];
    return rule === undefined ? [] : [`${title}: ${cell(rule)} (${formatNumber(valueOf(rule, id))})`];
  });
  const chance = systems.find(({ kind, name }) => kind === 'rule' && /\bchance\b/.test(name));
  const byChance = figures.flatMap(({ id, title }) => {
    const value = chance && valueOf(chance.name, id);
    return value === undefined ? [] : [`${title}: ${formatNumber(value)}`];
  });
  const left = figures.flatMap(({ id, title }) => {
    const count = slice.rows.map((row) => row.figures[id]?.leftOut ?? 0).reduce((a, b) => Math.max(a, b), 0);
    return count === 0 ? [] : [`${title}: ${count}`];
  });
  return [
    ...(best.length === 0 ? [] : [`Best constant rule: ${best.join('; ')}.`]),
    ...(byChance.length === 0 ? [] : [`By chance: ${byChance.join('; ')}.`]),
    ...(left.length === 0 ? [] : [`Left out, for their labels say nothing here: ${left.join('; ')}.`]),
  ];
}

function barRows(
  slice: ScoreSlice,
  systems: readonly SystemInfo[],
  figures: readonly FigureInfo[],
): BarRow[] {
  const styles = markStyles(systems);
  const rowOf = new Map(slice.rows.map((row) => [row.system, row.figures]));
  return systems.map(({ name }) => ({
    label: name,
    style: styles.get(name) ?? 'rule',
    values: figures.map(({ id }) => {
      const figure = rowOf.get(name)?.[id];
      return figure && { value: figure.value, low: figure.interval?.low, high: figure.interval?.high };
    }),
  }));
}

function describeBars(
  slice: ScoreSlice,
  systems: readonly SystemInfo[],
  figures: readonly FigureInfo[],
): string {
  const main = systems[0];
  const row = slice.rows.find(({ system }) => system === main?.name);
  const values = figures.map(({ id, title }) => `${title} ${formatNumber(row?.figures[id]?.value)}`);
  return main
    ? `Bars of ${systems.length} systems on ${slice.cases} cases; ${main.name}: ${values.join(', ')}.`
    : '';
}
