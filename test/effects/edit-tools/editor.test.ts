import { describe, expect, it } from 'vitest';
import type { EditCase } from '../../support/edit-case.ts';
import { EDITED, historyFrom, stateAfter, stepOf } from '../../support/edit-case.ts';
import { checkCases } from './check-cases.ts';

const path = EDITED;
const DONE = 'The file /app/f.py has been edited.';

/** The editor with a command argument, which OpenHands, SWE-agent and others share. */
checkCases('the editor with commands', [
  {
    tool: 'str_replace_editor',
    rule: 'create makes the file as it is given',
    before: null,
    call: { command: 'create', path, file_text: 'a = 1' },
    answer: 'File created successfully at: /app/f.py',
    after: { content: 'a = 1' },
  },
  {
    tool: 'str_replace_editor',
    rule: 'create does not write over a file',
    before: 'a = 1\n',
    call: { command: 'create', path, file_text: 'b\n' },
    answer:
      'ERROR:\nInvalid `path` parameter: /app/f.py. File already exists at: /app/f.py. Cannot overwrite files using command `create`.',
    after: 'unchanged',
  },
  {
    tool: 'str_replace_editor',
    rule: 'create does not write over a file, in the words of others',
    before: 'a = 1\n',
    call: { command: 'create', path, file_text: 'b\n' },
    answer: 'File already exists at: /app/f.py. Cannot overwrite files using command `create`.',
    after: 'unchanged',
  },
  {
    tool: 'str_replace_editor',
    rule: 'str_replace replaces the one place',
    before: 'a = 1\nb = 2\n',
    call: { command: 'str_replace', path, old_str: 'a = 1\n', new_str: 'a = 3\n' },
    answer: `${DONE} Here's the result of running \`cat -n\` on a snippet of /app/f.py:\n     1\ta = 3\n     2\tb = 2\nReview the changes.`,
    after: { content: 'a = 3\nb = 2\n' },
  },
  {
    tool: 'str_replace_editor',
    rule: 'str_replace without new text takes the old one out, and nothing else',
    before: 'a = 1\nb = 2\n',
    call: { command: 'str_replace', path, old_str: 'a = 1' },
    answer: DONE,
    after: { content: '\nb = 2\n' },
  },
  {
    tool: 'str_replace_editor',
    rule: 'str_replace of a text that is not there changes nothing',
    before: 'a = 1\n',
    call: { command: 'str_replace', path, old_str: 'b', new_str: 'c' },
    answer: 'No replacement was performed, old_str `b` did not appear verbatim in /app/f.py.',
    after: 'unchanged',
  },
  {
    tool: 'str_replace_editor',
    rule: 'str_replace of a text that is there twice changes nothing',
    before: 'a\na\n',
    call: { command: 'str_replace', path, old_str: 'a', new_str: 'c' },
    answer: 'No replacement was performed. Multiple occurrences of old_str `a` in lines [1, 2].',
    after: 'unchanged',
  },
  {
    tool: 'str_replace_editor',
    rule: 'str_replace in a file with tabs: some turn them into blanks',
    before: 'if a:\n\tb = 1\n',
    call: { command: 'str_replace', path, old_str: 'if a', new_str: 'if c' },
    answer: DONE,
    after: 'unknown',
  },
  {
    tool: 'str_replace_editor',
    rule: 'insert at 0 puts the text above the first line',
    before: 'a\nb\n',
    call: { command: 'insert', path, insert_line: 0, new_str: 'top' },
    answer: DONE,
    after: { content: 'top\na\nb\n' },
  },
  {
    tool: 'str_replace_editor',
    rule: 'insert puts the text behind the line',
    before: 'a\nb\n',
    call: { command: 'insert', path, insert_line: 1, new_str: 'x\ny' },
    answer: DONE,
    after: { content: 'a\nx\ny\nb\n' },
  },
  {
    tool: 'str_replace_editor',
    rule: 'insert at the end puts the text behind the last line',
    before: 'a\nb\n',
    call: { command: 'insert', path, insert_line: '2', new_str: 'last' },
    answer: DONE,
    after: { content: 'a\nb\nlast\n' },
  },
  {
    tool: 'str_replace_editor',
    rule: 'insert behind a last line that does not end: tools differ',
    before: 'a\nb',
    call: { command: 'insert', path, insert_line: 2, new_str: 'last' },
    answer: DONE,
    after: 'unknown',
  },
  {
    tool: 'str_replace_editor',
    rule: 'insert of a text that ends in a newline leaves a blank line',
    before: 'a\nb\n',
    call: { command: 'insert', path, insert_line: 1, new_str: 'x\n' },
    answer: DONE,
    after: { content: 'a\nx\n\nb\n' },
  },
  {
    tool: 'str_replace_editor',
    rule: 'insert behind the end changes nothing',
    before: 'a\n',
    call: { command: 'insert', path, insert_line: 9, new_str: 'x' },
    answer:
      'ERROR:\nInvalid `insert_line` parameter: 9. It should be within the range of allowed values: [0, 1]',
    after: 'unchanged',
  },
  {
    tool: 'str_replace_editor',
    rule: 'view_range shows lines and changes nothing',
    before: 'a\nb\n',
    call: { command: 'view', path, view_range: [2, 2] },
    answer: "Here's the result of running `cat -n` on /app/f.py:\n     2\tb\n",
    after: 'unchanged',
  },
  {
    tool: 'str_replace_based_edit_tool',
    rule: 'insert under the newer name of its text',
    before: 'a\n',
    call: { command: 'insert', path, insert_line: 1, insert_text: 'x' },
    answer: DONE,
    after: { content: 'a\nx\n' },
  },
  {
    tool: 'edit',
    rule: 'a range of lines that a model drafts: only the answer has the text',
    before: 'a\nb\n',
    call: { path, content: '# no changes before\nx', start: 1, end: 2 },
    answer: '[File /app/f.py edited with 1 changes.]',
    after: 'unknown',
  },
  {
    tool: 'edit',
    rule: 'an event with a command is the same editor',
    before: 'a\nb\n',
    call: { path, command: 'str_replace', old_str: 'a', new_str: 'c' },
    answer: DONE,
    after: { content: 'c\nb\n' },
  },
]);

const EDIT = { tool: 'str_replace_editor', answer: DONE, rule: '', after: 'unchanged' } as const;
const edit = (call: EditCase['call'], answer: string = DONE): EditCase => ({ ...EDIT, call, answer });
const undo = edit({ command: 'undo_edit', path }, 'Last edit to /app/f.py undone successfully.');
const replace = (old_str: string, new_str: string): EditCase =>
  edit({ command: 'str_replace', path, old_str, new_str });

function play(before: string, edits: readonly EditCase[]): ReturnType<typeof historyFrom> {
  const write = ['cwd: /app', `1 @Write ${JSON.stringify({ file_path: path, content: before })}`, 'Written.'];
  return historyFrom([...write, ...edits.flatMap((one, i) => stepOf(i + 2, one))]);
}

describe('undo_edit', () => {
  it('brings back the version before the last edit, and then the one before that', () => {
    const history = play('a\n', [replace('a', 'b'), replace('b', 'c'), undo, undo]);
    expect(history.versions(path).map(({ content }) => content)).toEqual(['a\n', 'b\n', 'c\n', 'b\n', 'a\n']);
    expect(history.versions(path)[3]).toMatchObject({
      how: 'restore',
      madeBy: '4',
      provenance: 'derived',
      source: { path, version: 2 },
    });
    expect(history.fingerprint(4)).toBe(history.fingerprint(0));
  });

  it('takes back inserted lines, too', () => {
    const history = play('a\n', [edit({ command: 'insert', path, insert_line: 1, new_str: 'x' }), undo]);
    expect(stateAfter(history, path, 2)).toEqual({ after: { content: 'a\n' } });
  });

  it('takes back its own edit although others changed the file after it', () => {
    const shell: EditCase = { ...EDIT, tool: 'bash', call: `echo z >> ${path}`, answer: '' };
    const history = play('a\n', [replace('a', 'b'), shell, undo]);
    expect(stateAfter(history, path, 3)).toEqual({ after: { content: 'a\n' } });
  });

  it('does not count an edit that failed', () => {
    const failed = edit(
      { command: 'str_replace', path, old_str: 'zz', new_str: 'y' },
      'No replacement was performed, old_str `zz` did not appear verbatim in /app/f.py.',
    );
    const history = play('a\n', [replace('a', 'b'), failed, undo]);
    expect(stateAfter(history, path, 3)).toEqual({ after: { content: 'a\n' } });
  });

  it('says nothing behind a file that was written as a whole, and without any edit', () => {
    const write = edit({ command: 'create', path, file_text: 'n\n' }, 'File created successfully');
    expect(stateAfter(play('a\n', [replace('a', 'b'), write, undo]), path, 3)).toEqual({ after: 'unknown' });
    expect(stateAfter(play('a\n', [undo]), path, 1)).toEqual({ after: 'unknown' });
  });

  it('changes nothing when there is nothing to undo', () => {
    const none = edit({ command: 'undo_edit', path }, 'No edit history found for /app/f.py.');
    expect(stateAfter(play('a\n', [none]), path, 1)).toEqual({ after: 'unchanged' });
  });

  it('is not sure of a file that the editor may have read otherwise', () => {
    const history = play('\ta\n', [replace('a', 'b'), undo]);
    expect(stateAfter(history, path, 2)).toEqual({ after: { content: '\ta\n' }, assumed: true });
  });

  it('brings back the original that nobody saw', () => {
    const steps = [replace('a', 'b'), undo].flatMap((one, i) => stepOf(i + 1, one));
    const history = historyFrom(['cwd: /app', ...steps]);
    expect(history.versions(path).map(({ how, provenance }) => [how, provenance])).toEqual([
      ['edit', 'assumed'],
      ['restore', 'assumed'],
    ]);
    expect(history.fingerprint(1)).toBe(history.fingerprint(-1));
  });
});
