import { describe, expect, it } from 'vitest';
import { at, pointer } from './json.ts';
import { isTooDeep } from './json-depth.ts';
import { compareNatural, lastAtMost, upperBound } from './order.ts';
import { baseName, dirName, joinPath, normalizePath } from './path.ts';
import {
  countLoneSurrogates,
  firstLine,
  foldWhitespace,
  shortenMiddle,
  splitLines,
  stripAnsi,
} from './text.ts';

describe('text', () => {
  it('removes escape sequences of terminals and nothing else', () => {
    expect(stripAnsi('\u001b[1;31mred\u001b[0m \u001b]0;title\u0007plain\u001b(B [0m')).toBe('red plain [0m');
  });

  it('shortens to exactly the limit and says how much is missing', () => {
    const text = 'a'.repeat(60) + 'z'.repeat(60);
    const short = shortenMiddle(text, 50);
    expect(short).toHaveLength(50);
    expect(short).toMatch(/^a+ … 70 more … z+$/);
    expect(shortenMiddle('short', 5)).toBe('short');
  });

  it('takes the first line that is not blank', () => {
    expect(firstLine('\n  \r\n  one \r\ntwo')).toBe('one');
    expect(firstLine('abcdef', 4)).toBe('abc…');
    expect(firstLine(' \n')).toBe('');
  });

  it('splits lines of both kinds', () => {
    expect(splitLines('a\r\nb\n\nc\n')).toEqual(['a', 'b', '', 'c']);
    expect(splitLines('')).toEqual([]);
    expect(splitLines('\n')).toEqual(['']);
  });

  it('folds white space and counts halves of surrogate pairs', () => {
    expect(foldWhitespace(' a \n\t b ')).toBe('a b');
    expect(countLoneSurrogates('\ud83d\ude00')).toBe(0);
    expect(countLoneSurrogates('\ud83d x \ude00\ude00')).toBe(3);
  });
});

describe('path', () => {
  it.each([
    ['a/./b//../c', 'a/c'],
    ['../a/../../b', '../../b'],
    ['/../a/', '/a'],
    ['', ''],
    ['/', '/'],
  ])('normalizes %s', (path, expected) => {
    expect(normalizePath(path)).toBe(expected);
  });

  it('joins, and takes folders and names', () => {
    expect([joinPath('/a', '../b'), joinPath('/a', '/b'), joinPath('', 'b')]).toEqual(['/b', '/b', 'b']);
    expect(['a/b.txt', 'b.txt', '/b'].map(dirName)).toEqual(['a', '', '/']);
    expect(['a/b.txt', 'b.txt', 'a/'].map(baseName)).toEqual(['b.txt', 'b.txt', '']);
  });
});

describe('json', () => {
  it('walks only through what is there', () => {
    const document = { a: [{ b: 1 }] };
    expect(at(document, 'a', 0, 'b')).toBe(1);
    expect(at(document, 'a', 1, 'b')).toBeUndefined();
    expect(at(document, 'a', 'length')).toBeUndefined();
    expect(at(document, 'constructor')).toBeUndefined();
  });

  it('escapes pointers', () => {
    expect(pointer('a/b', 3, 'c~d')).toBe('/a~1b/3/c~0d');
  });

  it('measures depth without recursion', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(isTooDeep(deep)).toBe(true);
    expect(isTooDeep([[[1]]], 3)).toBe(false);
    expect(isTooDeep([[[1]]], 2)).toBe(true);
  });
});

describe('order', () => {
  const sorted = [1, 3, 3, 7];
  const self = (value: number): number => value;

  it('finds bounds', () => {
    expect([0, 1, 3, 7, 9].map((key) => upperBound(sorted, key, self))).toEqual([0, 1, 3, 4, 4]);
    expect([0, 4].map((key) => lastAtMost(sorted, key, self))).toEqual([undefined, 3]);
  });

  it('orders numbers in names by value, and totally', () => {
    expect(['10.json', '9.json', 'a', '09.json'].toSorted(compareNatural)).toEqual([
      '09.json',
      '9.json',
      '10.json',
      'a',
    ]);
  });
});
