import { describe, expect, it } from 'vitest';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { ThreadBuilder } from '../../model/thread-builder.ts';
import { OpenCalls } from './open-calls.ts';

function start() {
  const log = new DiagnosticLog();
  const thread = new ThreadBuilder();
  const calls = new OpenCalls(log);
  const message = (...ids: readonly (string | undefined)[]) => {
    calls.nextMessage();
    thread.beginTurn();
    return ids.map((id) => {
      const step = thread.call({ tool: 'Bash', action: id ?? '', place: { artifact: 'a' } });
      calls.add(id, step);
      return step;
    });
  };
  const answer = (id: string | undefined) => {
    const step = calls.take(id);
    if (step) thread.result(step, { observation: 'x' });
    return step;
  };
  return {
    message,
    answer,
    calls,
    codes: () => log.list().map(({ code, count }) => `${code} ${count ?? 1}`),
  };
}

describe('OpenCalls', () => {
  it('gives up the calls of a message that got no answer before the next one', () => {
    const { message, answer, codes } = start();
    const [a, b] = message('1', '2');
    const [again] = message('1');
    expect([a?.dropped, b?.dropped]).toEqual([true, true]);
    expect(answer('1')).toBe(again);
    expect(codes()).toEqual(['abandoned-call 2']);
  });

  it('keeps the calls of a message that got any answer, and of one that a prompt followed', () => {
    const { message, answer, calls } = start();
    const [a, b] = message('1', '2');
    answer('1');
    const [c] = message('3');
    calls.prompted();
    message('4');
    expect([a?.dropped, b?.dropped, c?.dropped]).toEqual([false, false, false]);
  });

  it('takes a call back into the run when its result comes late', () => {
    const { message, answer } = start();
    const [a] = message('1');
    message('2');
    expect(answer('1')).toBe(a);
    expect(a?.dropped).toBe(false);
  });

  it('joins calls that share an id by position, the latest message first', () => {
    const { message, answer, codes } = start();
    const [a] = message('1');
    answer('1');
    const [b, c] = message('1', '1');
    expect([answer('1'), answer('1'), answer('1')]).toEqual([b, c, undefined]);
    expect(a).not.toBe(b);
    expect(codes()).toEqual(['reused-call-id 2']);
  });

  it('joins calls without ids in order', () => {
    const { message, answer } = start();
    const [a, b] = message(undefined, undefined);
    expect([answer(undefined), answer(undefined), answer(undefined)]).toEqual([a, b, undefined]);
  });
});
