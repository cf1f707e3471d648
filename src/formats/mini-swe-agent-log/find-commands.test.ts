import { expect, it } from 'vitest';
import { findCommands } from './find-commands.ts';
import type { Reply, Segment } from './split-segment.ts';

const reply = (role: Reply['role']): Reply => ({ role, lines: [] });
const segment = (...roles: Reply['role'][]): Segment => ({ assistant: [], replies: roles.map(reply) });
const contents = (text: string, answered: Segment) =>
  findCommands(text, answered).map(({ content }) => content);

it.each([
  ['```bash\nls\n```', ['User'], ['ls']],
  ['```bash\nls\n```\n```bash\npwd\n```', ['User'], []],
  ['```\nls\n```', ['User'], []],
  ['```\nls\n```', ['Tool'], ['ls']],
  ['```\nls\n```\n\n```\npwd\n```', ['Tool', 'Tool'], ['ls', 'pwd']],
  ['See:\n\n```python\nx = 1\n```\n\n```\nls\n```', ['Tool'], ['ls']],
  ['Was:\n```\nold\n```\n\n```\necho COMPLETE\n```', ['Exit'], ['echo COMPLETE']],
  // A command that writes a text with fences.
  ['```\ncat > a.md <<E\n```sh\nls\n```\nE\n```', ['Tool'], ['cat > a.md <<E\n```sh\nls\n```\nE']],
  ['No fence.', ['Tool'], []],
  ['', [], []],
] as const)('%j answered by %j runs %j', (text, roles, commands) => {
  expect(contents(text, segment(...roles))).toEqual(commands);
});
