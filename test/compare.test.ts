import { describe, expect, it } from 'vitest';
import { analyze } from '../src/app/analyze.ts';
import { compareWork } from '../src/compare/compare-work.ts';
import { diffRuns } from '../src/query/diff-runs.ts';
import { runFrom } from './support/notation.ts';

const START = `
  cwd: /app
  1 > cat a.py
  x = 1
  y = 2
`;

function analysed(text: string) {
  return analyze(runFrom(text));
}

function edit(path: string, old: string, text: string): string {
  return `@Edit ${JSON.stringify({ file_path: path, old_string: old, new_string: text })}`;
}

describe('compareWork', () => {
  it('finds no divergence between a run and itself', () => {
    const run = analysed(`${START}  2 ${edit('/app/a.py', 'x = 1', 'x = 2')}\n  The file has been updated.`);
    const { divergences, files, shared } = compareWork(run, run);
    expect(divergences).toEqual([]);
    expect(shared).toEqual([
      { a: undefined, b: undefined },
      { a: '2', b: '2' },
    ]);
    expect(files).toMatchObject([{ path: '/app/a.py', relation: 'equal' }]);
  });

  it('finds the first changes after which the files differ, not the first other text', () => {
    const a = analysed(`
      cwd: /app
      1 > cat a.py
      x = 1
      2 > sed -i 's/x = 1/x = 2/' a.py
      3 > echo 'z = 3' >> a.py
    `);
    const b = analysed(`
      cwd: /app
      1 > ls
      2 > cat a.py
      x = 1
      3 > printf 'x = 2\\n' > a.py
      4 > echo 'z = 4' >> a.py
    `);
    expect(compareWork(a, b).divergences).toEqual([
      {
        from: { a: '2', b: '3' },
        a: ['3'],
        b: ['4'],
        meets: undefined,
        files: ['/app/a.py'],
        provenance: expect.stringMatching(/derived|assumed/),
      },
    ]);
  });

  it('says where they met again, and what a detour changed', () => {
    const a = analysed(`
      cwd: /app
      1 > cat a.py
      x = 1
      2 > sed -i 's/x = 1/x = 9/' a.py
      3 > sed -i 's/x = 9/x = 2/' a.py
    `);
    const b = analysed(`
      cwd: /app
      1 > cat a.py
      x = 1
      2 > sed -i 's/x = 1/x = 2/' a.py
    `);
    const [only, second] = compareWork(a, b).divergences;
    expect(second).toBeUndefined();
    expect(only).toMatchObject({ a: ['2'], b: [], meets: { a: '3', b: '2' } });
  });

  it('compares edits of a file that nobody read whole', () => {
    const run = (old: string, text: string) =>
      analysed(`cwd: /app\n1 ${edit('/app/b.py', old, text)}\nThe file has been updated.`);
    const relation = (b: ReturnType<typeof run>) => compareWork(run('p', 'q'), b).files[0]?.relation;
    expect(relation(run('p', 'q'))).toBe('equal');
    expect(relation(run('p', 'r'))).toBe('different-edits');
  });

  it('uses what one run read of the common original for the other', () => {
    const a = analysed(`${START}  2 > sed -i 's/x = 1/x = 5/' a.py`);
    const b = analysed(
      `cwd: /repo\n1 ${edit('/repo/a.py', 'x = 1', 'x = 5')}\nThe file has been updated.\n2 > cat setup.py\ns`,
    );
    const { files, roots } = compareWork(a, b);
    expect(roots).toEqual({ a: '/app', b: '/repo' });
    expect(files).toMatchObject([{ path: 'a.py', relation: 'equal', a: '/app/a.py', b: '/repo/a.py' }]);
  });

  it('takes what the same program makes of the same state for the same, and of another for another', () => {
    const run = (value: number) =>
      analysed(`${START}  2 > sed -i 's/x = 1/x = ${value}/' a.py\n  3 > frobnicate a.py -o out.bin`);
    expect(compareWork(run(2), run(2)).divergences).toEqual([]);
    expect(compareWork(run(2), run(3)).divergences).toMatchObject([{ a: ['2', '3'], b: ['2', '3'] }]);
  });

  it('leaves throw-away files out', () => {
    const a = analysed(`${START}  2 > echo 'print(1)' > /tmp/try.py`);
    const b = analysed(`${START}  2 > echo 'print(2)' > reproduce.py`);
    expect(compareWork(a, b)).toMatchObject({ divergences: [], files: [] });
  });

  it('takes runs without steps and without changes', () => {
    const none = analysed('task: nothing');
    const looks = analysed(START);
    expect(compareWork(none, looks).divergences).toEqual([]);
    expect(diffRuns(none, none)).toMatchObject({ firstDivergence: null, files: [] });
  });
});

describe('diffRuns', () => {
  const a = analysed(`
    task: fix a
    cwd: /app
    outcome: failed t.py::test_x "no"
    1 > cat helper.py
    h
    2 > cat a.py
    x = 1
    3 > sed -i 's/1/2/' a.py
    4 ! pytest t.py
    FAILED t.py::test_x - assert 2 == 3
    1 failed in 0.1s
  `);
  const b = analysed(`
    task: fix a
    cwd: /app
    outcome: solved
    1 > cat a.py
    x = 1
    2 > sed -i 's/1/3/' a.py
    3 > pip install six
    Successfully installed six-1.16.0
    4 > pytest -v t.py
    t.py::test_x PASSED
    1 passed in 0.1s
  `);

  it('says what each did that the other did not, and how each ended', () => {
    const diff = diffRuns(a, b, { patches: true });
    expect(diff.task).toBe('same');
    expect(diff.a).toMatchObject({ outcome: 'failed', steps: 4 });
    expect(diff.b).toMatchObject({ outcome: 'solved', steps: 4 });
    expect(diff.firstDivergence).toMatchObject({ a: [{ step: 3 }], b: [{ step: 2 }], meets: null });
    expect(diff.lastingDivergence).toEqual(diff.firstDivergence);
    expect(diff.onlyA.readBeforeDivergence).toEqual([{ what: '/app/helper.py', step: 1 }]);
    expect(diff.onlyB.packages).toMatchObject([{ step: 3 }]);
    expect(diff.tests).toEqual([
      { test: 't.py::test_x', a: { status: 'failed', step: 4 }, b: { status: 'passed', step: 4 } },
    ]);
    expect(diff.files[0]?.patch).toContain('-x = 2\n+x = 3\n');
  });

  it('says when the tasks differ or are not known', () => {
    const other = analysed('task: fix b\ncwd: /app\n1 > ls');
    expect(diffRuns(a, other).task).toBe('different');
    expect(diffRuns(a, analysed('cwd: /app\n1 > ls')).task).toBe('unknown');
  });
});
