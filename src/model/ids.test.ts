import { describe, expect, it } from 'vitest';
import { type StepId, stepNumber, toMillis } from './ids.ts';
import { addUsage, totalTokens } from './usage.ts';

const NOON = Date.UTC(2025, 0, 2, 12, 0, 0);

describe('toMillis', () => {
  it.each<[unknown]>([
    ['2025-01-02T12:00:00Z'],
    ['2025-01-02T12:00:00.000Z'],
    ['2025-01-02T14:00:00+02:00'],
    ['2025-01-02T12:00:00'],
    ['2025-01-02 12:00:00'],
    [NOON],
    [NOON / 1000],
  ])('reads %s as the same moment', (value) => {
    expect(toMillis(value)).toBe(NOON);
  });

  it.each<[unknown]>([[''], ['soon'], ['step 3'], ['5'], [0], [-1], [Number.NaN], [null], [{}]])(
    'finds no time in %s',
    (value) => {
      expect(toMillis(value)).toBeUndefined();
    },
  );
});

describe('stepNumber', () => {
  it('gives numbers for the main agent and text below', () => {
    expect([stepNumber('7' as StepId), stepNumber('7.2' as StepId)]).toEqual([7, '7.2']);
  });
});

describe('usage', () => {
  it('adds field by field and keeps what nobody recorded undefined', () => {
    expect(addUsage({ inputTokens: 1, costUsd: 0.5 }, { inputTokens: 2, outputTokens: 3 })).toEqual({
      inputTokens: 3,
      outputTokens: 3,
      costUsd: 0.5,
    });
    expect(addUsage(undefined, undefined)).toBeUndefined();
    expect(totalTokens({ costUsd: 1 })).toBeUndefined();
    expect(totalTokens({ outputTokens: 4 })).toBe(4);
  });
});
