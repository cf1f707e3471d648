import { expect, it } from 'vitest';
import { kindOfUserText, readSurroundings, taskOf } from './user-text.ts';

it.each([
  ['<task>\nDo it.\n</task>', 'user prompt'],
  ['[ERROR] You did not use a tool in your previous response!', 'environment format-error'],
  ['[TASK RESUMPTION] This task was interrupted.', 'environment notice'],
  ['[TASK RESUMPTION] It was interrupted.\n<user_message>\nGo on.\n</user_message>', 'user prompt'],
  ['[NOTE] Some previous conversation history with the user has been removed', 'environment compaction'],
  ['Tool [read_file] was not executed because a tool has already been used', 'environment notice'],
])('%s is a %s', (text, kind) => {
  const { role, kind: found } = kindOfUserText(text);
  expect(`${role} ${found}`).toBe(kind);
});

it('takes the tag off a task', () => {
  expect(taskOf('<task>\nDo it.\n</task>')).toBe('Do it.');
  expect(taskOf('<user_message>\nDo it.\n</user_message>\nmore')).toBe('Do it.');
  expect(taskOf(' plain ')).toBe('plain');
});

it.each([
  ['<environment_details>\n# Current Mode\nACT MODE\n</environment_details>', 'cline'],
  ['<environment_details>\n# Current Mode\n<slug>ask</slug>\n</environment_details>', 'roo-code'],
  ['<environment_details>\n# Current Mode\ncode\n</environment_details>', 'roo-code'],
  ['<environment_details>\n</environment_details>', undefined],
])('knows the agent by its mode: %j', (text, agent) => {
  expect(readSurroundings(text).agent).toBe(agent);
});
