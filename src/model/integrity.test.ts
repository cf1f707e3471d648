import { describe, expect, it } from 'vitest';
import type { RunId, StepId } from './ids.ts';
import { checkIntegrity } from './integrity.ts';
import type { Run } from './run.ts';
import { RunBuilder } from './run-builder.ts';
import type { Step } from './step.ts';

const place = { artifact: 'a' };

function soundRun(): Run {
  const made = new RunBuilder({ format: 'atif', path: 'a' });
  made.message({ role: 'user', kind: 'prompt', text: 'go', place });
  for (const action of ['one', 'two', 'three']) {
    made.beginTurn();
    made.result(made.call({ tool: 'bash', action, place }), { observation: action });
  }
  const branch = made.branch(made.calls[0]);
  branch.beginTurn();
  branch.result(branch.call({ tool: 'bash', action: 'below', place }), { observation: '' });
  return made.build('r' as RunId);
}

function withStep(run: Run, index: number, change: Partial<Step>): Run {
  return { ...run, steps: run.steps.map((step, at) => (at === index ? { ...step, ...change } : step)) };
}

describe('checkIntegrity', () => {
  const run = soundRun();

  it('finds nothing in a sound run', () => {
    expect(checkIntegrity(run)).toEqual([]);
  });

  it.each<[string, Run, string]>([
    ['a gap', withStep(run, 1, { id: '5' as StepId }), 'step 5 stands where 2 belongs'],
    ['a doubled id', withStep(run, 1, { id: '1' as StepId }), 'two steps are called 1'],
    ['a wrong ordinal', withStep(run, 2, { ordinal: 7 }), 'step 3 has ordinal 7'],
    ['turns that go back', withStep(run, 1, { turn: 9 }), 'step 3 goes back to turn 3'],
    ['a group of one', withStep(run, 0, { parallelGroup: 1 }), 'step 1: wrong parallel group'],
    [
      'a pending step with a result',
      withStep(run, 0, { status: 'pending' }),
      'step 1 is pending with a result',
    ],
    [
      'a branch without its parent',
      { ...run, branches: run.branches.map((branch) => ({ ...branch, parent: '8' as StepId })) },
      'no step 8 for a branch',
    ],
    [
      'a message before a missing step',
      { ...run, messages: run.messages.map((message) => ({ ...message, before: '44' as StepId })) },
      'a message stands before step 44, which is not there',
    ],
  ])('catches %s', (_name, faulty, sentence) => {
    expect(checkIntegrity(faulty)).toContain(sentence);
  });

  it('catches a missing group in a turn of two calls', () => {
    const faulty = withStep(run, 1, { turn: 1 });
    expect(checkIntegrity(faulty)).toEqual(['step 1: wrong parallel group', 'step 2: wrong parallel group']);
  });
});
