import { describe, expect, it } from 'vitest';
import type { Millis, RunId } from './ids.ts';
import { checkIntegrity } from './integrity.ts';
import { HUGE_ARTIFACT, HUGE_KEEP_LIMITS, KeepBudget, type KeepLimits } from './keep-budget.ts';
import { RunBuilder } from './run-builder.ts';

const LIMITS: KeepLimits = { wholeText: 300, longText: 40, steps: 4 };

function build(turns: number, limits = LIMITS): RunBuilder {
  const run = new RunBuilder({ format: 'test', path: 'p' }, new KeepBudget(limits));
  for (let turn = 1; turn <= turns; turn++) {
    run.beginTurn({ outputTokens: 10 });
    run.think(`because ${turn}`, { artifact: 'a', line: turn });
    const text = `${turn} ${'x'.repeat(98)} end`;
    const step = run.call({
      tool: 'bash',
      action: `run ${turn}`,
      args: { command: `run ${turn}`, files: [{ content: text }] },
      place: { artifact: 'a', line: turn },
    });
    run.result(step, { observation: text, endedAt: turn as Millis });
    run.message({ role: 'user', kind: 'notice', text: `note ${turn}`, place: { artifact: 'a', line: turn } });
  }
  return run;
}

const ID = 'r' as RunId;

describe('what a run keeps', () => {
  it('is everything while it fits, the very texts that came in', () => {
    const run = build(4, { ...LIMITS, wholeText: 10_000 }).build(ID);
    expect(run.steps.map((step) => step.observation?.length)).toEqual([104, 104, 104, 104]);
    expect(run.diagnostics).toEqual([]);
    expect(run).not.toHaveProperty('stepCount');
  });

  it('is the beginning and the end of long texts once the total is spent, in arguments too', () => {
    const run = build(3).build(ID);
    const [first, , third] = run.steps;
    expect(first?.observation).toHaveLength(104);
    expect(third?.observation).toBe(
      `3 ${'x'.repeat(18)}\n[… 64 characters were not kept …]\n${'x'.repeat(16)} end`,
    );
    expect(third?.args).toEqual({
      command: 'run 3',
      files: [{ content: third?.observation }],
    });
    expect(third?.thought).toBe('because 3');
    expect(run.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['model-limit', '4 texts are kept by their beginning and end only, without 256 characters'],
    ]);
  });

  it('is the first steps; the others are counted, with their usage, and dropped ones are not', () => {
    const builder = build(6);
    builder.beginTurn({ outputTokens: 10 });
    const abandoned = builder.call({ tool: 'bash', action: 'a', place: { artifact: 'a' } });
    builder.reviseUsage({ outputTokens: 7 });
    builder.drop(abandoned);
    const run = builder.build(ID);
    expect([run.steps.length, run.stepCount]).toEqual([4, 6]);
    expect(run.usage).toEqual({ outputTokens: 67 });
    expect(run.messages.map(({ before }) => before)).toEqual(['2', '3', '4', undefined]);
    expect(run.endedAt).toBeUndefined();
    expect(run.diagnostics.map(({ message }) => message)).toEqual([
      'the run has 6 steps; the first 4 are kept and analysed, the others counted',
      expect.stringContaining('texts are kept by their beginning and end only'),
      '2 messages were counted and not kept',
    ]);
    expect(checkIntegrity(run)).toEqual([]);
    expect(checkIntegrity({ ...run, stepCount: 4 })).toEqual(['4 steps are counted where 4 are kept']);
  });

  it('counts a call again that was dropped and came back', () => {
    const builder = build(4);
    builder.beginTurn();
    const step = builder.call({ tool: 'bash', action: 'a', place: { artifact: 'a' } });
    step.dropped = true;
    step.dropped = false;
    builder.result(step, { observation: 'late' });
    expect(builder.build(ID).stepCount).toBe(5);
  });

  it('counts the steps of sub-agents apart, below a kept call and below a counted one', () => {
    const builder = build(3);
    builder.beginTurn();
    const kept = builder.call({ tool: 'Task', action: 'a', place: { artifact: 'a' } });
    const counted = builder.call({ tool: 'Task', action: 'b', place: { artifact: 'a' } });
    for (const parent of [kept, counted]) {
      const branch = builder.branch(parent);
      branch.beginTurn({ outputTokens: 1 });
      branch.call({ tool: 'bash', action: 'ls', place: { artifact: 'a' } });
    }
    const run = builder.build(ID);
    expect(run.branches.map(({ parent, steps, stepCount }) => [parent, steps.length, stepCount])).toEqual([
      ['4', 0, 1],
    ]);
    expect(run.stepCount).toBe(5);
    expect(run.usage?.outputTokens).toBe(32);
    expect(run.diagnostics.map(({ message }) => message)).toContain(
      '2 steps of sub-agents were counted and not kept',
    );
    expect(checkIntegrity(run)).toEqual([]);
  });

  it('never cuts between the halves of a surrogate pair', () => {
    const budget = new KeepBudget({ wholeText: 0, longText: 5, steps: 1 });
    expect(budget.keep('😀😀😀😀').isWellFormed()).toBe(true);
    expect(budget.keep('a😀😀😀😀').isWellFormed()).toBe(true);
  });

  it('is little from the start when the artifact is known to be huge', () => {
    const builder = new RunBuilder({ format: 'test', path: 'p' });
    builder.artifact({ path: 'a', size: HUGE_ARTIFACT as never, use: 'steps' });
    builder.beginTurn();
    for (let i = 0; i <= HUGE_KEEP_LIMITS.steps; i++) {
      builder.call({ tool: 'bash', action: 'a', place: { artifact: 'a' } });
    }
    const run = builder.build(ID);
    expect([run.steps.length, run.stepCount]).toEqual([HUGE_KEEP_LIMITS.steps, HUGE_KEEP_LIMITS.steps + 1]);
  });
});
