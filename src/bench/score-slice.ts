import type { CaseLabels } from './bench-case.ts';
import type { ScoredEntrant } from './entrant.ts';
import { FIGURES, HEADLINES } from './figures.ts';
import { areaByWeights, type Judged } from './metrics/verdict-curve.ts';
import { beliefOf } from './score-case.ts';
import type { ScoreOptions } from './score-options.ts';
import type { FigureInfo, FigureValue, ScoreSlice } from './score-report.ts';
import type { CaseSlice } from './slices.ts';
import { type Clustered, type Estimate, estimateBy, estimateRatio } from './statistics/bootstrap.ts';
import { drawResamples, numberClusters } from './statistics/resample.ts';

/** Every system's figures on the cases of a slice. All systems share the resamples. */
export function scoreSlice(
  labels: readonly CaseLabels[],
  scored: readonly ScoredEntrant[],
  { by, value, cases }: CaseSlice,
  { seed, resamples, level }: Required<ScoreOptions>,
): ScoreSlice {
  const { of, count } = numberClusters(cases.map((index) => labels[index]?.traits.task ?? ''));
  const clustered = { of, resamples: drawResamples(count, resamples, seed) };
  const figures = by === 'all' || by === 'set' ? FIGURES : HEADLINES;
  const rows = scored.map((one) => ({
    system: one.entrant.name,
    figures: Object.fromEntries(
      figures.map(({ id }) => [id, scoreFigure(id, labels, one, cases, clustered, level)]),
    ),
  }));
  const rules = new Set(scored.flatMap(({ entrant }) => (entrant.kind === 'rule' ? entrant.name : [])));
  const bestRules = Object.fromEntries(
    figures.flatMap((figure) => {
      const best = bestRow(
        rows.filter(({ system }) => rules.has(system)),
        figure,
      );
      return best === undefined ? [] : [[figure.id, best]];
    }),
  );
  return { by, value, cases: cases.length, tasks: count, rows, bestRules };
}

function scoreFigure(
  id: string,
  labels: readonly CaseLabels[],
  one: ScoredEntrant,
  cases: readonly number[],
  clustered: Clustered,
  level: number,
): FigureValue {
  if (id === 'verdict-area') return scoreArea(labels, one, cases, clustered, level);
  const parts = cases.map((index) => one.scores[index]?.get(id));
  const n = parts.filter((part) => part !== undefined).length;
  return describe(estimateRatio(parts, clustered, level), n, cases.length);
}

function scoreArea(
  labels: readonly CaseLabels[],
  one: ScoredEntrant,
  cases: readonly number[],
  clustered: Clustered,
  level: number,
): FigureValue {
  const judged = cases.map((index): Judged | undefined => {
    const label = labels[index];
    if (!one.judges || label?.solved === undefined) return undefined;
    return { belief: beliefOf(label, one.predictions[index]), failed: !label.solved };
  });
  const n = judged.filter((item) => item !== undefined).length;
  const estimate = n === 0 ? { value: undefined } : estimateBy(areaByWeights(judged), clustered, level);
  return describe(estimate, n, cases.length);
}

function describe({ value, interval }: Estimate, n: number, cases: number): FigureValue {
  return {
    ...(value !== undefined && { value }),
    n,
    leftOut: cases - n,
    ...(interval && { interval }),
  };
}

/** The first of the rows with the best value. */
function bestRow(rows: ScoreSlice['rows'], { id, better }: FigureInfo): string | undefined {
  let best: { readonly system: string; readonly value: number } | undefined;
  for (const { system, figures } of rows) {
    const value = figures[id]?.value;
    if (value === undefined) continue;
    if (!best || (better === 'higher' ? value > best.value : value < best.value)) best = { system, value };
  }
  return best?.system;
}
