import { describe, expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

describe('RecentMap', () => {
  it('keeps the last entries and tells of each that it forgets, once', () => {
    const forgotten: number[] = [];
    const map = new RecentMap<string, number>(3, (value) => forgotten.push(value));
    for (let i = 0; i < 10; i++) map.set(`k${i}`, i);
    expect([map.get('k9'), map.get('k8'), map.get('k7')]).toEqual([9, 8, 7]);
    expect(map.has('k0')).toBe(false);
    expect([...forgotten, ...map.values()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('overwrites and deletes an entry of either age', () => {
    const map = new RecentMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    expect([map.get('a'), [...map.values()].toSorted((a, b) => a - b)]).toEqual([3, [2, 3]]);
    map.delete('b');
    map.delete('a');
    expect([map.has('a'), map.has('b')]).toEqual([false, false]);
  });

  it('takes false values for values', () => {
    const map = new RecentMap<string, number>(2);
    map.set('zero', 0);
    expect([map.get('zero'), map.has('zero'), map.get('none')]).toEqual([0, true, undefined]);
  });
});
