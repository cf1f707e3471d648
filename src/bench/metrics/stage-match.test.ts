import { expect, it } from 'vitest';
import { responsibleStages, scoreResponsibleStage, stagesHolding } from './stage-match.ts';

const STAGES = [
  { id: 1, start: 1, end: 3 },
  { id: 2, start: 4, end: 4 },
  { id: 7, start: 5, end: 9 },
];

it('holds the stage of the onset responsible, unless the labels say it themselves', () => {
  expect(responsibleStages({ stages: STAGES, onset: 5 })).toEqual(new Set([7]));
  expect(responsibleStages({ stages: STAGES, onset: 5, responsibleStages: [1, 2] })).toEqual(new Set([1, 2]));
  for (const reading of [{ onset: 5 }, { stages: STAGES, onset: null }, { stages: STAGES, onset: 12 }]) {
    expect(responsibleStages(reading)).toBeUndefined();
  }
});

it('asks where the first candidate lies', () => {
  const reading = { stages: STAGES, onset: 6 };
  expect(scoreResponsibleStage([9, 1], reading)).toBe(1);
  expect(scoreResponsibleStage([4, 6], reading)).toBe(0);
  expect(scoreResponsibleStage([20], reading)).toBe(0);
  expect(scoreResponsibleStage([], reading)).toBe(0);
  // 5 of the 9 steps lie in that stage.
  expect(scoreResponsibleStage([1, 2, 3, 4, 5, 6, 7, 8, 9], reading, true)).toBeCloseTo(5 / 9, 12);
  expect(scoreResponsibleStage([1], { onset: 3 })).toBeUndefined();
});

it('names each stage that holds a step once', () => {
  expect(stagesHolding(STAGES, [9, 5, 2, 40])).toEqual([7, 1]);
});
