import { expect, it } from 'vitest';
import { readHeader } from './read-answers.ts';
import { readResultFacts } from './result-facts.ts';

it.each([
  [
    'execute_command',
    "Command executed in terminal within working directory '/a b'. Exit code: 0\nOutput:\nx",
    { status: 'ok', exitCode: 0, recordedCwd: '/a b' },
  ],
  [
    'execute_command',
    "Command executed in terminal  within working directory '/a'. Exit code: 2\nOutput:\n",
    { status: 'error', exitCode: 2, recordedCwd: '/a' },
  ],
  [
    'execute_command',
    'Command failed with exit code 127.\nOutput:\nno such',
    { status: 'error', exitCode: 127 },
  ],
  ['execute_command', 'Command executed.\nOutput:\nexit code 3 is printed here', { status: 'unknown' }],
  ['execute_command', "Command is still running in the user's terminal.", { status: 'unknown' }],
  [
    'read_file',
    'The tool execution failed with the following error:\n<error>\nno\n</error>',
    { status: 'error' },
  ],
  ['read_file', 'The user denied this operation.', { status: 'rejected' }],
  [
    'read_file',
    'Tool [read_file] was not executed because a tool has already been used',
    { status: 'rejected' },
  ],
  ['write_to_file', 'Error writing file: denied', { status: 'error' }],
  ['list_files', 'Command executed. Exit code: 4', { status: 'ok' }],
])('%s: %s', (tool, text, facts) => {
  expect(readResultFacts(tool, text, false)).toEqual(facts);
});

it('a block that says it failed did', () => {
  expect(readResultFacts('read_file', 'nothing', true)).toEqual({ status: 'error' });
});

it.each([
  ["[read_file for 'a.ts'] Result:", { tool: 'read_file', head: "[read_file for 'a.ts'] Result:", rest: '' }],
  [
    '[attempt_completion] Result:\nfine',
    { tool: 'attempt_completion', head: '[attempt_completion] Result:', rest: 'fine' },
  ],
  [
    "[execute_command for 'a\nb'] Result:\n\nout",
    { tool: 'execute_command', head: "[execute_command for 'a\nb'] Result:", rest: '\nout' },
  ],
  ['[ERROR] You did not', undefined],
  ['[\n {"a": 1}]', undefined],
  ['[note] nothing', undefined],
])('a header: %j', (text, header) => {
  expect(readHeader(text)).toEqual(header);
});
