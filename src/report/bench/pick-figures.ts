import type { FigureInfo, ScoreReport, ScoreSlice, SystemInfo } from '../../bench/score-report.ts';

/** So many figures stand side by side in one table and one drawing. */
const SIDE_BY_SIDE = 4;

/**
 * Figures in the order of the report, cut into groups that fit a page: those whose ids open with the same word stay
 * together as far as they fit.
 */
export function groupFigures(figures: readonly FigureInfo[]): FigureInfo[][] {
  const byStem = new Map<string, FigureInfo[]>();
  for (const figure of figures) {
    const stem = /^[a-z0-9]*/i.exec(figure.id)?.[0] ?? '';
    const group = byStem.get(stem);
    if (group) group.push(figure);
    else byStem.set(stem, [figure]);
  }
  return [...byStem.values()].flatMap(cutEvenly);
}

/** Groups of at most `SIDE_BY_SIDE`, as equal in size as they can be. */
export function cutEvenly<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / SIDE_BY_SIDE);
  const size = Math.ceil(items.length / Math.max(1, count));
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Whether its verdicts only repeat what it was told: such are reported apart. */
export function knowsOutcome({ outcome }: SystemInfo): boolean {
  return outcome === 'known';
}

export function wholeSlice(score: ScoreReport): ScoreSlice | undefined {
  return score.slices.find((slice) => slice.by === 'all');
}

/** What the report is about: the diagnosis as users get it and other tools; else whatever is no rule. */
export function measuredSystems(score: ScoreReport): SystemInfo[] {
  const main = score.systems.filter(({ kind }) => kind === 'codetracer' || kind === 'external');
  if (main.length > 0) return main;
  const others = score.systems.filter(({ kind }) => kind !== 'rule' && kind !== 'ceiling');
  return others.length > 0 ? others : [...score.systems];
}
