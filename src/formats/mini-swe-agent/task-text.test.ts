import { expect, it } from 'vitest';
import { readTaskText } from './task-text.ts';

it.each([
  ['<t>\nFix it {now}\n</t>\nGo.', '<t>\n{{task}}\n</t>\nGo.\n', 'Fix it {now}'],
  ['Do: Fix it', 'Do: {{ task }}', 'Fix it'],
  // A template with other expressions before the task can't be compared word for word.
  ['linux <pr_description>\nFix it\n</pr_description>', '{{os}} {{task}}', 'Fix it'],
  [
    '<pr_description>\nConsider the following PR description:\nFix it\n</pr_description>\nGo.',
    undefined,
    'Fix it',
  ],
  [
    'Please solve this issue: Fix it\n\nYou can execute bash commands and edit files to implement the necessary changes.\n\nGo.',
    undefined,
    'Fix it',
  ],
  ['Just fix it.', 7, 'Just fix it.'],
])('%j with template %j asks for %j', (prompt, template, task) => {
  expect(readTaskText(prompt, template)).toBe(task);
});
