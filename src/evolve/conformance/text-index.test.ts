import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextIndex, utf8Bytes } from './text-index.ts';

function indexOf(...texts: string[]): TextIndex {
  const index = new TextIndex();
  for (const text of texts) index.addText(text);
  return index;
}

describe('TextIndex', () => {
  it('finds a text whole, and by lines when it was cut or joined', () => {
    const index = indexOf('first line of it\nsecond line of it', 'another text');
    expect(index.judge('first line of it\nsecond line of it')).toEqual({ bytes: 34, kept: 34 });
    expect(index.judge('another text\n  second line of it\r\n')).toEqual({ bytes: 34, kept: 34 });
    expect(index.judge('second line of it\nnothing of this stands there')).toEqual({
      bytes: 46,
      kept: 18,
      lost: 'nothing of this stands there',
    });
  });

  it('finds lines without listing numbers, signs of patches, markup, escapes and white space', () => {
    const index = indexOf(
      '   12→  return total\n13:\tend',
      'ls -la',
      'a = 1',
      '\u001b[31mred words\u001b[0m',
    );
    for (const line of ['return total', '12→return  total', '+return total', '-a = 1', '- ']) {
      expect(index.judge(line).lost, line).toBeUndefined();
    }
    expect(index.judge('<parameter=command>ls -la</parameter>').lost).toBeUndefined();
    expect(index.judge('red words').lost).toBeUndefined();
    expect(index.judge('```bash\nls -la\n```').lost).toBeUndefined();
    expect(index.judge('<not kept').lost).toBe('<not kept');
  });

  it('finds lines without the head that a logger puts before them', () => {
    const index = indexOf('asked again\ntwice', 'x = 1');
    for (const head of ['2024-08-01 10:00:00,123 - INFO - ', '[2024-08-01T10:00:00.5Z] ERROR: ']) {
      expect(index.judge(`${head}asked again`).lost, head).toBeUndefined();
      expect(index.judge(`${head}nothing of this stands there`).lost, head).toBeDefined();
    }
    expect(index.judge('2024-08-01 10:00:00 =====').lost).toBeUndefined();
    expect(index.judge('2024-08-01 was another day').lost).toBeDefined();
  });

  it('parts words at escaped line ends', () => {
    const index = indexOf('we look at it\nthen at the next one');
    expect(index.judge("content='we look at it\\nthen at the next one'").lost).toBeUndefined();
    expect(index.judge('it then at').kept).toBe(10);
  });

  it('counts the words of a line that stand there with their neighbours', () => {
    const index = indexOf('we now look at the second file of the list');
    const judged = index.judge('THOUGHT: we now look at the second file');
    expect(judged.kept).toBeGreaterThan(judged.bytes * 0.8);
    expect(judged.kept).toBeLessThan(judged.bytes);
    expect(index.judge('file second the look').kept).toBe(0);
  });

  it('keeps values and numbers apart from parts of texts', () => {
    const index = indexOf('call toolu_1 was made');
    index.addNumber(17);
    expect([index.hasValue('toolu_1'), index.hasValue('call toolu_1 was made')]).toEqual([false, true]);
    expect([index.hasNumber(17), index.hasNumber(1)]).toEqual([true, false]);
  });

  it('counts UTF-8 bytes, and finds every text that it holds', () => {
    expect(utf8Bytes('aé→😀')).toBe(1 + 2 + 3 + 4);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
        const index = indexOf(...texts);
        for (const text of [...texts, texts.join('\n')]) {
          const { bytes, kept } = index.judge(text);
          expect(bytes).toBe(new TextEncoder().encode(text).length);
          expect(kept).toBe(bytes);
        }
      }),
    );
  });
});
