import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLines, countOfChange } from './count-lines.ts';
import { cutToTokens, estimateTokens } from './estimate-tokens.ts';

describe('countLines', () => {
  it('counts what came and what went; a line that only moved is neither', () => {
    expect(countLines('a\nb\nc\n', 'a\nx\ny\nc\n')).toEqual({ added: 2, removed: 1 });
    expect(countLines('', 'a\nb\n')).toEqual({ added: 2, removed: 0 });
    expect(countLines('a\nb\nc\n', 'c\na\nb\n')).toEqual({ added: 0, removed: 0 });
    expect(countLines('a\na\n', 'a\n')).toEqual({ added: 0, removed: 1 });
  });

  it('agrees with the difference of the lengths, and is nothing for equal texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 }).map((lines) => lines.join('\n'));
    const lengthOf = (value: string): number => (value === '' ? 0 : value.split('\n').length);
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { added, removed } = countLines(before, after);
        expect(added - removed).toBe(lengthOf(after) - lengthOf(before));
        expect(countLines(after, after)).toEqual({ added: 0, removed: 0 });
      }),
    );
  });

  it('reads lines out of an action only where it tells them', () => {
    expect(countOfChange({ kind: 'append', content: 'a\nb\n' })).toEqual({ added: 2, removed: 0 });
    expect(countOfChange({ kind: 'replace', old: 'a\nb', new: 'a\nc\nd', all: false })).toEqual({
      added: 2,
      removed: 1,
    });
    expect(countOfChange({ kind: 'replace', old: 'a', new: 'b', all: true })).toBeUndefined();
    expect(countOfChange({ kind: 'unknown' })).toBeUndefined();
  });
});

describe('estimateTokens', () => {
  it('counts three bytes of UTF-8 as a token and adds one for the end of the line', () => {
    expect(estimateTokens('')).toBe(1);
    expect(estimateTokens('abcdef')).toBe(3);
    expect(estimateTokens('äöü')).toBe(3);
    expect(estimateTokens('😀')).toBe(3);
  });

  it('cuts a line to what fits', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (line, tokens) => {
          const cut = cutToTokens(line, tokens);
          expect(estimateTokens(cut)).toBeLessThanOrEqual(tokens);
          if (estimateTokens(line) <= tokens) expect(cut).toBe(line);
        },
      ),
    );
  });
});
