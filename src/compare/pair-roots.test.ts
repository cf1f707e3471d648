import { describe, expect, it } from 'vitest';
import { belowRoot, pairRoots } from './pair-roots.ts';

describe('pairRoots', () => {
  it('finds the folders that stand for each other by the tails of the paths', () => {
    const a = ['/testbed/pkg/units/core.py', '/testbed/pkg/units/tests/test_core.py', '/tmp/x.py'];
    const b = ['/workspace/pkg__3.1/pkg/units/core.py', '/workspace/pkg__3.1/setup.cfg'];
    expect(pairRoots(a, b)).toEqual({ a: '/testbed', b: '/workspace/pkg__3.1' });
  });

  it('takes the same paths for the same, whatever else fits', () => {
    const paths = ['/app/a/__init__.py', '/app/b/__init__.py', '/app/main.py'];
    expect(pairRoots(paths, paths)).toEqual({ a: '', b: '' });
  });

  it('pairs paths of an unknown directory with absolute ones', () => {
    expect(pairRoots(['src/x.py'], ['/app/src/x.py'])).toEqual({ a: '', b: '/app' });
  });

  it('has nothing to go by in runs without a common name', () => {
    expect(pairRoots(['/a/x.py'], ['/b/y.py'])).toEqual({ a: '', b: '' });
    expect(pairRoots([], [])).toEqual({ a: '', b: '' });
  });
});

describe('belowRoot', () => {
  it('cuts the root off and leaves what lies outside', () => {
    expect(belowRoot('/app/src/x.py', '/app')).toBe('src/x.py');
    expect(belowRoot('/application/x.py', '/app')).toBe('/application/x.py');
    expect(belowRoot('/app/src/x.py', '')).toBe('/app/src/x.py');
  });
});
