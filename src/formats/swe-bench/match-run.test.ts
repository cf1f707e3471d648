import { expect, it } from 'vitest';
import { fitNames, isSameModel, runSpellings } from './match-run.ts';

it.each([
  ['a1', 'a1', 3],
  ['a1_eval', 'a1', 2],
  ['a1', 'a1-evaluation', 2],
  ['a_eval', 'a_dev', 1],
  ['a_test', 'a_dev', 0],
  ['a1', 'a10', 0],
])('graded %s fits own %s by %d', (graded, own, fit) => {
  expect(fitNames(graded, own)).toBe(fit);
});

it('every tail of a report name may be the run', () => {
  expect(runSpellings('gpt-4.1.run.2')).toEqual(['gpt-4.1.run.2', '1.run.2', 'run.2', '2']);
});

it('models compare without their provider; an unknown one contradicts nothing', () => {
  expect(isSameModel('acme__m-1', 'acme/m-1')).toBe(true);
  expect(isSameModel('m-1', 'acme/m-1')).toBe(true);
  expect(isSameModel('acme__m-1', 'acme/m-2')).toBe(false);
  expect(isSameModel(undefined, 'acme/m-2')).toBe(true);
});
