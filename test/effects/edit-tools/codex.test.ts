import type { EditCase } from '../../support/edit-case.ts';
import { checkCases } from './check-cases.ts';

const DONE = 'Success. Updated the following files:\nM f.py';

function patch(
  rule: string,
  before: string | null,
  lines: readonly string[],
  after: EditCase['after'],
  more: Partial<EditCase> = {},
): EditCase {
  const input = ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');
  return { tool: 'apply_patch', rule, before, call: { input }, answer: DONE, after, ...more };
}

const UPDATE = '*** Update File: f.py';

checkCases('Codex', [
  patch('adds a file, each line with its end', null, ['*** Add File: f.py', '+a', '+b'], {
    content: 'a\nb\n',
  }),
  patch('deletes a file', 'a\n', ['*** Delete File: f.py'], 'gone'),
  patch('updates lines between others', 'a\nb\nc\n', [UPDATE, '@@', ' a', '-b', '+x', ' c'], {
    content: 'a\nx\nc\n',
  }),
  patch('the first hunk needs no mark', 'a\nb\n', [UPDATE, '-a', '+x'], { content: 'x\nb\n' }),
  patch('several hunks, from the top', 'a\nb\nc\nd\n', [UPDATE, '@@', '-a', '+x', '@@', '-d', '+y', '+z'], {
    content: 'x\nb\nc\ny\nz\n',
  }),
  patch(
    'a hunk that fits twice takes the first place behind the one before',
    'a\nk\nb\nk\nk\n',
    [UPDATE, '@@', ' b', '@@', '-k', '+x'],
    { content: 'a\nk\nb\nx\nk\n' },
  ),
  patch('a hunk that fits twice takes the first place', 'k\nk\n', [UPDATE, '@@', '-k', '+x'], {
    content: 'x\nk\n',
  }),
  patch(
    '@@ names a line above the hunk',
    'def a():\n  return 1\ndef b():\n  return 1\n',
    [UPDATE, '@@ def b():', '-  return 1', '+  return 2'],
    { content: 'def a():\n  return 1\ndef b():\n  return 2\n' },
  ),
  patch(
    'the line above need not have its blanks',
    'class A:\n  def b():\n    return 1\n',
    [UPDATE, '@@ def b():', '-    return 1', '+    return 2'],
    { content: 'class A:\n  def b():\n    return 2\n' },
  ),
  patch('a line is a whole line', 'max = 1\nx = 1\n', [UPDATE, '@@', '-x = 1', '+x = 2'], {
    content: 'max = 1\nx = 2\n',
  }),
  patch('blanks at the ends of lines may differ', 'a  \nb\n', [UPDATE, '@@', '-a', '+x'], {
    content: 'x\nb\n',
  }),
  patch('an exact line counts before one that differs in blanks', '  a\nb\na\n', [UPDATE, '@@', '-a', '+x'], {
    content: '  a\nb\nx\n',
  }),
  patch(
    'the end of the file is the place of a hunk that says so',
    'k\nb\nk\n',
    [UPDATE, '@@', '-k', '+x', '*** End of File'],
    { content: 'k\nb\nx\n' },
  ),
  patch('lines can go', 'a\nb\nc\n', [UPDATE, '@@', ' a', '-b', '-c'], { content: 'a\n' }),
  patch(
    'lines without any old ones: tools put them in different places',
    'a\n',
    [UPDATE, '@@', '+x'],
    'unknown',
  ),
  patch('a last line that does not end: tools differ', 'a\nb', [UPDATE, '@@', '-a', '+x'], 'unknown'),
  patch('what does not fit says that we hold another file', 'a\n', [UPDATE, '@@', '-zz', '+x'], 'unknown'),
  patch(
    'moves a file and edits it',
    'a\nb\n',
    [UPDATE, '*** Move to: g.py', '@@', '-a', '+x'],
    {
      content: 'x\nb\n',
    },
    { path: '/app/g.py' },
  ),
  patch('the moved file is gone', 'a\nb\n', [UPDATE, '*** Move to: g.py', '@@', '-a', '+x'], 'gone'),
  patch('a patch that does not fit changes nothing', 'a\n', [UPDATE, '@@', '-zz', '+x'], 'unchanged', {
    answer: 'apply_patch verification failed: Failed to find expected lines in /app/f.py:\nzz',
  }),
  patch('a patch that was refused changes nothing', 'a\n', [UPDATE, '@@', '-a', '+x'], 'unchanged', {
    answer: 'patch rejected by user',
    fails: true,
  }),
  {
    tool: 'bash',
    rule: 'apply_patch in a shell',
    before: 'a\nb\n',
    call: "apply_patch <<'PATCH'\n*** Begin Patch\n*** Update File: f.py\n@@\n-a\n+x\n*** End Patch\nPATCH",
    answer: DONE,
    after: { content: 'x\nb\n' },
  },
]);
