import { describe, expect, it } from 'vitest';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { ThreadBuilder } from '../../model/thread-builder.ts';
import { CallsById } from './calls-by-id.ts';

const place = { artifact: 'a' };

function open() {
  const log = new DiagnosticLog();
  const thread = new ThreadBuilder();
  const calls = new CallsById(log);
  const add = (action: string, id?: string): PendingStep => {
    const step = thread.call({ tool: 't', action, place });
    calls.add(id, step, place);
    return step;
  };
  const answer = (id?: string): string | undefined => {
    const step = calls.take(id);
    if (step) thread.result(step, { observation: 'x' });
    return step?.facts.action;
  };
  return { thread, calls, add, answer, codes: () => log.list().map(({ code }) => code) };
}

describe('open calls', () => {
  it('answers by id, whatever the order', () => {
    const { thread, add, answer, codes } = open();
    thread.beginTurn();
    add('a', '1');
    add('b', '2');
    expect([answer('2'), answer('1'), answer('1'), answer('3')]).toEqual(['b', 'a', undefined, undefined]);
    expect(codes()).toEqual([]);
  });

  it('answers an id that comes again: the latest turn first, there in order', () => {
    const { thread, add, answer, codes } = open();
    thread.beginTurn();
    add('old', '1');
    thread.beginTurn();
    add('first', '1');
    add('second', '1');
    expect([answer('1'), answer('1'), answer('1')]).toEqual(['first', 'second', 'old']);
    expect(codes()).toEqual(['reused-call-id']);
  });

  it('answers without ids in order, in the latest turn only', () => {
    const { thread, add, answer } = open();
    thread.beginTurn();
    add('lost');
    thread.beginTurn();
    add('a');
    add('b', '2');
    add('c');
    expect([answer('2'), answer(), answer(), answer()]).toEqual(['b', 'a', 'c', undefined]);
  });

  it('finds the latest call of an id, answered or not', () => {
    const { thread, calls, add, answer } = open();
    thread.beginTurn();
    const step = add('a', '1');
    answer('1');
    expect(calls.find('1')).toBe(step);
    expect(calls.find('2')).toBeUndefined();
  });
});
