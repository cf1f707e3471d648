import { describe, expect, it } from 'vitest';
import { partsOf } from '../../test/support/diagnose-noted.ts';
import { sliceForward } from './slice.ts';

const RUN = `
  cwd: /app
  1 > echo x > src/a.py
  2 > cat src/a.py
  x
  3 ! python src/a.py
  NameError: name 'x' is not defined
  4 > ls
  src
  5 > ls
  src
  6 > echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT
`;

describe('buildDependence', () => {
  const { graph } = partsOf(RUN);

  it('links a read with the write before it', () => {
    expect(graph.incoming(2)).toEqual([{ from: 1, to: 2, kind: 'data', by: '/app/src/a.py' }]);
  });

  it('links a check with the last change, and the step after a failure with the failure', () => {
    expect(graph.incoming(3)).toContainEqual({ from: 1, to: 3, kind: 'test', by: 'python' });
    expect(graph.incoming(4)).toEqual([{ from: 3, to: 4, kind: 'control', by: 'the failure before' }]);
  });

  it('links a repeated action with the one before, and the hand-in with what stands', () => {
    expect(graph.incoming(5)).toEqual([{ from: 4, to: 5, kind: 'repetition', by: 'the same action' }]);
    expect(graph.incoming(6)).toContainEqual({ from: 1, to: 6, kind: 'data', by: 'submission' });
  });

  it('links an error with the step that wrote the file that it names', () => {
    const { graph: named } = partsOf(`
      cwd: /app
      1 > echo x > /app/a.py
      2 > ls
      3 ! make
      Traceback (most recent call last):
        File "/app/a.py", line 1, in <module>
      NameError: name 'x' is not defined
    `);
    expect(named.incoming(3)).toContainEqual({ from: 1, to: 3, kind: 'error', by: '/app/a.py' });
  });

  it('shows the same edges from both ends, all of them forward', () => {
    const steps = [1, 2, 3, 4, 5, 6];
    const incoming = steps.flatMap((step) => graph.incoming(step));
    expect(incoming.length).toBeGreaterThan(4);
    expect(new Set(steps.flatMap((step) => graph.outgoing(step)))).toEqual(new Set(incoming));
    expect(incoming.every(({ from, to }) => from < to)).toBe(true);
  });
});

describe('slices', () => {
  it('walks back from a failure to what it depends on, with the distance', () => {
    const { slice } = partsOf(RUN);
    expect(slice.get(3)).toBe(0);
    expect(slice.get(1)).toBe(1);
    expect(slice.has(2)).toBe(false);
    expect(slice.has(5)).toBe(false);
  });

  it('starts at the writer of the file that a check names, else at all last writers', () => {
    const steps = `
      cwd: /app
      1 > echo 1 > one.py
      2 > echo 2 > two.py
    `;
    const withCheck = (check: string): number[] => [
      ...partsOf(steps.replace('cwd', `check: failed ${check}\n      cwd`)).slice.keys(),
    ];
    expect(withCheck('one.py')).toEqual([1]);
    expect(withCheck('elsewhere')).toEqual([1, 2]);
  });

  it('walks forward without following repetitions', () => {
    expect(sliceForward(partsOf(RUN).graph, 1)).toEqual([2, 3, 4, 6]);
    expect(sliceForward(partsOf(RUN).graph, 4)).toEqual([]);
  });
});
