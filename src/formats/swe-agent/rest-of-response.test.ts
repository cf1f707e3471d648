import { expect, it } from 'vitest';
import { restOfResponse } from './rest-of-response.ts';

it.each([
  ['Look.\n```\nls\n```', 'Look.\n', 'ls\n', []],
  ['Look.\n<command>\nls\n</command>', 'Look.', 'ls', []],
  ['I submit.', 'I submit.', 'submit', []],
  ['', 'a', 'b', []],
  ['Look.\n```\nls\n```\nThen I go on.', 'Look.', 'ls', ['Then I go on.']],
  ['ls will do.\n```\nls\n```', 'ls will do.', 'ls', []],
  // The parsers glue the text on both sides of the action together as the thought.
  ['Before.\n```\nls\n```\nAfter.', 'Before.\n\nAfter.', 'ls', []],
  ['All of this is lost', '', '', ['All of this is lost']],
])('%j without thought %j and action %j leaves %j', (response, thought, action, rest) => {
  expect(restOfResponse(response, thought, action)).toEqual(rest);
});
