import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFences } from './find-fences.ts';
import { matchGlob } from './match-glob.ts';

describe('matchGlob', () => {
  it('matches pieces in order', () => {
    expect(matchGlob('event-*.json', 'event-1-a.json')).toBe(true);
    expect(matchGlob('event-*.json', 'event-.json')).toBe(true);
    expect(matchGlob('event-*.json', 'event.json')).toBe(false);
    expect(matchGlob('a*b*a', 'aba')).toBe(true);
    expect(matchGlob('a*b*a', 'aab')).toBe(false);
    expect(matchGlob('ab*ba', 'aba')).toBe(false);
    expect(matchGlob('a', 'ab')).toBe(false);
  });

  it('agrees with a regular expression', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(text, name, (pattern, given) => {
        expect(matchGlob(pattern, given)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(given));
      }),
    );
  });
});

describe('findFences', () => {
  it('finds blocks that begin and end', () => {
    expect(findFences('Look.\n```sh\nls\npwd\n```\nDone.', '```sh', '```')).toEqual({
      blocks: ['ls\npwd'],
      around: 'Look.\nDone.',
    });
  });

  it('takes no longer word for the opening, and loses no text of a block that does not end', () => {
    expect(findFences('```shell\nls\n```', '```sh', '```').blocks).toEqual([]);
    expect(findFences('```sh\nls', '```sh', '```')).toEqual({ blocks: [], around: '```sh\nls' });
  });
});
