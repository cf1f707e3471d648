import { describe, expect, it } from 'vitest';
import type { RunId } from './ids.ts';
import { checkIntegrity } from './integrity.ts';
import type { Run } from './run.ts';
import { RunBuilder } from './run-builder.ts';
import type { PendingStep, ThreadBuilder } from './thread-builder.ts';

const place = { artifact: 'log.json' };

const builder = (): RunBuilder => new RunBuilder({ format: 'atif', path: 'log.json' });

function call(thread: ThreadBuilder, action: string, observation?: string): PendingStep {
  const step = thread.call({ tool: 'bash', action, place });
  if (observation !== undefined) thread.result(step, { observation, status: 'ok' });
  return step;
}

function build(made: RunBuilder): Run {
  const run = made.build('r-1' as RunId);
  expect(checkIntegrity(run)).toEqual([]);
  return run;
}

describe('RunBuilder', () => {
  it('numbers calls from 1, leaves dropped ones out and keeps their thoughts for the next step', () => {
    const made = builder();
    made.beginTurn();
    call(made, 'one', 'first');
    made.beginTurn();
    made.think('for the dropped call', { artifact: 'log.json', line: 2 });
    made.drop(call(made, 'never ran'));
    made.beginTurn();
    made.think('own thought', { artifact: 'log.json', line: 3 });
    call(made, 'two', 'second');
    const run = build(made);
    expect(run.steps.map(({ id, ordinal, action }) => [id, ordinal, action])).toEqual([
      ['1', 1, 'one'],
      ['2', 2, 'two'],
    ]);
    expect(run.steps[1]?.thought).toBe('for the dropped call\n\nown thought');
    expect(run.steps[1]?.thoughtRef).toEqual({ artifact: 'log.json', line: 2 });
  });

  it('keeps the thought of a last dropped call in the final message, with the parts apart', () => {
    const made = builder();
    made.beginTurn();
    call(made, 'one', 'ok');
    made.think('dropped thought', place);
    made.drop(call(made, 'never ran'));
    made.think('done', { artifact: 'log.json', line: 9 });
    const { finalMessage } = build(made);
    expect(finalMessage?.text).toBe('dropped thought\n\ndone');
    expect(finalMessage?.parts?.map(({ text }) => text)).toEqual(['dropped thought', 'done']);
  });

  it('groups calls of one turn, counting only those that ran', () => {
    const made = builder();
    made.beginTurn();
    call(made, 'a', '');
    call(made, 'b', '');
    made.beginTurn();
    call(made, 'c', '');
    made.drop(call(made, 'never ran'));
    expect(build(made).steps.map((step) => step.parallelGroup)).toEqual([1, 1, undefined]);
  });

  it('marks calls without a result as pending and says how many there are', () => {
    const made = builder();
    made.beginTurn();
    call(made, 'a', 'x');
    made.beginTurn();
    call(made, 'b');
    const run = build(made);
    expect(run.steps.map(({ status, observation }) => [status, observation])).toEqual([
      ['ok', 'x'],
      ['pending', undefined],
    ]);
    expect(run.diagnostics).toEqual([
      { code: 'unpaired-call', severity: 'info', message: '1 of 2 calls have no result' },
    ]);
  });

  it('appends a second result to the first and keeps the first place', () => {
    const made = builder();
    made.beginTurn();
    const step = made.call({ tool: 'bash', action: 'a', place });
    made.result(step, { observation: 'one', place: { artifact: 'x', line: 1 } });
    made.result(step, { observation: 'two', exitCode: 3, place: { artifact: 'x', line: 2 } });
    expect(build(made).steps[0]).toMatchObject({
      observation: 'one\ntwo',
      exitCode: 3,
      observationRef: { artifact: 'x', line: 1 },
    });
  });

  it('numbers two sub-agents of one call in one row, a nested one below, and an orphan apart', () => {
    const made = builder();
    made.beginTurn();
    const parent = call(made, 'delegate', 'done');
    const first = made.branch(parent, { name: 'first', prompt: 'look' });
    first.beginTurn();
    call(first, 'a', '');
    const inner = call(first, 'b', '');
    const second = made.branch(parent);
    second.beginTurn();
    call(second, 'c', '');
    second.think('found it', place);
    const nested = made.branch(inner);
    nested.beginTurn();
    call(nested, 'd', '');
    const orphan = made.branch(undefined);
    orphan.beginTurn();
    call(orphan, 'e', '');
    const run = build(made);
    expect(run.steps.map(({ id }) => id)).toEqual(['1']);
    expect(run.branches.map((branch) => [branch.parent, branch.steps.map(({ id }) => id)])).toEqual([
      ['1', ['1.1', '1.2']],
      ['1', ['1.3']],
      ['1.2', ['1.2.1']],
      [undefined, ['orphan.1']],
    ]);
    expect(run.branches[0]).toMatchObject({ name: 'first', prompt: 'look' });
    expect(run.branches[1]?.finalMessage).toBe('found it');
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['orphan-subagent']);
  });

  it('places messages before the next kept step, and after the last step before none', () => {
    const made = builder();
    const say = (text: string): void => made.message({ role: 'user', kind: 'prompt', text, place });
    say('start');
    made.beginTurn();
    made.drop(call(made, 'never ran'));
    say('after the dropped one');
    call(made, 'one', '');
    say('between');
    call(made, 'two', '');
    say('end');
    expect(build(made).messages.map(({ text, before }) => [text, before])).toEqual([
      ['start', '1'],
      ['after the dropped one', '1'],
      ['between', '2'],
      ['end', undefined],
    ]);
  });

  it('sums the usage of turns over branches, unless the whole was recorded', () => {
    const make = (): RunBuilder => {
      const made = builder();
      made.beginTurn({ inputTokens: 5, costUsd: 0.5 });
      const parent = call(made, 'a', '');
      call(made, 'b', '');
      made.reviseUsage({ inputTokens: 7, costUsd: 0.5 });
      const branch = made.branch(parent);
      branch.beginTurn({ inputTokens: 3, outputTokens: 2 });
      call(branch, 'c', '');
      return made;
    };
    const summed = build(make());
    expect(summed.usage).toEqual({ inputTokens: 10, outputTokens: 2, costUsd: 0.5 });
    expect(summed.steps[1]?.usage).toBeUndefined();
    const whole = make();
    whole.totalUsage = { inputTokens: 99 };
    expect(build(whole).usage).toEqual({ inputTokens: 99 });
  });

  it('is a run with a diagnostic when there is no step', () => {
    const run = build(builder());
    expect(run.steps).toEqual([]);
    expect(run.usage).toBeUndefined();
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['no-steps']);
  });

  it('lets a read artifact replace the same one listed as unread, not the other way round', () => {
    const made = builder();
    made.artifact({ path: 'a', use: 'unread' });
    made.artifact({ path: 'a', use: 'steps' });
    made.artifact({ path: 'a', use: 'unread' });
    expect(build(made).artifacts).toEqual([{ path: 'a', use: 'steps' }]);
  });
});
