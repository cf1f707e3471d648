import { describe, expect, it } from 'vitest';
import { applySed } from './apply-sed.ts';

const FIVE = 'one\ntwo\nthree\nfour\nfive\n';

/** What GNU sed 4.9 makes of the same input. */
const cases: [script: string, flags: string[], before: string, after: string | undefined][] = [
  ['s/o/0/', ['-i'], 'foo\n', 'f0o\n'],
  ['s/o/0/g', ['-i'], 'foo\n', 'f00\n'],
  ['s/o/0/2', ['-i'], 'foo\n', 'fo0\n'],
  ['s/o/0/2g', ['-i'], 'fooo\n', 'fo00\n'],
  ['s/O/x/gI', ['-i'], 'foo\n', 'fxx\n'],
  ['s|/usr/bin|/opt|', ['-i'], '/usr/bin/x\n', '/opt/x\n'],
  ['s/a\\/b/c/', ['-i'], 'a/b\n', 'c\n'],
  ['s/\\(a\\)\\(b\\)/\\2\\1/', ['-i'], 'ab\n', 'ba\n'],
  ['s/(a+)(b)/\\2[&]/', ['-i', '-E'], 'aab\n', 'b[aab]\n'],
  ['s/a+/x/', ['-i'], 'aa a+\n', 'aa x\n'],
  ['s/a\\+/x/', ['-i'], 'aa\n', 'x\n'],
  ['s/[[:digit:]]\\{2,3\\}/N/', ['-i'], '1 1234\n', '1 N4\n'],
  ['s/[\\/.]/_/g', ['-i'], 'a/b.c\n', 'a_b_c\n'],
  ['s/^\\s*//', ['-i'], '   x\n', 'x\n'],
  ['s/x$/y$/', ['-i'], 'xx\n', 'xy$\n'],
  ['s/a/\\n/', ['-i'], 'bab\n', 'b\nb\n'],
  ['2,4c\\   a\\n  b\\tc', ['-i'], FIVE, 'one\n   a\n  b\tc\nfive\n'],
  ['2i\\  x\\n  y\\n', ['-i'], 'a\nb\n', 'a\n  x\n  y\n\nb\n'],
  ['1a hello\\nworld\\\\n', ['-i'], 'a\n', 'a\nhello\nworld\\n\n'],
  ['2d', ['-i'], FIVE, 'one\nthree\nfour\nfive\n'],
  ['2,4d', ['-i'], FIVE, 'one\nfive\n'],
  ['$d', ['-i'], FIVE, 'one\ntwo\nthree\nfour\n'],
  ['/t/d', ['-i'], FIVE, 'one\nfour\nfive\n'],
  ['/t/!d', ['-i'], FIVE, 'two\nthree\n'],
  ['/two/,/four/d', ['-i'], FIVE, 'one\nfive\n'],
  ['4,2d', ['-i'], FIVE, 'one\ntwo\nthree\nfive\n'],
  ['2,$s/^/# /', ['-i'], 'a\nb\nc\n', 'a\n# b\n# c\n'],
  ['2i new line', ['-i'], 'a\nb\n', 'a\nnew line\nb\n'],
  ['2i\\    indented', ['-i'], 'a\nb\n', 'a\n    indented\nb\n'],
  ['/a/a below', ['-i'], 'a\nb\n', 'a\nbelow\nb\n'],
  ['2c changed', ['-i'], 'a\nb\nc\n', 'a\nchanged\nc\n'],
  ['2,3c changed', ['-i'], 'a\nb\nc\nd\n', 'a\nchanged\nd\n'],
  ['s/a/b/; s/b/c/', ['-i'], 'a\n', 'c\n'],
  ['s/a/b/\ns/b/c/', ['-i.bak'], 'a\n', 'c\n'],
  ['s/a/b/', ['-i'], 'a', 'b'],
  ['s/a/b/', ['-n', '-i'], 'a\n', undefined],
  ['s/a/b/p', ['-i'], 'a\n', undefined],
  ['N;P;D', ['-i'], 'a\n', undefined],
  ['2dx', ['-i'], 'a\n', undefined],
  ['s/a/b', ['-i'], 'a\n', undefined],
  ['s/\\(a\\)\\1/x/', ['-i'], 'aa\n', undefined],
  ['s/a/\\U&/', ['-i'], 'a\n', undefined],
  ['/a/{s/a/b/}', ['-i'], 'a\n', undefined],
];

describe('applySed', () => {
  it.each(cases)('%j %j', (script, flags, before, after) => {
    expect(applySed(before, script, flags)).toBe(after);
  });

  it('leaves patterns alone that could match for ever', () => {
    expect(applySed(`${'a'.repeat(40)}\n`, 's/(a*)*b/x/', ['-E'])).toBeUndefined();
    expect(applySed(`${'a'.repeat(40)}\n`, 's/(a|aa)+b/x/', ['-E'])).toBeUndefined();
    expect(applySed(`${'a'.repeat(5000)}\n`, 's/a*a*a*b/x/', [])).toBeUndefined();
  });
});
