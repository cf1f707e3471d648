import { expect, it } from 'vitest';
import { readElement, statusOfObservation } from './read-element.ts';

it('reads the state as an object and as JSON text', () => {
  expect(readElement({ state: { working_dir: '/a' } })?.cwd).toBe('/a');
  expect(readElement({ state: '{"open_file": "n/a", "working_dir": "/b"}\n' })?.cwd).toBe('/b');
  expect(readElement({ state: '{"working_dir": "n/a"}' })?.cwd).toBeUndefined();
  expect(readElement({ state: 'broken {' })?.cwd).toBeUndefined();
  expect(readElement('x')).toBeUndefined();
});

it.each([
  ['\nEXECUTION TIMED OUT', 'timeout'],
  ["The command 'sleep 99' was cancelled because it took more than 30 seconds.", 'timeout'],
  ["Operation 'vim' is not supported by this environment.", 'rejected'],
  ['\nEXECUTION FAILED OR COMMAND MALFORMED', 'error'],
  ['Your proposed edit has introduced new syntax error(s).', 'error'],
  ['EXECUTION of 3 tests', 'unknown'],
  ['', 'unknown'],
])('%j ends as %s', (observation, status) => {
  expect(statusOfObservation(observation)).toBe(status);
});
