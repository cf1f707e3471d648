import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairResults } from './pair-results.ts';

describe('pairResults', () => {
  it.each([
    ['by id, whatever the order', ['a', 'b'], ['b', 'a'], [1, 0]],
    ['a reused id in order', ['a', 'a'], ['a', 'a'], [0, 1]],
    ['more results than calls of an id', ['a', 'b'], ['a', 'a'], [0, 0]],
    ['an id of no call here', ['a'], ['x'], [undefined]],
    ['by position without ids', ['a', 'b'], [undefined, undefined], [0, 1]],
    ['one for several calls to the last', ['a', 'b', 'c'], [undefined], [2]],
    ['one beside answered calls to the last open one', ['a', 'b', 'c'], ['c', undefined], [2, 1]],
    ['surplus to the last', ['a'], [undefined, undefined], [0, 0]],
    ['nothing to answer', [], [undefined], [undefined]],
  ])('%s', (_, calls, results, pairs) => {
    expect(pairResults(calls, results)).toEqual(pairs);
  });

  it('gives every call with an own id its result, and only calls that are there', () => {
    const id = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
    fc.assert(
      fc.property(fc.array(id, { maxLength: 6 }), fc.array(id, { maxLength: 6 }), (calls, results) => {
        const pairs = pairResults(calls, results);
        expect(pairs).toHaveLength(results.length);
        for (const [index, call] of pairs.entries()) {
          const own = results[index];
          if (call === undefined) continue;
          expect(call).toBeLessThan(calls.length);
          if (own !== undefined) expect(calls[call]).toBe(own);
        }
      }),
    );
  });
});
