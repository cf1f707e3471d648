import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctTexts } from './distinct-texts.ts';

describe('distinctTexts', () => {
  it('leaves out blank texts and those that another holds', () => {
    expect(distinctTexts(['a b', undefined, ' ', 'a', 'c', 'a b c'])).toEqual(['a b c', 'c']);
    expect(distinctTexts(['same', 'same\n'])).toEqual(['same']);
  });

  it('loses no text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ') })), (texts) => {
        const kept = distinctTexts(texts).join('\n');
        for (const text of texts) expect(kept).toContain(text.trim());
      }),
    );
  });
});
