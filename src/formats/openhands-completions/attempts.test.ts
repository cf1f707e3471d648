import { describe, expect, it } from 'vitest';
import { type CallRecord, fullestView, splitAttempts } from './attempts.ts';

const call = (path: string, shown: number, opening?: string, rest: Partial<CallRecord> = {}): CallRecord => ({
  path,
  shown,
  length: 2 + 2 * shown,
  tail: [],
  answer: [],
  opening,
  hasSystem: true,
  hasTools: true,
  ...rest,
});
const paths = (records: readonly CallRecord[]): string => records.map(({ path }) => path).join('');

function outline(...records: CallRecord[]): [calls: string, helpers: string][] {
  return splitAttempts(records).map(({ calls, helpers }) => [paths(calls), paths(helpers)]);
}

describe('splitAttempts', () => {
  it('begins an attempt where the history starts anew', () => {
    expect(outline(call('a', 0, 'task'), call('b', 1), call('c', 0, 'task'), call('d', 1))).toEqual([
      ['ab', ''],
      ['cd', ''],
    ]);
  });

  it('takes a request that was sent again for the same attempt', () => {
    expect(outline(call('a', 0, 'task'), call('b', 0, 'task'), call('c', 1))).toEqual([['abc', '']]);
  });

  it('takes another task for another attempt', () => {
    expect(outline(call('a', 0, 'task'), call('b', 0, 'other'))).toEqual([
      ['a', ''],
      ['b', ''],
    ]);
  });

  it('takes a history that was condensed to its task and a summary for the same attempt', () => {
    expect(outline(call('a', 0, 'task'), call('b', 1), call('c', 0, 'task\nsummary'))).toEqual([['abc', '']]);
  });

  it('keeps calls of helpers apart', () => {
    const condenser = call('h', 0, 'Summarize.', { hasSystem: false, hasTools: false });
    expect(outline(call('a', 0, 'task'), condenser, call('b', 1))).toEqual([['ab', 'h']]);
  });

  it('knows no helpers where the agent itself has no system prompt', () => {
    const bare = { hasSystem: false, hasTools: false };
    expect(outline(call('a', 0, 'task', bare), call('b', 1, undefined, bare))).toEqual([['ab', '']]);
  });
});

describe('fullestView', () => {
  it('is the latest of those that show the most', () => {
    expect(fullestView([call('a', 0), call('b', 3), call('c', 3), call('d', 1)])?.path).toBe('c');
    expect(fullestView([])).toBeUndefined();
  });
});
