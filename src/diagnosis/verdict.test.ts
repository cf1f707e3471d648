import { describe, expect, it } from 'vitest';
import { partsOf } from '../../test/support/diagnose-noted.ts';
import type { Verdict } from '../model/diagnosis.ts';
import { judge } from './verdict.ts';

const HEAD = {
  bias: 0.5,
  weights: {
    'cut-off': 1,
    'gives-up': 1.5,
    'checked-end-pass': -2,
    'says-success': -1,
    'failed-share': 0.02,
  },
  accuse: 0.9,
  acquit: 0.2,
};

function verdictOf(text: string, topShare = 0): Verdict {
  const { context, table, anchors } = partsOf(text);
  return judge(context, table, anchors, { topShare, head: HEAD });
}

const GOOD = `
  cwd: /app
  1 > echo 1 > src/a.py
  2 > python src/a.py
  fine
  3 > echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT
`;

describe('judge', () => {
  it('believes a known outcome, and is the surer the clearer the onset', () => {
    expect(verdictOf('outcome: solved\n1 > ls\nsrc')).toMatchObject({
      kind: 'no-decisive-failure',
      value: 0.95,
      failure: 0.02,
    });
    const failed = 'outcome: failed\n1 > ls\nsrc';
    expect(verdictOf(failed, 0)).toMatchObject({
      kind: 'decisive-failure',
      value: 0.55,
      band: 'low',
      failure: 0.98,
    });
    expect(verdictOf(failed, 0.25)).toMatchObject({ value: 0.75, band: 'medium' });
    expect(verdictOf(failed, 1)).toMatchObject({ value: 0.95, band: 'high' });
  });

  it('does not believe the agent’s own claim of success', () => {
    const { kind, failure, why } = verdictOf(GOOD);
    expect(verdictOf(GOOD.replace('cwd', 'claims: solved\n  cwd'))).toMatchObject({ kind, failure, why });
  });

  it('blames the surroundings for a failed run, not for a solved one', () => {
    const fault = 'exception: harness no container\n1 > ls\nsrc';
    expect(verdictOf(`outcome: failed\n${fault}`)).toMatchObject({
      kind: 'infrastructure-failure',
      why: 'the surroundings failed: no container',
      failure: 0.98,
    });
    expect(verdictOf(`outcome: solved\n${fault}`).kind).toBe('no-decisive-failure');
    expect(verdictOf('1 !pending ls')).toMatchObject({
      kind: 'infrastructure-failure',
      why: 'no call was ever answered',
    });
  });

  it('accuses by facts, the most telling first, each with its quote', () => {
    const verdict = verdictOf(`
      1 ~ The network is not available.
      1 > ls
      src
      2 !pending make
    `);
    // 0.5 + 1 + 1.5
    expect(verdict).toMatchObject({ kind: 'decisive-failure', failure: 0.953, value: 0.953 });
    expect(verdict.why).toBe('an obstacle was taken as final; its last call was never answered');
    expect(verdict.reasons.map(({ name, weight }) => [name, weight])).toEqual([
      ['gives-up', 1.5],
      ['cut-off', 1],
    ]);
    expect(verdict.reasons[0]?.evidence[0]).toMatchObject({
      step: '1',
      quote: 'The network is not available.',
    });
  });

  it('acquits by what speaks for success', () => {
    // 0.5 - 2
    expect(verdictOf(GOOD)).toMatchObject({
      kind: 'no-decisive-failure',
      failure: 0.182,
      value: 0.818,
      why: 'the last check after the last change passed',
    });
  });

  it('abstains between its thresholds and leaves out what hardly counts', () => {
    const verdict = verdictOf('1 ! make\nerror: no rule\n2 > ls\nsrc');
    expect(verdict).toMatchObject({ kind: 'undecided', reasons: [] });
    expect(verdict.why).toBe('little speaks for or against a failure');
  });

  it('has nothing to say of a run without steps', () => {
    expect(verdictOf('outcome: failed')).toMatchObject({ kind: 'undecided', value: 0.3, band: 'low' });
    expect(verdictOf('task: none')).toMatchObject({ kind: 'undecided', value: 0.2, failure: 0.5 });
  });
});
