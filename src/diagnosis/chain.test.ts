import { describe, expect, it } from 'vitest';
import { partsOf } from '../../test/support/diagnose-noted.ts';
import { traceChain } from './chain.ts';

describe('traceChain', () => {
  it('follows the failure through changes and failing checks to the hand-in, past mere looks', () => {
    const { context, graph } = partsOf(`
      cwd: /app
      1 > echo x > src/a.py
      2 > cat src/a.py
      x
      3 ! python src/a.py
      NameError: name 'x' is not defined
      4 > echo y >> src/a.py
      5 > echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT
    `);
    const chain = traceChain(context, graph, 1);
    expect(chain.map(({ step, how }) => [step, how])).toEqual([
      ['3', "shows the failure: NameError: name 'x' is not defined (from step 1: /app/src/a.py)"],
      ['4', 'builds on it by changing /app/src/a.py (from step 1: /app/src/a.py)'],
      ['5', 'hands in the work (from step 4: submission)'],
    ]);
    expect(chain.map(({ evidence }) => evidence.map(({ step, quote }) => [step, quote]))).toEqual([
      [
        ['3', "NameError: name 'x' is not defined"],
        ['1', 'echo x > src/a.py'],
      ],
      [
        ['4', 'echo y >> src/a.py'],
        ['1', 'echo x > src/a.py'],
      ],
      [
        ['5', 'echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT'],
        ['4', 'echo y >> src/a.py'],
      ],
    ]);
  });

  it('goes on to the last step even where no file shows it, and is empty for the last step itself', () => {
    const { context, graph } = partsOf(`
      cwd: /app
      1 > echo x > src/a.py
      2 > ls
      src
    `);
    expect(traceChain(context, graph, 1)).toMatchObject([
      { step: '2', how: 'ends the run with it in place', evidence: [{ step: '2', quote: 'ls' }] },
    ]);
    expect(traceChain(context, graph, 2)).toEqual([]);
  });

  it('thins a long way to eight steps, the first and the last among them', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `${i + 1} > echo ${i} >> src/a.py`);
    const { context, graph } = partsOf(['cwd: /app', ...lines].join('\n'));
    const chain = traceChain(context, graph, 1).map(({ step }) => step);
    expect(chain).toHaveLength(8);
    expect([chain[0], chain[7]]).toEqual(['2', '30']);
    expect(new Set(chain).size).toBe(8);
  });
});
