import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeKey, joinPaths, parsePath, reach } from './path.ts';

function values(value: unknown, text: string): unknown[] {
  const path = parsePath(text);
  return path ? reach(value, path).map((found) => found.value) : ['no path'];
}

describe('parsePath and reach', () => {
  const record = { a: { b: [{ c: 1 }, { c: 2 }, 'x'] }, 'k.e[y]': [[3], [4]] };

  it('follows keys, every element, one element, and the value itself', () => {
    expect(values(record, 'a.b[*].c')).toEqual([1, 2]);
    expect(values(record, 'a.b[1].c')).toEqual([2]);
    expect(values(record, 'k\\.e\\[y\\][*][*]')).toEqual([3, 4]);
    expect(values(record, '.')).toEqual([record]);
    expect(values([1, 2], '[*]')).toEqual([1, 2]);
    expect(values(record, 'a.nothing')).toEqual([]);
  });

  it('says where each value stands', () => {
    const path = parsePath('a.b[*].c');
    expect(path && reach(record, path).map(({ pointer }) => pointer)).toEqual(['/a/b/0/c', '/a/b/1/c']);
  });

  it('refuses what is no path', () => {
    for (const text of [
      '',
      '.a',
      'a.',
      'a..b',
      'a[',
      'a[x]',
      'a.[*]',
      'a[*]b',
      'a\\',
      'a'.repeat(301),
      '[*][*][*][*][*]',
    ]) {
      expect(parsePath(text), text).toBeUndefined();
    }
  });

  it('reaches no property that the record does not have itself', () => {
    expect(values({}, '__proto__')).toEqual([]);
    expect(values({}, 'constructor.name')).toEqual([]);
    expect(values('text', 'length')).toEqual([]);
  });

  it('finds any key again that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.integer(), (key, value) => {
        fc.pre(key !== '.');
        expect(values({ outer: { [key]: value } }, `outer.${escapeKey(key)}`)).toEqual(
          Object.hasOwn({ [key]: value }, key) ? [value] : [],
        );
      }),
    );
  });

  it('joins paths', () => {
    expect(joinPaths('a[*]', 'b')).toBe('a[*].b');
    expect(joinPaths('a', '[*].b')).toBe('a[*].b');
    expect(joinPaths('.', 'b')).toBe('b');
  });
});
