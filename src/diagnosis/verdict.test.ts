import { describe, expect, it } from 'vitest';
import { partsOf } from '../../test/support/diagnose-noted.ts';
import type { Verdict } from '../model/diagnosis.ts';
import { judge } from './verdict.ts';

function verdictOf(text: string, topShare = 0): Verdict {
  const { context, table, anchors } = partsOf(text);
  return judge(context, table, anchors, { topShare });
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
    expect(verdictOf(GOOD.replace('cwd', 'claims: solved\n  cwd'))).toEqual(verdictOf(GOOD));
  });

  it('blames the surroundings for a failed run, not for a solved one', () => {
    const fault = 'exception: harness no container\n1 > ls\nsrc';
    expect(verdictOf(`outcome: failed\n${fault}`)).toMatchObject({
      kind: 'infrastructure-failure',
      why: 'the surroundings failed: no container',
    });
    expect(verdictOf(`outcome: solved\n${fault}`).kind).toBe('no-decisive-failure');
    expect(verdictOf('1 !pending ls')).toMatchObject({
      kind: 'infrastructure-failure',
      why: 'no call was ever answered',
    });
  });

  it('accuses by behaviour when much speaks for a failure', () => {
    const verdict = verdictOf(`
      exception: timeout after 900 s
      1 ~ The network is not available.
      1 > ls
      src
      2 !pending make
    `);
    expect(verdict.kind).toBe('decisive-failure');
    expect(verdict.why).toBe(
      'a limit or an exception ended the run; the run was cut off; an obstacle was taken as final',
    );
  });

  it('acquits, without much certainty, a run that was handed in after a passing check', () => {
    expect(verdictOf(GOOD)).toMatchObject({
      kind: 'no-decisive-failure',
      value: 0.75,
      band: 'medium',
      why: 'the work was handed in; the last check passed',
    });
  });

  it('has nothing to say of a run without steps', () => {
    expect(verdictOf('outcome: failed')).toMatchObject({ kind: 'undecided', value: 0.3, band: 'low' });
    expect(verdictOf('task: none')).toMatchObject({ kind: 'undecided', value: 0.2, band: 'low' });
  });
});
