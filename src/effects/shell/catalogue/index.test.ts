import { describe, expect, it } from 'vitest';
import { CATALOGUES } from './index.ts';

describe('catalogue', () => {
  it('names every program once', () => {
    const names = Object.values(CATALOGUES)
      .flatMap((catalogue) => Object.keys(catalogue))
      .flatMap((key) => key.split(' '));
    const twice = names.filter((name, i) => names.indexOf(name) !== i);
    expect(twice).toEqual([]);
    expect(names.length).toBeGreaterThan(1500);
  });
});
