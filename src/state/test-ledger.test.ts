import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { buildHistory } from './build-history.ts';

const staleOf = (text: string): (string | undefined)[] => {
  const history = buildHistory(runFrom(text));
  return history.records.map(
    ({ position }) => history.at(position).tests.get('tests/test_a.py::test_b')?.staleSince,
  );
};
const RAN = 'PASSED tests/test_a.py::test_b\n=== 1 passed in 0.1s ===';

describe('results of tests', () => {
  it('are stale from the first change of the project on', () => {
    expect(
      staleOf(`
        cwd: /app
        1 > echo 1 > src/a.py
        2 > pytest -rA
        ${RAN.replace('\n', '\n        ')}
        3 > echo notes > README.md
        4 > echo 2 > src/a.py
        5 > echo 3 > src/b.py
        6 > pytest -rA
        ${RAN.replace('\n', '\n        ')}
      `),
    ).toEqual([undefined, undefined, undefined, '4', '4', undefined]);
  });

  it('are fresh again when the files are as they were', () => {
    expect(
      staleOf(`
        cwd: /app
        1 > echo 1 > src/a.py
        2 > pytest -rA
        ${RAN.replace('\n', '\n        ')}
        3 > echo 2 > src/a.py
        4 > echo 1 > src/a.py
      `),
    ).toEqual([undefined, undefined, '3', undefined]);
  });

  it('are stale at once when the same command goes on to change files', () => {
    expect(
      staleOf(`
        cwd: /app
        1 > echo 1 > src/a.py; pytest -rA; echo 2 > src/a.py
        ${RAN.replace('\n', '\n        ')}
      `),
    ).toEqual(['1']);
  });

  it('are stale after git put other files there', () => {
    expect(
      staleOf(`
        cwd: /app
        1 > pytest -rA
        ${RAN.replace('\n', '\n        ')}
        2 > git commit -m done
        3 > git checkout other
      `),
    ).toEqual([undefined, undefined, '3']);
  });

  it('keep the last run of every command, also where it names no test', () => {
    const history = buildHistory(
      runFrom(`
        1 ! pytest tests -q
        2 failed, 3 passed in 0.2s
        2 > pytest tests/test_a.py -q
        1 passed in 0.1s
        3 > pytest tests -q
        5 passed in 0.2s
      `),
    );
    const runs = history.at(2).testRuns;
    expect(runs.map(({ step, report }) => [step, report.passed, report.failed])).toEqual([
      ['2', 1, undefined],
      ['3', 5, undefined],
    ]);
    expect(history.at(0).testRuns[0]?.report).toMatchObject({ passed: 3, failed: 2, results: [] });
  });

  it('come from a report that a test command wrote, and from no other file', () => {
    const report =
      '<testsuite><testcase classname="a" name="b"><failure message="no"/></testcase></testsuite>';
    const history = buildHistory(
      runFrom(`
        1 > cat fixtures/report.xml
        ${report}
        2 > pytest -q --junitxml=out/report.xml > log
        3 > cat out/report.xml
        ${report}
      `),
    );
    expect(history.at(1).tests.size).toBe(0);
    expect(history.at(2).tests.get('a.b')).toMatchObject({ status: 'failed', step: '3' });
  });

  it('are cleared by a clean run of the same command that names no test', () => {
    const history = buildHistory(
      runFrom(`
        1 ! pytest -q
        FAILED tests/test_a.py::test_b - assert 1 == 2
        1 failed, 4 passed in 0.1s
        2 > pytest -q tests/test_c.py
        2 passed in 0.1s
        3 > pytest -q
        5 passed in 0.1s
      `),
    );
    const at = (position: number) => history.at(position).tests.get('tests/test_a.py::test_b');
    expect(at(1)).not.toHaveProperty('clearedBy');
    expect(at(2)).toMatchObject({ status: 'failed', step: '1', clearedBy: '3' });
  });
});
