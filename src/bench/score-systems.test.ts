import { describe, expect, it } from 'vitest';
import type { CaseLabels, Prediction } from './bench-case.ts';
import { type CompareReport, compareReportSchema } from './compare-report.ts';
import { compareSystems } from './compare-systems.ts';
import type { Entrant } from './entrant.ts';
import { HEADLINES } from './figures.ts';
import { scoreReportSchema } from './score-report.ts';
import { scoreSystems } from './score-systems.ts';
import { lengthBin } from './slices.ts';
import type { SystemKind } from './system.ts';

/** Eight runs of four tasks; the last two are solved and carry no labels of incorrect steps. */
const LABELS: readonly CaseLabels[] = Array.from({ length: 8 }, (_, index) => {
  const solved = index >= 6;
  const onset = solved ? null : 2 + index;
  const first = { onset, incorrect: solved ? [] : [2 + index, 9], unuseful: [1] };
  return {
    id: `case-${index}`,
    readings: index < 2 ? [first, { ...first, onset: 2 + 2 * index }] : [first],
    solved,
    steps: index % 2 === 0 ? 10 : 30,
    traits: { set: index < 4 ? 'one' : 'two', task: `task ${index >> 1}`, agent: 'x' },
  };
});

function entrant(
  name: string,
  onset: (index: number) => number,
  more: { kind?: SystemKind; skip?: number; verdict?: Prediction['verdict'] } = {},
): Entrant {
  return {
    name,
    kind: more.kind ?? 'external',
    about: `${name}.`,
    predictions: LABELS.flatMap(({ id, steps = 0 }, index) =>
      index === more.skip
        ? []
        : [
            {
              id,
              steps,
              onset: [{ step: onset(index), share: 1 }],
              incorrect: [onset(index)],
              unuseful: [],
              ...(more.verdict && { verdict: more.verdict }),
              tokens: 100,
              dollars: 0,
              milliseconds: index,
            },
          ],
    ),
  };
}

const OPTIONS = { resamples: 200 };
const right = entrant('right', (index) => 2 + index, {
  verdict: { kind: 'decisive-failure', failure: 0.75 },
});
const near = entrant('near', (index) => 3 + index, { kind: 'rule', skip: 0 });
const far = entrant('far', () => 10, { kind: 'rule' });

describe('scoreSystems', () => {
  const report = scoreSystems(LABELS, [right, near, far], OPTIONS);
  const all = report.slices[0];
  const figure = (system: string, id: string) => all?.rows.find((row) => row.system === system)?.figures[id];

  it('fits its schema, repeats itself, and survives JSON', () => {
    expect(() => scoreReportSchema.parse(report)).not.toThrow();
    expect(scoreSystems(LABELS, [right, near, far], OPTIONS)).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('counts the cases', () => {
    expect(report.cases).toEqual({
      total: 8,
      tasks: 4,
      solved: 2,
      failed: 6,
      outcomeUnknown: 0,
      withOnset: 6,
      withIncorrect: 6,
      withUnuseful: 8,
      withStages: 0,
      readTwice: 2,
    });
  });

  it('takes means over the cases that count, and says how many do not', () => {
    expect(figure('right', 'onset-exact')).toMatchObject({
      value: 1,
      n: 6,
      leftOut: 2,
      interval: { low: 1, high: 1 },
    });
    // One of two labelled steps, no wrong one: 2 / 3; over all eight rows 2 / 3 x 6 / 8.
    expect(figure('right', 'incorrect-f1')?.value).toBeCloseTo(2 / 3, 12);
    expect(figure('right', 'incorrect-f1-all-rows')).toMatchObject({ value: expect.closeTo(0.5, 12), n: 8 });
    // 6 hits; 8 predicted, 12 labelled.
    expect(figure('right', 'incorrect-f1-micro')?.value).toBeCloseTo(12 / 20, 12);
    expect(figure('right', 'stage-responsible')).toEqual({ n: 0, leftOut: 8 });
  });

  it('scores a missing prediction as wrong', () => {
    expect(report.systems.find(({ name }) => name === 'near')).toMatchObject({ answered: 7, missing: 1 });
    expect(figure('near', 'onset-within-1')).toMatchObject({ value: expect.closeTo(5 / 6, 12), n: 6 });
  });

  it('names the best rule, and shows what the labels allow', () => {
    expect(all?.bestRules).toMatchObject({ 'onset-within-1': 'near', 'onset-exact': 'near' });
    expect(figure('ceiling-labels', 'incorrect-f1-all-rows')?.value).toBe(0.75);
    // One of two wrong steps after one step of 10 or of 30, three of each.
    expect(figure('ceiling-labels', 'read-half-wrong')?.value).toBeCloseTo((3 / 10 + 3 / 30) / 6, 12);
    // The second reader differs on the second of the two runs.
    expect(figure('ceiling-second-reader', 'onset-exact')).toMatchObject({ value: 0.5, n: 2, leftOut: 6 });
    expect(report.agreement?.onset.exact).toEqual({ n: 2, share: 0.5 });
    expect(report.agreement?.incorrect).toMatchObject({
      runs: 2,
      kappaPooled: 1,
      kappaPerRun: 1,
      macroF1: 1,
    });
  });

  it('slices by what tells cases apart, and by nothing else', () => {
    expect(report.slices.map(({ by, value, cases }) => [by, value, cases])).toEqual([
      ['all', 'all', 8],
      ['set', 'one', 4],
      ['set', 'two', 4],
      ['length', '0-10', 4],
      ['length', '21-40', 4],
      ['outcome', 'failed', 6],
      ['outcome', 'solved', 2],
      ['readings', '1', 6],
      ['readings', '2', 2],
    ]);
    const length = report.slices.find(({ by }) => by === 'length');
    expect(Object.keys(length?.rows[0]?.figures ?? {})).toEqual(HEADLINES.map(({ id }) => id));
    // Both cases that were read twice have one task: nothing to resample.
    expect(report.slices.at(-1)?.rows[0]?.figures['onset-exact']).toEqual({ value: 1, n: 2, leftOut: 0 });
  });

  it('reports the verdicts of those that give any', () => {
    expect(report.verdicts).toHaveLength(1);
    expect(report.verdicts[0]).toMatchObject({
      system: 'right',
      kinds: { failed: { 'decisive-failure': 6 }, solved: { 'decisive-failure': 2 } },
      point: { found: 1, accused: 1 },
      area: 0.5,
      brier: expect.closeTo((6 * 0.0625 + 2 * 0.5625) / 8, 12),
      brierReference: expect.closeTo(0.1875, 12),
    });
    expect(figure('far', 'verdict-found')).toEqual({ n: 0, leftOut: 8 });
  });

  it('sums costs, and finds predictions that stand beside the labels', () => {
    const odd: Entrant = {
      ...far,
      name: 'odd',
      predictions: far.predictions.map((one) => ({ ...one, steps: 10 })),
    };
    const stray = {
      ...odd,
      predictions: [...odd.predictions, { ...(odd.predictions[0] as Prediction), id: 'no such' }],
    };
    const [first, second] = scoreSystems(LABELS, [right, stray], OPTIONS).systems;
    expect(first).toMatchObject({
      misaligned: 0,
      unasked: 0,
      cost: { tokens: { median: 100, p95: 100, sum: 800 } },
    });
    expect(second).toMatchObject({ misaligned: 4, unasked: 1 });
  });

  it('traces what reading finds', () => {
    const curve = report.reading.find(({ system }) => system === 'right');
    expect(curve?.points[0]).toEqual({ read: 0, found: 0 });
    expect(curve?.points.at(-1)).toEqual({ read: 1, found: 1 });
    const founds = curve?.points.map(({ found }) => found) ?? [];
    expect(founds.every((found, index) => found >= (founds[index - 1] ?? 0))).toBe(true);
  });

  it('has an answer for no cases at all', () => {
    const empty = scoreSystems([], [right], OPTIONS);
    expect(() => scoreReportSchema.parse(empty)).not.toThrow();
    expect(empty.slices[0]?.rows[0]?.figures['onset-exact']).toEqual({ n: 0, leftOut: 0 });
  });
});

function pickCompared({ cases, tasks, figures, mcnemar }: CompareReport): Partial<CompareReport> {
  return { cases, tasks, figures, mcnemar };
}

describe('compareSystems', () => {
  it('fits its schema, and tells wins, losses and the cases that changed', () => {
    const report = compareSystems(LABELS, right, near, OPTIONS);
    expect(() => compareReportSchema.parse(report)).not.toThrow();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    const exact = report.figures.find(({ id }) => id === 'onset-exact');
    expect(exact).toMatchObject({ a: 1, b: 0, difference: 1, n: 6, wins: 6, ties: 0, losses: 0 });
    // One of the 200 resamples holds nothing but the task of the solved runs, and has no value.
    expect(exact?.p).toBeCloseTo(2 / 200, 12);
    expect(report.mcnemar).toMatchObject([
      { figure: 'onset-exact', both: 0, onlyA: 6, onlyB: 0, neither: 0, method: 'exact', p: 1 / 32 },
      { figure: 'onset-within-1', both: 5, onlyA: 1, onlyB: 0, neither: 0, p: 1 },
      { figure: 'onset-within-2', both: 5, onlyA: 1, onlyB: 0, neither: 0, p: 1 },
      { figure: 'onset-within-5', both: 5, onlyA: 1, onlyB: 0, neither: 0, p: 1 },
    ]);
    expect(report.b.missing).toBe(1);
    expect(report.changed).toHaveLength(6);
    expect(report.changed[1]?.changes).toContainEqual({ figure: 'onset-exact', a: 1, b: 0, better: 'a' });
  });

  it('compares on each label set as on those cases alone', () => {
    const { sets } = compareSystems(LABELS, right, near, OPTIONS);
    expect(sets.map(({ set, cases, tasks }) => [set, cases, tasks])).toEqual([
      ['one', 4, 2],
      ['two', 4, 2],
    ]);
    const alone = compareSystems(LABELS.slice(0, 4), right, near, OPTIONS);
    expect(sets[0]).toEqual({ set: 'one', ...pickCompared(alone) });
    expect(alone.sets).toEqual([]);
  });

  it('compares no verdict of a system that was told the outcome with one of a system that was not', () => {
    const verdicts = (outcome: Entrant['outcome']): number =>
      compareSystems(LABELS, { ...near, outcome: 'withheld' }, { ...far, outcome }, OPTIONS).figures.filter(
        ({ id }) => id.startsWith('verdict-'),
      ).length;
    expect([verdicts('known'), verdicts('withheld'), verdicts(undefined)]).toEqual([0, 2, 2]);
  });

  it('finds no difference of a system with itself', () => {
    const report = compareSystems(LABELS, near, near, OPTIONS);
    for (const { n, difference, p, wins, losses } of report.figures) {
      if (n > 0) expect([difference, p, wins, losses]).toEqual([0, 1, 0, 0]);
    }
    expect(report.mcnemar.map(({ p }) => p)).toEqual([1, 1, 1, 1]);
    expect(report.changed).toEqual([]);
  });

  it('asks no single answer of a guess', () => {
    const all = Array.from({ length: 10 }, (_, index) => index + 1);
    const chance: Entrant = {
      ...far,
      name: 'chance',
      predictions: far.predictions.map((one) => ({
        ...one,
        drawn: true as const,
        onset: all.map((step) => ({ step, share: 0.1 })),
      })),
    };
    const report = compareSystems(LABELS, right, chance, OPTIONS);
    expect(report.mcnemar).toEqual([]);
    expect(report.figures.find(({ id }) => id === 'onset-exact')?.b).toBeCloseTo(0.1, 12);
  });
});

it('names bins of length', () => {
  expect([1, 10, 11, 40, 80, 81].map(lengthBin)).toEqual(['0-10', '0-10', '11-20', '21-40', '41-80', '81+']);
});
