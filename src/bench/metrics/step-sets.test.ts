import { expect, it } from 'vitest';
import { scoreSteps, uniteSteps } from './step-sets.ts';

it('counts hits once', () => {
  // 2 of 3 predicted are right, 2 of 4 labelled are found: F1 = 4 / 7.
  expect(scoreSteps([1, 2, 2, 9], [1, 2, 3, 4])).toEqual({
    precision: 2 / 3,
    recall: 0.5,
    f1: 4 / 7,
    hits: 2,
    predicted: 3,
    labelled: 4,
  });
});

it('is 0 where nothing is predicted or labelled', () => {
  expect(scoreSteps([], [1])).toMatchObject({ precision: 0, recall: 0, f1: 0, predicted: 0 });
  expect(scoreSteps([1], [])).toMatchObject({ precision: 0, recall: 0, f1: 0, labelled: 0 });
  expect(scoreSteps([1, 2], [], true)).toMatchObject({ precision: 0, recall: 0, f1: 0 });
});

it('takes the mean over the draws of a drawn prediction', () => {
  const predicted = [1, 2, 3, 4, 5];
  const labelled = [2, 5, 7];
  const draws = predicted.map((step) => scoreSteps([step], labelled));
  const drawn = scoreSteps(predicted, labelled, true);
  for (const field of ['precision', 'recall', 'f1', 'hits', 'predicted', 'labelled'] as const) {
    expect(drawn[field]).toBeCloseTo(draws.reduce((sum, one) => sum + one[field], 0) / 5, 12);
  }
});

it('unites steps', () => {
  expect(uniteSteps([3, 1], [1, 2])).toEqual([3, 1, 2]);
});
