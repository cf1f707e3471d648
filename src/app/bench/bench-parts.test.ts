import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCases } from './choose-cases.ts';
import { fittedOn } from './fitted-on.ts';
import { mapToLabels } from './map-steps.ts';
import { formatPrediction, parsePrediction, toPrediction } from './prediction-line.ts';

const prediction = {
  id: 'a',
  steps: 4,
  onset: [
    { step: 4, share: 0.5 },
    { step: 2, share: 0.3 },
  ],
  incorrect: [2, 3],
  unuseful: [4],
  verdict: { kind: 'undecided', failure: 0.4 },
  tokens: 1,
  dollars: 0.5,
  milliseconds: 2,
};

describe('mapToLabels', () => {
  it('turns steps of the run into those of the labels and leaves out what they do not count', () => {
    // The labels count the run's steps 1, 3 and 4, and a last one that is none for us.
    expect(mapToLabels(prediction, [1, 3, 4, null])).toEqual({
      ...prediction,
      steps: 4,
      onset: [{ step: 3, share: 0.5 }],
      incorrect: [2],
      unuseful: [3],
    });
  });

  it('changes nothing when both number alike', () => {
    expect(mapToLabels(prediction, [1, 2, 3, 4])).toEqual(prediction);
  });
});

describe('a line of predictions', () => {
  it('is read as it was written', () => {
    const line = parsePrediction(formatPrediction(prediction, 'key'));
    expect(line?.key).toBe('key');
    expect(line && toPrediction(line)).toEqual(prediction);
    expect(parsePrediction('{"id":"a"}')).toBeUndefined();
  });
});

describe('chooseCases', () => {
  const cases = Array.from({ length: 40 }, (_, index) => ({ id: `case ${index}` }));

  it('draws the same cases from one seed, whatever their order, and keeps the order', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 40 }), (sample, limit) => {
        const drawn = chooseCases(cases, { sample, limit });
        expect(drawn).toHaveLength(limit);
        expect(chooseCases(cases.toReversed(), { sample, limit }).toReversed()).toEqual(drawn);
        expect(cases.filter((one) => drawn.includes(one))).toEqual(drawn);
      }),
    );
  });

  it('takes the first ones without a seed, and others with another seed', () => {
    expect(chooseCases(cases, { limit: 2 })).toEqual(cases.slice(0, 2));
    expect(chooseCases(cases, { limit: 9, sample: 1 })).not.toEqual(
      chooseCases(cases, { limit: 9, sample: 2 }),
    );
  });
});

describe('fittedOn', () => {
  it('finds the digests of the labels in weights, however deep', () => {
    const digest = 'ab'.repeat(32);
    expect(fittedOn({ onset: { weights: { a: 1 } }, incorrect: { labelsSha256: digest, bias: 2 } })).toEqual([
      digest,
    ]);
    expect(fittedOn({ about: 'none' })).toEqual([]);
  });
});
