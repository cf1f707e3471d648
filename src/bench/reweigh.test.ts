import { describe, expect, it } from 'vitest';
import { SIGNALS } from '../diagnosis/signals/signal-rule.ts';
import { DEFAULT_WEIGHTS, type DiagnosisWeights } from '../diagnosis/weights/default.ts';
import { ABLATIONS } from './ablations.ts';
import { dropGroup, keepGroup, weighAlike } from './reweigh.ts';
import { SIGNAL_GROUPS, type SignalGroup } from './signal-groups.ts';

const GROUPED: readonly string[] = Object.values(SIGNAL_GROUPS).flat();

/** Names of signals anywhere in the weights, whatever heads there are. */
function namesIn(weights: unknown): Set<string> {
  const known = new Set(Object.keys(SIGNALS));
  const found = new Set<string>();
  const work: unknown[] = [weights];
  for (let item = work.pop(); item !== undefined; item = work.pop()) {
    if (typeof item === 'string' && known.has(item)) found.add(item);
    if (typeof item !== 'object' || item === null) continue;
    for (const [key, value] of Object.entries(item)) {
      if (known.has(key)) found.add(key);
      work.push(value);
    }
  }
  return found;
}

const SMALL: DiagnosisWeights = {
  ...DEFAULT_WEIGHTS,
  onset: { bias: 0, weights: { 'in-slice': 3, 'source-write': -1, position: 0 } },
  incorrect: {
    ...DEFAULT_WEIGHTS.incorrect,
    bias: -1,
    weights: { 'gives-up': 2 },
    stumps: [
      { signal: 'position', above: 0.5, add: 1 },
      { signal: 'gives-up', above: 0.5, add: -3 },
    ],
  },
};

describe('groups of signals', () => {
  it('hold every signal exactly once', () => {
    expect(Object.keys(SIGNALS).filter((name) => !GROUPED.includes(name))).toEqual([]);
    expect(new Set(GROUPED).size).toBe(GROUPED.length);
  });
});

describe('dropGroup', () => {
  it('takes weights and stumps of the group alone', () => {
    const dropped = dropGroup(SMALL, 'position');
    expect(dropped.onset.weights).toEqual({ 'in-slice': 3, 'source-write': -1 });
    expect(dropped.incorrect).toEqual({
      ...DEFAULT_WEIGHTS.incorrect,
      bias: -1,
      weights: { 'gives-up': 2 },
      stumps: [{ signal: 'gives-up', above: 0.5, add: -3 }],
    });
  });

  it('leaves no signal of the group in any head, and keeps those of the others', () => {
    const all = namesIn(DEFAULT_WEIGHTS);
    for (const group of Object.keys(SIGNAL_GROUPS) as SignalGroup[]) {
      const members = new Set<string>(SIGNAL_GROUPS[group]);
      const expected = [...all].filter((name) => !members.has(name)).toSorted();
      expect([...namesIn(dropGroup(DEFAULT_WEIGHTS, group))].toSorted()).toEqual(expected);
      const kept = [...all].filter((name) => members.has(name)).toSorted();
      expect([...namesIn(keepGroup(DEFAULT_WEIGHTS, group))].toSorted()).toEqual(kept);
    }
  });
});

describe('weighAlike', () => {
  it('keeps signs, and gives each weight of a head the mean size', () => {
    const alike = weighAlike(SMALL);
    // (3 + 1) / 2: a weight of 0 is no weight.
    expect(alike.onset.weights).toEqual({ 'in-slice': 2, 'source-write': -2, position: 0 });
    expect(alike.incorrect.stumps?.map(({ add }) => add)).toEqual([2, -2]);
  });
});

describe('ablations', () => {
  it('differ from each other, and all but the hand-set one from the weights in use', () => {
    const texts = ABLATIONS.map(({ settings }) => JSON.stringify(settings));
    expect(new Set(texts).size).toBe(ABLATIONS.length);
    expect(new Set(ABLATIONS.map(({ name }) => name)).size).toBe(ABLATIONS.length);
    const inUse = JSON.stringify({ weights: DEFAULT_WEIGHTS });
    const same = ABLATIONS.filter(({ settings }) => JSON.stringify(settings) === inUse);
    expect(same.filter(({ name }) => name !== 'hand-weights')).toEqual([]);
  });
});
