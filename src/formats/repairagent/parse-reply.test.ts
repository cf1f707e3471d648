import { expect, it } from 'vitest';
import { parseReply } from './parse-reply.ts';
import { readBugId, readCreation, readGoals } from './schema.ts';

it.each([
  [
    '{"thoughts": "t", "command": {"name": "run_tests", "args": {"name": "Ink"}}}',
    { thoughts: 't', tool: 'run_tests', args: { name: 'Ink' }, around: '' },
  ],
  [
    'So:\n```json\n{"command": {"name": "a", "args": {"x": 1,},},}\n```',
    { thoughts: undefined, tool: 'a', args: { x: 1 }, around: 'So:' },
  ],
  [
    '{"thoughts": {"text": "t", "plan": ["p"]}, "command": {"name": "a"}}',
    { thoughts: 'text: t\nplan: ["p"]', tool: 'a', args: {}, around: '' },
  ],
  ['{"thoughts": "only"}', { thoughts: 'only', tool: undefined, args: {}, around: '' }],
  ['{"other": 1}', undefined],
  ['no JSON', undefined],
  ['{ broken', undefined],
])('a reply: %s', (text, reply) => {
  expect(parseReply(text)).toEqual(reply);
});

it('reads bug, goals and time of creation', () => {
  const goals = '## Goals\n1. Find it within the project Csv and bug index 4.\n## Current state\nx';
  expect(readBugId(goals)).toBe('Csv_4');
  expect(readGoals(goals)).toBe('## Goals\n1. Find it within the project Csv and bug index 4.');
  expect(readBugId('no bug')).toBeUndefined();
  expect(readCreation('20240517_142614_Csv_4')).toBe('2024-05-17T14:26:14Z');
  expect(readCreation('Csv_4')).toBeUndefined();
});
