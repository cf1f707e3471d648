import { describe, expect, it } from 'vitest';
import { readFailureMessages } from './failure-messages.ts';

describe('readFailureMessages', () => {
  it('takes the E lines below the heading of each test', () => {
    const screen = [
      '=========== FAILURES ===========      ',
      '_____ test_a _____          ',
      '>   assert f() == 2',
      'E   AssertionError: no',
      'E     more        ',
      'E',
      '_______ TestX.test_b[1-2] _______',
      'E   KeyError: 1',
      '_____ ERROR at setup of test_c _____',
      "E   fixture 'x' not found",
      '======= short test summary info =======',
      'E   not of a test',
    ].join('\r\n');
    expect([...readFailureMessages(screen)]).toEqual([
      ['test_a', 'AssertionError: no\nmore\n'],
      ['TestX.test_b[1-2]', 'KeyError: 1'],
      ['test_c', "fixture 'x' not found"],
    ]);
  });

  it('finds nothing on other screens', () => {
    expect(readFailureMessages('E   x\n$ ls\n___ \n').size).toBe(0);
    expect(readFailureMessages('').size).toBe(0);
  });
});
