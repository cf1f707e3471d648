import type { CaseLabels } from './bench-case.ts';
import type { ComparedFigure, CompareReport, McNemarRow } from './compare-report.ts';
import { type Entrant, type ScoredEntrant, scoreEntrant } from './entrant.ts';
import { HEADLINES } from './figures.ts';
import { DEFAULT_SCORE_OPTIONS, type ScoreOptions } from './score-options.ts';
import type { FigureInfo } from './score-report.ts';
import { sliceCases } from './slices.ts';
import type { Clustered } from './statistics/bootstrap.ts';
import { testMcNemar } from './statistics/mcnemar.ts';
import { pairedDifference } from './statistics/paired-bootstrap.ts';
import type { Part } from './statistics/ratio.ts';
import { drawResamples, numberClusters } from './statistics/resample.ts';

/** Figures that hit or miss on each case: McNemar's test asks for such. */
const HITS: ReadonlySet<string> = new Set([
  'onset-exact',
  'onset-within-1',
  'onset-within-2',
  'onset-within-5',
  'stage-responsible',
  'verdict-found',
]);

/** Whoever was told the outcome has no verdict to compare with that of somebody who was not. */
function chooseFigures(first: Entrant, second: Entrant): readonly FigureInfo[] {
  const isFair = !first.outcome || !second.outcome || first.outcome === second.outcome;
  return HEADLINES.filter(({ group }) => isFair || group !== 'verdict');
}

/**
 * Two systems on the same cases, figure by figure, over all of them and by label set. Cases that one of them did not answer count against it, as in a score
 * report. Deterministic.
 */
export function compareSystems(
  labels: readonly CaseLabels[],
  first: Entrant,
  second: Entrant,
  options: ScoreOptions = {},
): CompareReport {
  const chosen = { ...DEFAULT_SCORE_OPTIONS, ...options };
  const { seed, resamples, level } = chosen;
  const a = scoreEntrant(labels, first);
  const b = scoreEntrant(labels, second);
  const sets = sliceCases(labels).filter(({ by }) => by === 'set');
  return {
    schema: 'codetracer.bench-compare/1',
    settings: { seed, resamples, level, clusteredBy: 'task' },
    a: { name: first.name, missing: countMissing(a) },
    b: { name: second.name, missing: countMissing(b) },
    ...compareOn(labels, first, second, chosen),
    sets: sets.map(({ value, cases }) => ({
      set: value,
      ...compareOn(
        cases.flatMap((index) => labels[index] ?? []),
        first,
        second,
        chosen,
      ),
    })),
    changed: listChanges(labels, a, b),
  };
}

function compareOn(
  labels: readonly CaseLabels[],
  first: Entrant,
  second: Entrant,
  { seed, resamples, level }: Required<ScoreOptions>,
): Pick<CompareReport, 'cases' | 'tasks' | 'figures' | 'mcnemar'> {
  const a = scoreEntrant(labels, first);
  const b = scoreEntrant(labels, second);
  const { of, count } = numberClusters(labels.map(({ traits }) => traits.task));
  const clustered = { of, resamples: drawResamples(count, resamples, seed) };
  return {
    cases: labels.length,
    tasks: count,
    figures: chooseFigures(first, second).map((figure) => compareFigure(figure, a, b, clustered, level)),
    mcnemar: chooseFigures(first, second).flatMap(({ id }) =>
      HITS.has(id) ? (crossHits(id, a, b) ?? []) : [],
    ),
  };
}

function countMissing({ predictions }: ScoredEntrant): number {
  return predictions.filter((prediction) => prediction === undefined).length;
}

/** Parts of the cases that count for both: a ceiling, or a system without verdicts, says nothing of some. */
function pairParts(id: string, a: ScoredEntrant, b: ScoredEntrant): (readonly [Part, Part] | undefined)[] {
  return a.scores.map((score, index) => {
    const partA = score.get(id);
    const partB = b.scores[index]?.get(id);
    return partA && partB && ([partA, partB] as const);
  });
}

function compareFigure(
  { id, title, better }: FigureInfo,
  a: ScoredEntrant,
  b: ScoredEntrant,
  clustered: Clustered,
  level: number,
): ComparedFigure {
  const pairs = pairParts(id, a, b);
  const difference = pairedDifference(
    pairs.map((pair) => pair?.[0]),
    pairs.map((pair) => pair?.[1]),
    clustered,
    level,
  );
  const counts = { n: 0, wins: 0, ties: 0, losses: 0 };
  for (const pair of pairs) {
    if (!pair) continue;
    counts.n++;
    const gain = (pair[0].over - pair[1].over) * (better === 'higher' ? 1 : -1);
    if (gain > 0) counts.wins++;
    else if (gain < 0) counts.losses++;
    else counts.ties++;
  }
  return { id, title, better, ...difference, ...counts };
}

function crossHits(id: string, a: ScoredEntrant, b: ScoredEntrant): McNemarRow | undefined {
  const pairs = pairParts(id, a, b).filter((pair) => pair !== undefined);
  const isHit = ({ over }: Part): boolean => over === 1;
  const isWhole = ({ over }: Part): boolean => over === 0 || over === 1;
  if (pairs.length === 0 || !pairs.every(([x, y]) => isWhole(x) && isWhole(y))) return undefined;
  const count = (hitA: boolean, hitB: boolean): number =>
    pairs.filter(([x, y]) => isHit(x) === hitA && isHit(y) === hitB).length;
  const onlyA = count(true, false);
  const onlyB = count(false, true);
  return {
    figure: id,
    both: count(true, true),
    onlyA,
    onlyB,
    neither: count(false, false),
    ...testMcNemar(onlyA, onlyB),
  };
}

function listChanges(
  labels: readonly CaseLabels[],
  a: ScoredEntrant,
  b: ScoredEntrant,
): CompareReport['changed'] {
  return labels.flatMap(({ id, traits }, index) => {
    const changes = chooseFigures(a.entrant, b.entrant).flatMap(
      (figure): CompareReport['changed'][number]['changes'] => {
        const x = a.scores[index]?.get(figure.id)?.over;
        const y = b.scores[index]?.get(figure.id)?.over;
        if (x === undefined || y === undefined || x === y) return [];
        return [
          { figure: figure.id, a: x, b: y, better: x > y === (figure.better === 'higher') ? 'a' : 'b' },
        ];
      },
    );
    return changes.length === 0 ? [] : [{ id, set: traits.set, task: traits.task, changes }];
  });
}
