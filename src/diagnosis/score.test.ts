import { describe, expect, it } from 'vitest';
import type { Signal } from '../model/diagnosis.ts';
import { rankSteps, scoreSignals, sigmoid } from './score.ts';

const head = { bias: 0.5, weights: { destructive: 2, waits: -1 } };
const signal = (name: string, value = 1): Signal => ({ name, value, evidence: [] });

describe('scoreSignals', () => {
  it('adds weight times value to the bias; a signal without a weight counts nothing', () => {
    expect(scoreSignals(head, [])).toBe(0.5);
    expect(scoreSignals(head, [signal('destructive', 0.5), signal('waits'), signal('early')])).toBe(0.5);
    expect(scoreSignals(head, [signal('destructive')])).toBe(2.5);
  });

  it('turns log-odds into a probability', () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 12);
  });
});

describe('rankSteps', () => {
  it('puts the best first, and the earlier one on a tie', () => {
    const table = new Map([
      [2, [signal('destructive')]],
      [3, [signal('waits')]],
    ]);
    const ranking = rankSteps(head, table, [4, 1, 2, 3]);
    expect(ranking.map(({ ordinal }) => ordinal)).toEqual([2, 1, 4, 3]);
    expect(ranking.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(ranking[0]?.share).toBeCloseTo(Math.E ** 2 / (Math.E ** 2 + 2 + 1 / Math.E), 12);
  });

  it('ranks nothing where there is no step, and keeps finite with huge scores', () => {
    expect(rankSteps(head, new Map(), [])).toEqual([]);
    const huge = { bias: 0, weights: { destructive: 5000 } };
    const table = new Map([[1, [signal('destructive')]]]);
    expect(rankSteps(huge, table, [1, 2])).toEqual([
      { ordinal: 1, share: 1 },
      { ordinal: 2, share: 0 },
    ]);
  });
});
