import { describe, expect, it } from 'vitest';
import { readAction } from './action.ts';
import { readTextActions } from './text-action.ts';

describe('readAction', () => {
  it.each([
    ['Bash', { command: 'ls -la', description: 'List' }, 'ls -la'],
    ['shell', { command: ['bash', '-lc', 'cd x && make'] }, 'cd x && make'],
    ['shell', { command: ['git', 'commit', '-m', "it's done"] }, "git commit -m 'it'\\''s done'"],
    ['exec_command', { cmd: 'pwd' }, 'pwd'],
    ['bash_command', { keystrokes: '', duration: 1 }, ''],
    ['str_replace_editor', { command: 'view', path: 'a' }, 'str_replace_editor\ncommand: view\npath: a'],
    ['Bash', { text: 'no command' }, 'Bash\ntext: no command'],
    ['mark_task_complete', {}, 'mark_task_complete'],
  ])('%s %j', (tool, args, action) => {
    expect(readAction({ function_name: tool, arguments: args }).action).toBe(action);
  });
});

describe('readTextActions', () => {
  it("reads OpenHands' function tags", () => {
    const found = readTextActions(
      'First a look.\n<function=execute_bash>\n<parameter=command>\ncat <<E\nx\nE\n</parameter>\n</function>',
    );
    expect(found).toEqual({
      thoughts: ['First a look.'],
      actions: [{ tool: 'execute_bash', action: 'cat <<E\nx\nE', args: { command: 'cat <<E\nx\nE' } }],
    });
  });

  it('leaves plain text alone', () => {
    expect(readTextActions('I ran two commands and saw <nothing>.')).toBeUndefined();
    expect(readTextActions('<function=')).toBeUndefined();
  });
});
