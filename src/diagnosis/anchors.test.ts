import { describe, expect, it } from 'vitest';
import { partsOf } from '../../test/support/diagnose-noted.ts';

describe('findAnchors', () => {
  it('takes failed and broken checks of the checker, not passed ones, and the names in them', () => {
    const { anchors } = partsOf(`
      outcome: failed
      check: failed tests/test_a.py::test_minus "wrong sign in read_number"
      check: error tests/test_b.py::test_plus
      check: passed tests/test_c.py::test_zero
    `);
    expect(anchors.map(({ kind, message }) => ({ kind, message }))).toEqual([
      { kind: 'failed-check', message: 'tests/test_a.py::test_minus: wrong sign in read_number' },
      { kind: 'failed-check', message: 'tests/test_b.py::test_plus' },
    ]);
    expect(anchors[0]?.mentions).toEqual(['tests/test_a.py', 'test_minus', 'read_number']);
    expect(anchors[0]?.evidence[0]?.quote).toBe('tests/test_a.py::test_minus');
  });

  it('keeps at most 20 failed checks', () => {
    const checks = Array.from({ length: 50 }, (_, i) => `check: failed test_${i}`).join('\n');
    expect(partsOf(checks).anchors).toHaveLength(20);
  });

  it('tells limits, crashes and faults of the surroundings apart', () => {
    const { anchors } = partsOf(`
      exception: timeout after 900 s
      exception: limit 50 steps
      exception: crash KeyError
      exception: api status 500
      exception: harness no container
    `);
    expect(anchors.map((anchor) => anchor.kind)).toEqual([
      'limit',
      'limit',
      'exception',
      'infrastructure',
      'infrastructure',
    ]);
  });

  it('takes a test that failed when it was last run, with the line that says so', () => {
    const { anchors } = partsOf(`
      cwd: /app
      1 ! pytest -q
      FAILED tests/test_a.py::test_minus - assert 1 == -1
      1 failed in 0.01s
    `);
    const anchor = anchors.find(({ kind }) => kind === 'failing-test');
    expect(anchor).toMatchObject({
      step: '1',
      message: 'tests/test_a.py::test_minus failed when the agent last ran it',
    });
    expect(anchor?.evidence[0]?.quote).toBe('FAILED tests/test_a.py::test_minus - assert 1 == -1');
  });

  it('forgets a test that passed in the end', () => {
    const { anchors } = partsOf(`
      cwd: /app
      1 ! pytest -v
      tests/test_a.py::test_minus FAILED
      1 failed in 0.01s
      2 > pytest -v
      tests/test_a.py::test_minus PASSED
      1 passed in 0.01s
    `);
    expect(anchors.map(({ kind }) => kind)).not.toContain('failing-test');
  });

  it('takes an error that nothing resolved, with its line and place', () => {
    const { anchors } = partsOf(`
      cwd: /app
      1 ! python run.py
      ValueError: bad number
    `);
    const anchor = anchors.find(({ kind }) => kind === 'unresolved-error');
    expect(anchor).toMatchObject({ step: '1', message: 'ValueError: bad number' });
    expect(anchor?.evidence).toEqual([
      {
        step: '1',
        field: 'observation',
        quote: 'ValueError: bad number',
        place: { artifact: 'notation.txt', line: 3 },
      },
    ]);
  });

  it('misses an output that the task asks for until a step makes it', () => {
    const task = 'task: Write the answer to /app/answer.txt\ncwd: /app';
    const [missing] = partsOf(`${task}\n1 > ls`).anchors;
    expect(missing).toMatchObject({ kind: 'missing-output', mentions: ['/app/answer.txt'] });
    expect(missing?.evidence[0]?.quote).toBe('Write the answer to /app/answer.txt');
    expect(partsOf(`${task}\n1 > echo 42 > answer.txt`).anchors).toEqual([]);
  });

  it('contradicts a claim of success by the last evidence', () => {
    const claim = partsOf(`
      cwd: /app
      final: Hello.
      final: The bug is fixed.
      1 ! python run.py
      ValueError: bad number
    `).anchors.find(({ kind }) => kind === 'unsupported-claim');
    expect(claim?.evidence[0]?.quote).toBe('The bug is fixed.');
    const supported = partsOf(`
      final: The bug is fixed.
      1 > python run.py
      fine
    `);
    expect(supported.anchors).toEqual([]);
  });
});
