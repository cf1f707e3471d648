import { describe, expect, it } from 'vitest';
import type { CaseLabels, Prediction, Reading } from './bench-case.ts';
import { FIGURES } from './figures.ts';
import { scoreCase } from './score-case.ts';

const STAGES = [
  { id: 1, start: 1, end: 4 },
  { id: 2, start: 5, end: 10 },
];

function labelled(reading: Reading, more: Partial<CaseLabels> = {}): CaseLabels {
  return { id: 'a', readings: [reading], steps: 10, traits: { set: 's', task: 't' }, ...more };
}

function predicted(more: Partial<Prediction> = {}): Prediction {
  return {
    id: 'a',
    steps: 10,
    onset: [],
    incorrect: [],
    unuseful: [],
    tokens: 0,
    dollars: 0,
    milliseconds: 0,
    ...more,
  };
}

/** Values of one case, each a ratio of its two sums. */
function values(
  labels: CaseLabels,
  prediction: Prediction | undefined,
  judges = false,
): Record<string, number> {
  return Object.fromEntries(
    [...scoreCase(labels, prediction, judges)].map(([id, { over, under }]) => [id, over / under]),
  );
}

describe('scoreCase', () => {
  it('measures sets of steps, their union, stages, onset and reading', () => {
    const labels = labelled({ onset: 6, incorrect: [6, 7], unuseful: [1], stages: STAGES });
    const found = values(
      labels,
      predicted({
        onset: [
          { step: 4, share: 0.5 },
          { step: 6, share: 0.2 },
        ],
        incorrect: [4, 6],
        unuseful: [1, 2, 3],
      }),
    );
    expect(found).toMatchObject({
      'incorrect-precision': 0.5,
      'incorrect-recall': 0.5,
      'incorrect-f1': 0.5,
      'incorrect-f1-all-rows': 0.5,
      'unuseful-precision': 1 / 3,
      'unuseful-f1': 0.5,
      // Hits 1 and 6 of five predicted and three labelled.
      'union-f1': 4 / 8,
      'stage-responsible': 0,
      'stage-incorrect-precision': 0.5,
      'stage-incorrect-recall': 1,
      'onset-exact': 0,
      'onset-within-1': 0,
      'onset-within-2': 1,
      'onset-reciprocal-rank': 0.5,
      // Order 4 6 1 2 3 5 7: one of two wrong steps after two, two of three labels after three.
      'read-half-wrong': 2 / 10,
      'read-half-labels': 3 / 10,
    });
  });

  it('leaves out what the labels do not speak of', () => {
    expect(values(labelled({}), predicted())).toEqual({});
    const onset = values(labelled({ onset: 3 }), predicted());
    expect(Object.keys(onset).every((id) => id.startsWith('onset') || id.startsWith('read'))).toBe(true);
    expect(values(labelled({ onset: null, incorrect: [2] }), predicted())).not.toHaveProperty('onset-exact');
    expect(values(labelled({ incorrect: [2] }), predicted())).not.toHaveProperty('union-f1');
  });

  it('scores a row without labels zero on all rows, and not at all on rows with labels', () => {
    const found = values(labelled({ incorrect: [], unuseful: [] }), predicted({ incorrect: [1] }));
    expect(found['incorrect-f1-all-rows']).toBe(0);
    expect(found).not.toHaveProperty('incorrect-f1');
    // A false alarm counts in the micro figures.
    expect(found['incorrect-precision-micro']).toBe(0);
  });

  it('gives a missing prediction the worst value of every figure', () => {
    const reading = { onset: 6, incorrect: [6], unuseful: [1], stages: STAGES };
    for (const solved of [true, false]) {
      const labels = labelled(reading, { solved });
      const missing = values(labels, undefined, true);
      const given = values(labels, predicted({ verdict: { kind: 'undecided', failure: 0.5 } }), true);
      expect(Object.keys(missing).toSorted()).toEqual(Object.keys(given).toSorted());
      for (const { id, better } of FIGURES) {
        const value = missing[id];
        // Nothing predicted has no precision: no step is counted for it.
        if (value === undefined || id.endsWith('-precision-micro')) continue;
        expect([id, value]).toEqual([id, better === 'higher' ? 0 : 1]);
      }
    }
  });

  it('judges verdicts by the outcome', () => {
    const accuses = predicted({ verdict: { kind: 'decisive-failure', failure: 0.8 } });
    const abstains = predicted({ verdict: { kind: 'undecided', failure: 0.4 } });
    const failed = labelled({}, { solved: false });
    const solved = labelled({}, { solved: true });
    const scores = [
      values(failed, accuses, true),
      values(solved, accuses, true),
      values(failed, abstains, true),
      values(labelled({}), accuses, true),
    ];
    expect(scores).toEqual([
      { 'verdict-found': 1, 'verdict-abstained': 0, 'verdict-brier': expect.closeTo(0.04, 12) },
      { 'verdict-accused': 1, 'verdict-abstained': 0, 'verdict-brier': expect.closeTo(0.64, 12) },
      { 'verdict-found': 0, 'verdict-abstained': 1, 'verdict-brier': expect.closeTo(0.36, 12) },
      {},
    ]);
    expect(values(failed, predicted(), false)).toEqual({});
  });

  it('takes the mean over the draws of a drawn prediction', () => {
    const labels = labelled({ onset: 6, incorrect: [6, 7], unuseful: [6], stages: STAGES });
    const all = Array.from({ length: 10 }, (_, index) => index + 1);
    const chance = values(
      labels,
      predicted({
        onset: all.map((step) => ({ step, share: 0.1 })),
        incorrect: all,
        unuseful: all,
        drawn: true,
      }),
    );
    const draws = all.map((step) =>
      values(labels, predicted({ onset: [{ step, share: 1 }], incorrect: [step], unuseful: [step] })),
    );
    for (const [id, value] of Object.entries(chance)) {
      if (id.startsWith('read') || id === 'onset-reciprocal-rank') continue;
      expect([id, value]).toEqual([
        id,
        expect.closeTo(draws.reduce((sum, one) => sum + (one[id] ?? Number.NaN), 0) / 10, 12),
      ]);
    }
  });
});
