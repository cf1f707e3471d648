import { describe, expect, it } from 'vitest';
import { endOfObject, peekObjects } from './peek-json.ts';

describe('peekObjects', () => {
  it('gives the first objects of an array, those of inner arrays too', () => {
    expect(peekObjects('x: [ [{"a": "}"}, {"b": 2}], {"c": 3}, {"d": 4}]')).toEqual([
      { a: '}' },
      { b: 2 },
      { c: 3 },
    ]);
  });

  it('stops where the text ends or something else stands', () => {
    expect(peekObjects('[{"a": 1}, {"b": ')).toEqual([{ a: 1 }]);
    expect(peekObjects('[5, {"a": 1}]')).toEqual([]);
    expect(peekObjects('no array')).toEqual([]);
    expect(peekObjects('[{a: 1}]')).toEqual([]);
  });
});

describe('endOfObject', () => {
  it('passes over strings with braces and escapes', () => {
    const text = '{"a": "\\"}", "b": {}} rest';
    expect(text.slice(0, endOfObject(text, 0))).toBe('{"a": "\\"}", "b": {}}');
    expect(endOfObject('{"a": {', 0)).toBeUndefined();
  });
});
