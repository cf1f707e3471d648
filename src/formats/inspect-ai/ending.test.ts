import { describe, expect, it } from 'vitest';
import { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { Attachments } from './attachments.ts';
import { classifyError, classifyLimit, readEnding, readScore } from './ending.ts';

const place = (pointer: string): SourceRef => ({ artifact: 'log.json', pointer });
const none = new Attachments({});

describe('readScore', () => {
  it.each([
    ['C', 'solved', 1],
    ['I', 'failed', 0],
    ['N', 'failed', 0],
    ['P', 'unknown', 0.5],
    [true, 'solved', 1],
    ['no', 'failed', 0],
    ['0.25', 'unknown', 0.25],
    [7.5, 'unknown', 7.5],
    ['excellent', 'unknown', undefined],
    [{ a: 1 }, 'unknown', undefined],
  ])('takes %j for %s', (value, says, score) => {
    const signal = readScore('judge', { value }, none, place(''));
    expect([signal.says, signal.score]).toEqual([says, score]);
  });

  it('resolves a long answer', () => {
    const attachments = new Attachments({ attachments: { x: 'the long answer' } });
    expect(readScore('s', { value: 'C', answer: 'attachment://x' }, attachments, place('')).detail).toBe(
      'C; answer: the long answer',
    );
  });
});

describe('readEnding', () => {
  it('tells error and limit where no event told them, each with its place', () => {
    const run = new RunBuilder({ format: 'inspect-ai', path: 'log.json' });
    const sample = {
      score: { value: 'I' },
      error: { message: 'Error code: 529 overloaded' },
      limit: { type: 'token', limit: 5000 },
    };
    readEnding(run, sample, none, place);
    expect(run.exceptions).toMatchObject([
      { kind: 'api', place: { pointer: '/error/message' } },
      { kind: 'limit', message: 'token limit of 5000 reached', quote: '', place: { pointer: '/limit' } },
    ]);
    expect(run.exitStatus).toBe('error');
    expect(run.outcomeSignals).toMatchObject([{ source: 'score', place: { pointer: '/score/value' } }]);
  });
});

describe('what ended a sample', () => {
  it.each([
    ['message', 'limit'],
    ['token', 'limit'],
    ['time', 'timeout'],
    ['working', 'timeout'],
    ['operator', 'harness'],
  ])('a limit of the kind %s is %s', (type, kind) => expect(classifyLimit(type)).toBe(kind));

  it.each([
    ['APIStatusError: Error code: 500', 'api'],
    ['rate limit exceeded', 'api'],
    ['Sandbox command timed out', 'timeout'],
    ['container exited with 137', 'harness'],
  ])('an error %j is %s', (message, kind) => expect(classifyError(message)).toBe(kind));
});
