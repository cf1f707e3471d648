import { expect, it } from 'vitest';
import { readObservation } from './observation.ts';

it.each([
  ['<returncode>0</returncode>\n<output>\n</output>', 'ok', 0],
  ['<returncode>-9</returncode>\n<output>\n</output>', 'error', -9],
  ['{"returncode": 2, "output": "no"}', 'error', 2],
  ["Observation: {'output': 'a', 'returncode': 0}", 'ok', 0],
  ['<exception>x timed out after 60 seconds</exception>\n<returncode>-1</returncode>', 'timeout', -1],
  ['<exception>no such container</exception>\n<returncode>-1</returncode>', 'error', -1],
  ['The last command <command>vi</command> timed out and has been killed.', 'timeout', undefined],
  ['Command not executed. The user rejected your command', 'rejected', undefined],
  ['free text with <returncode>0</returncode> inside', 'unknown', undefined],
  ['', 'unknown', undefined],
])('%j ends as %s with %s', (text, status, exitCode) => {
  const facts = readObservation(text);
  expect([facts.status, facts.exitCode]).toEqual([status, exitCode]);
  expect(facts.recognized).toBe(status !== 'unknown');
});

it('what is recorded beside the text comes first', () => {
  expect(readObservation('made up', { exitCode: 3 })).toMatchObject({ status: 'error', exitCode: 3 });
  const padding = readObservation('', { exitCode: -1, exception: 'action was not executed' });
  expect(padding.status).toBe('rejected');
});
