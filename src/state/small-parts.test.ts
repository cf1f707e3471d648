import { describe, expect, it } from 'vitest';
import type { StepId } from '../model/ids.ts';
import { LivePaths, matchesWildcard } from './live-paths.ts';
import { ProcessList } from './process-list.ts';
import { isScratchPath } from './scratch-path.ts';
import { VersionedMap } from './versioned-map.ts';

describe('VersionedMap', () => {
  it('answers for every position, and forgets what is gone', () => {
    const map = new VersionedMap<string, number>();
    map.set('a', 1, 10);
    map.set('b', 2, 20);
    map.set('a', 3, undefined);
    map.set('a', 3, 11);
    map.set('b', 4, undefined);
    expect([0, 1, 2, 3, 4].map((at) => [...map.view(at)])).toEqual([
      [],
      [['a', 10]],
      [
        ['a', 10],
        ['b', 20],
      ],
      [
        ['a', 11],
        ['b', 20],
      ],
      [['a', 11]],
    ]);
    expect(map.view(4).has('b')).toBe(false);
    expect(map.view(3).size).toBe(2);
    expect(map.latest('b')).toBeUndefined();
  });
});

describe('LivePaths', () => {
  it('finds what lies below a folder, as long as it is there', () => {
    const live = new LivePaths();
    for (const path of ['/a/x', '/a/b/y', '/a/b/z', 'rel/q']) live.add(path);
    expect(live.under('/a')).toEqual(['/a/b/y', '/a/b/z', '/a/x']);
    expect(live.isFolder('/a/b')).toBe(true);
    live.remove('/a/b/y');
    live.remove('/a/b/z');
    expect(live.isFolder('/a/b')).toBe(false);
    expect(live.under('/a')).toEqual(['/a/x']);
    expect(live.under('rel')).toEqual(['rel/q']);
  });

  it('expands wildcards of the last part', () => {
    const live = new LivePaths();
    for (const path of ['/a/x.py', '/a/y.py', '/a/.h.py', '/a/d/z.py']) live.add(path);
    expect(live.expand('/a/*.py')).toEqual(['/a/x.py', '/a/y.py']);
    expect(live.expand('/a/*')).toEqual(['/a/d', '/a/x.py', '/a/y.py']);
    expect(live.expand('/nowhere/*')).toEqual([]);
    expect(matchesWildcard('aaaaaaaaaaaaaaaaaaaab', '*a*a*a*a*c')).toBe(false);
  });
});

describe('ProcessList', () => {
  it('ends what a kill names, and the only one where it names a number', () => {
    const list = new ProcessList();
    list.start({ what: 'python server.py', by: '1' as StepId }, {}, 0);
    list.start({ what: 'npm run dev', by: '2' as StepId }, {}, 1);
    list.kill('%1', 2);
    expect(list.running.view(2).size).toBe(2);
    list.kill('server.py', 3);
    list.kill('4711', 4);
    expect([3, 4].map((at) => [...list.running.view(at).values()].map((process) => process.what))).toEqual([
      ['npm run dev'],
      [],
    ]);
  });
});

describe('isScratchPath', () => {
  it('knows folders for temporary files, and throw-away names of files that the run made', () => {
    expect(isScratchPath('/tmp/x', false)).toBe(true);
    expect(isScratchPath('/app/reproduce_issue.py', true)).toBe(true);
    expect(isScratchPath('/app/reproduction/src/conf.py', true)).toBe(true);
    expect(isScratchPath('/app/tests/test_api.py', false)).toBe(false);
    expect(isScratchPath('/app/server.py', true)).toBe(false);
  });
});
