import { describe, expect, it } from 'vitest';
import { readFailureMessages } from './failure-messages.ts';

describe('readFailureMessages', () => {
  it('reads the messages from a padded screen, by the short names of the tests', () => {
    const screen = [
      '=================== FAILURES ===================     ',
      '____________________ test_a ____________________     ',
      '',
      '>       assert f() == 2',
      'E       AssertionError: no',
      '',
      'tests/test_x.py:3: AssertionError',
      '_________________ test_b[1-2] _________________',
      'E       KeyError: 1',
      '',
      'tests/test_x.py:9: KeyError',
      '=========== short test summary info ===========',
      'FAILED tests/test_x.py::test_a - AssertionError: no',
      'FAILED tests/test_x.py::test_b[1-2] - KeyError: 1',
      '========= 2 failed, 1 passed in 0.10s =========',
    ];
    const messages = readFailureMessages(screen.map((line) => line.padEnd(60)).join('\r\n'));
    expect([...messages.keys()]).toEqual(['test_a', 'test_b[1-2]']);
    expect(messages.get('test_a')).toContain('AssertionError: no');
    expect(messages.get('test_b[1-2]')).toContain('KeyError: 1');
  });

  it('finds nothing on other screens', () => {
    expect(readFailureMessages('E   x\n$ ls\n___ \n').size).toBe(0);
    expect(readFailureMessages('').size).toBe(0);
  });
});
