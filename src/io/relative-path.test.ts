import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPath } from '../base/path.ts';
import { relativePath } from './relative-path.ts';

describe('relativePath', () => {
  it('leads from a folder to a path', () => {
    expect(relativePath('', 'a/b')).toBe('a/b');
    expect(relativePath('a/b', 'a/c/d')).toBe('../c/d');
    expect(relativePath('a/b', 'a/b')).toBe('');
    expect(relativePath('a/b', 'a')).toBe('..');
    expect(relativePath('a', 'ab')).toBe('../ab');
  });

  it('is undone by joinPath', () => {
    const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, path, (from, to) => {
        expect(joinPath(from, relativePath(from, to))).toBe(to);
      }),
    );
  });
});
