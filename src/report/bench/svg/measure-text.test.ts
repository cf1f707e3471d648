import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitText, measureText } from './measure-text.ts';

describe('fitText', () => {
  it('leaves a text that fits as it is', () => {
    expect(fitText('last step', 200, 12)).toBe('last step');
  });
  it('cuts in the middle, for names differ at both ends', () => {
    const fitted = fitText('another-tool-with-a-very-long-name-v2', 120, 12);
    expect(fitted).toMatch(/^anot.*….*-v2$/);
    expect(measureText(fitted, 12)).toBeLessThanOrEqual(120);
  });
  it('never is wider than asked and cuts no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 20, max: 300 }), (text, width) => {
        const fitted = fitText(text, width, 12);
        expect(measureText(fitted, 12)).toBeLessThanOrEqual(width);
        expect(fitted.isWellFormed()).toBe(true);
      }),
    );
  });
});
