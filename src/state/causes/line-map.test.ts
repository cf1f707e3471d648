import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineMap } from './line-map.ts';
import { matchLines } from './match-lines.ts';

/** For every line of `after` its line before (from 0), `+` for a new one, `~n` for a moved one. */
function mapAll(before: string, after: string): string {
  const map = new LineMap(before, after);
  const count = after.split('\n').length - (after.endsWith('\n') ? 1 : 0);
  return Array.from({ length: count }, (_, line) => {
    const origin = map.back(line);
    return origin === undefined ? '+' : `${origin.moved ? '~' : ''}${origin.index}`;
  }).join(' ');
}

const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('');

describe('LineMap', () => {
  it.each<[string, string, string, string]>([
    ['the same text', 'a\nb\n', 'a\nb\n', '0 1'],
    ['a line put in', 'a\nb\n', 'a\nx\nb\n', '0 + 1'],
    ['a line put in before all', 'a\nb\n', 'x\na\nb\n', '+ 0 1'],
    ['a line put behind all', 'a\nb\n', 'a\nb\nx\n', '0 1 +'],
    ['a line taken away', 'a\nb\nc\n', 'a\nc\n', '0 2'],
    ['one word of a line', 'a\nb = 1\nc\n', 'a\nb = 2\nc\n', '0 + 2'],
    ['the same line twice: the new one is new', 'a\nx\nb\n', 'a\nx\nb\nx\n', '0 1 2 +'],
    ['the last line gets a newline', 'a\nb', 'a\nb\n', '0 1'],
    ['the last line loses its newline', 'a\nb\n', 'a\nb', '0 1'],
    ['into nothing', '', 'a\nb\n', '+ +'],
    ['edits around a line that stays', 'p\nq\nr\n', 'P\nq\nR\n', '+ 1 +'],
    ['a whole other text', 'a\nb\n', 'x\ny\n', '+ +'],
    ['lines share their ends only', 'xa\nya\n', 'za\nya\n', '+ 1'],
  ])('maps %s', (_name, before, after, expected) => {
    expect(mapAll(before, after)).toBe(expected);
  });

  it('follows a telling line that was moved, not a brace', () => {
    const before = text('first function', '}', 'second function', '{');
    const after = text('second function', 'between', 'first function', '}');
    expect(mapAll(before, after)).toMatch(/^(?:2 \+ ~0 \+|~2 \+ 0 1)$/);
  });

  it('does not guess which of two copies was moved', () => {
    const before = text('a telling line', 'one', 'two', 'three');
    const after = text('one', 'two', 'a telling line', 'three', 'a telling line');
    expect(mapAll(before, after)).toBe('1 2 + 3 +');
  });

  const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '}', 'some longer line'), { maxLength: 30 });
  const content = fc.tuple(lines, fc.boolean()).map(([all, closed]) => all.join('\n') + (closed ? '\n' : ''));

  it('maps only to equal lines, and lines that stay in their order', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const map = new LineMap(before, after);
        let last = -1;
        for (const [index, line] of after.split('\n').entries()) {
          const origin = map.back(index);
          if (!origin) continue;
          expect(before.split('\n')[origin.index]).toBe(line);
          if (origin.moved) continue;
          expect(origin.index).toBeGreaterThan(last);
          last = origin.index;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every line outside of a splice', () => {
    fc.assert(
      fc.property(lines, lines, fc.nat(30), fc.nat(5), (all, put, from, removed) => {
        const at = Math.min(from, all.length);
        const before = text(...all);
        const after = text(...all.slice(0, at), ...put, ...all.slice(at + removed));
        const map = new LineMap(before, after);
        const kept = all.slice(0, at).length + all.slice(at + removed).length;
        const mapped = [...all.slice(0, at), ...put, ...all.slice(at + removed)].filter((_, i) =>
          map.back(i),
        );
        expect(mapped.length).toBeGreaterThanOrEqual(kept);
      }),
      { numRuns: 500 },
    );
  });
});

describe('matchLines', () => {
  it('stays fast on long texts without a common line order, and on repeated lines', () => {
    const many = Array.from({ length: 30_000 }, (_, i) => `line ${i}`);
    expect(matchLines(many, many.toReversed()).filter((index) => index >= 0)).toHaveLength(1);
    const same = Array.from({ length: 30_000 }, () => 'x');
    expect(matchLines(same, ['y', ...same, 'y']).filter((index) => index >= 0).length).toBeLessThan(30_001);
    expect(matchLines(many, ['new', ...many])).toEqual(
      Int32Array.from([-1, ...many.map((_, index) => index)]),
    );
  });
});
