import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { simpleEffects } from '../../test/support/simple-effects.ts';
import type { StateHistory } from '../model/state.ts';
import { buildHistory } from './build-history.ts';

function historyOf(text: string): StateHistory {
  return buildHistory(runFrom(text), simpleEffects);
}

function contents(history: StateHistory, path: string): (string | undefined)[] {
  return history.versions(path).map((version) => version.content);
}

describe('files', () => {
  it('follows a file from its first read through edits, by position', () => {
    const history = historyOf(`
      cwd: /app
      1 > cat src/a.py
      x = 1
      y = 2
      2 > sed -i 's/1/3/' src/a.py
      3 @Edit {"file_path": "/app/src/a.py", "old_string": "y = 2", "new_string": "y = 4"}
      4 > ls
    `);
    expect(contents(history, '/app/src/a.py')).toEqual([
      'x = 1\ny = 2\n',
      'x = 3\ny = 2\n',
      'x = 3\ny = 4\n',
    ]);
    expect(history.at(-1).file('/app/src/a.py')).toBeUndefined();
    expect(history.at(1).file('/app/src/a.py')).toMatchObject({ version: 2, madeBy: '2', how: 'edit' });
    expect(history.at(3).file('/app/src/a.py')?.version).toBe(3);
    expect(history.at(0).changedFiles()).toEqual([]);
    expect(
      history
        .at(3)
        .changedFiles()
        .map((version) => version.path),
    ).toEqual(['/app/src/a.py']);
    expect(history.records.map((record) => record.changed)).toEqual([
      [],
      ['/app/src/a.py'],
      ['/app/src/a.py'],
      [],
    ]);
  });

  it('makes no version for an edit that failed or that changed nothing', () => {
    const history = historyOf(`
      cwd: /app
      1 > cat a
      one
      2 @!Edit {"file_path": "/app/a", "old_string": "two", "new_string": "2"}
      <tool_use_error>String to replace not found in file.</tool_use_error>
      3 > sed -i 's/two/2/' a
    `);
    expect(contents(history, '/app/a')).toEqual(['one\n']);
    expect(history.records[1]).toMatchObject({ failed: true, changed: [] });
    expect(history.records[2]).toMatchObject({ failed: false, changed: [] });
  });

  it('reads numbered listings of tools, whole or in part', () => {
    const whole = historyOf(`
      1 @Read {"file_path": "/a"}
      \\     1→def f():
           2→    return 1
    `);
    expect(contents(whole, '/a')).toEqual(['def f():\n    return 1\n']);
    expect(whole.at(0).seen('/a')).toEqual([{ step: '1', at: 0, version: 1, cut: false }]);
    const part = historyOf(`
      1 @Read {"file_path": "/a"}
      \\    11\tx
          12\ty
    `);
    expect(contents(part, '/a')).toEqual([undefined]);
    expect(part.at(0).seen('/a')[0]).toMatchObject({ range: { from: 11, to: 12 } });
  });

  it('does not take output for content where something was cut or printed beside it', () => {
    const history = historyOf(`
      cwd: /app
      1 > cat a
      start
      [... Observation truncated due to length ...]
      end
      2 > ls && cat b
      b
      text of b
      3 > cat c d
      both
    `);
    for (const path of ['a', 'b', 'c', 'd']) expect(contents(history, `/app/${path}`)).toEqual([undefined]);
    expect(history.at(0).seen('/app/a')[0]?.cut).toBe(true);
  });

  it('brings back what git checkout, stash and reset bring back', () => {
    const history = historyOf(`
      cwd: /app
      1 > cat a
      one
      2 > sed -i 's/one/two/' a
      3 > git checkout a
      4 > sed -i 's/one/three/' a
      5 > echo new > b.txt
      6 > git stash
      7 > git stash pop
      8 > git commit -am wip
      9 > sed -i 's/three/four/' a
      10 > git reset --hard
    `);
    expect(contents(history, '/app/a')).toEqual([
      'one\n',
      'two\n',
      'one\n',
      'three\n',
      'one\n',
      'three\n',
      'four\n',
      'three\n',
    ]);
    expect(history.versions('/app/a')[2]).toMatchObject({ how: 'restore', madeBy: '3' });
    expect(history.versions('/app/b.txt')).toHaveLength(1);
    expect(history.fingerprint(2)).toBe(history.fingerprint(0));
    expect(history.fingerprint(9)).toBe(history.fingerprint(7));
    expect(history.fingerprint(8)).not.toBe(history.fingerprint(7));
  });

  it('forgets contents when another branch is checked out', () => {
    const history = historyOf(`
      cwd: /app
      1 > cat a
      one
      2 > git checkout main
      3 > git checkout -b fix
    `);
    expect(history.at(1).file('/app/a')?.content).toBeUndefined();
    expect(history.at(1).git.branch).toEqual({ name: 'main', by: '2' });
    expect(history.at(2).git.branch?.name).toBe('fix');
    expect(history.at(0).git.branch).toBeUndefined();
  });
});

describe('everything else', () => {
  it('resolves paths in the directory of each moment', () => {
    const history = historyOf(`
      cwd: /app
      1 > cd src && echo a > f
      2 > echo b > f
      3 > cd /tmp
    `);
    expect(history.paths).toEqual(['/app/src/f']);
    expect([-1, 0, 2].map((at) => history.at(at).cwd?.path)).toEqual(['/app', '/app/src', '/tmp']);
    expect(history.records.map((record) => record.cwd)).toEqual(['/app', '/app/src', '/app/src']);
  });

  it('goes back to the directory of before inside of one command', () => {
    const history = buildHistory(
      runFrom(`
        cwd: /app
        1 > cd src; cd -; echo a > f
        2 > pushd /tmp; echo b > g; popd; echo c > h
      `),
    );
    expect(history.paths).toEqual(['/app/f', '/app/h', '/tmp/g']);
    expect(history.at(1).cwd?.path).toBe('/app');
  });

  it('keeps environment, packages and processes by position', () => {
    const history = historyOf(`
      1 > export DEBUG=1
      2 > pip install numpy
      3 > serve web
      4 > pkill web
    `);
    expect([...history.at(3).env]).toEqual([['DEBUG', { value: '1', by: '1', provenance: 'assumed' }]]);
    expect(history.at(0).packages.size).toBe(0);
    expect(history.at(1).packages.get('numpy')).toMatchObject({ manager: 'pip', by: '2' });
    expect(history.at(2).processes).toEqual([
      { what: 'serve web', command: 'serve web', by: '3', provenance: 'assumed' },
    ]);
    expect(history.at(3).processes).toEqual([]);
  });

  it('knows the last result of every test', () => {
    const history = historyOf(`
      1 ! pytest
      tests/test_a.py::test_x FAILED
      tests/test_a.py::test_y PASSED
      ========= 1 failed, 1 passed in 0.10s =========
      2 > pytest tests/test_a.py::test_x
      tests/test_a.py::test_x PASSED
      ========= 1 passed in 0.10s =========
    `);
    expect(history.at(0).tests.get('tests/test_a.py::test_x')).toMatchObject({ status: 'failed', step: '1' });
    expect(history.at(1).tests.get('tests/test_a.py::test_x')).toMatchObject({ status: 'passed', step: '2' });
    expect(history.at(1).tests.get('tests/test_a.py::test_y')).toMatchObject({ status: 'passed', step: '1' });
  });

  it('opens an error where it shows and closes it where the same command goes well', () => {
    const history = historyOf(`
      cwd: /app
      1 ! python run.py
      Traceback (most recent call last):
        File "/app/run.py", line 3, in <module>
          main()
      ValueError: bad value 17
      2 > sed -i 's/17/18/' run.py
      3 ! python run.py
      Traceback (most recent call last):
        File "/app/run.py", line 9, in <module>
      KeyError: 'a'
      4 > python run.py
      ok
    `);
    expect(history.errors.map(({ step, line, resolvedBy }) => [step, line, resolvedBy])).toEqual([
      ['1', 'ValueError: bad value 17', '3'],
      ['3', "KeyError: 'a'", '4'],
    ]);
    expect(history.errors[0]?.files).toEqual([{ path: '/app/run.py', line: 3 }]);
    expect([0, 1, 2, 3].map((at) => history.at(at).openErrors.length)).toEqual([1, 1, 1, 0]);
  });

  it('takes no error from a file that talks of errors', () => {
    const history = historyOf(`
      1 > cat log.py
      ValueError: nothing happened
      2 ! cat gone.py
      cat: gone.py: No such file or directory
      3 > echo x > gone.py
    `);
    expect(history.errors.map(({ step, resolvedBy }) => [step, resolvedBy])).toEqual([['2', '3']]);
  });

  it('does not call a search without result a failure', () => {
    const history = historyOf('1 ! grep x a\n2 !2 grep x gone\ngrep: gone: No such file or directory');
    expect(history.records.map((record) => record.failed)).toEqual([false, true]);
  });

  it('counts what was used up, and knows nothing of what was not recorded', () => {
    const history = historyOf('1 > ls\n2 > ls');
    expect(history.at(-1).budget).toEqual({ steps: 0 });
    expect(history.at(1).budget).toEqual({ steps: 2 });
  });

  it('answers for positions outside the run and for a run without steps', () => {
    expect(historyOf('task: nothing').at(5).changedFiles()).toEqual([]);
    const history = historyOf('1 > echo a > /f');
    expect(history.at(99).file('/f')?.content).toBe('a\n');
    expect(history.position(history.records[0]?.step.id ?? ('' as never))).toBe(0);
  });
});
