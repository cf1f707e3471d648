import { describe, expect, it } from 'vitest';
import { summarizeEffects } from '../../test/support/summarize-effects.ts';
import type { JsonObject } from '../base/json.ts';
import type { StepId } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { analyzeStep } from './analyze-step.ts';

function step(tool: string, args: JsonObject | undefined, more: Partial<Step> = {}): Step {
  return {
    id: '1' as StepId,
    ordinal: 1,
    turn: 1,
    tool,
    action: tool,
    ...(args && { args }),
    status: 'ok',
    actionRef: { artifact: 'a' },
    ...more,
  };
}

function asked(tool: string, args: JsonObject | undefined, more: Partial<Step> = {}): string {
  return summarizeEffects(analyzeStep(step(tool, args, more)).requested.effects);
}

function done(
  command: string,
  observation: string,
  exitCode: number | undefined,
  more: Partial<Step> = {},
): string {
  const status = exitCode === undefined || exitCode === 0 ? 'ok' : 'error';
  const base: Partial<Step> = {
    action: command,
    observation,
    status,
    ...(exitCode !== undefined && { exitCode }),
  };
  return summarizeEffects(analyzeStep(step('bash', undefined, { ...base, ...more })).happened.effects);
}

describe('tools', () => {
  const cases: readonly (readonly [string, JsonObject | undefined, string])[] = [
    ['Bash', { command: 'touch a' }, 'write a append ""'],
    ['shell', { command: ['bash', '-lc', 'rm a b'] }, 'delete a, delete b'],
    ['shell', { command: ['rm', 'a b'] }, 'delete a b'],
    ['Bash', { command: 'node app.js', run_in_background: true }, 'run node app.js, process? start app.js'],
    ['Bash', { command: 'ls', run_in_background: true }, 'search'],
    ['execute_bash', { command: 'C-c', is_input: 'true' }, 'keys "C-c"'],
    ['LS', { command: 'ls -la a' }, 'search a'],
    ['Read', { file_path: '/a', offset: 5, limit: 10 }, 'read /a 5-14'],
    ['Write', { file_path: '/a', content: 'x' }, 'write /a set "x"'],
    ['Edit', { file_path: '/a', old_string: 'x', new_string: 'y' }, 'write /a replace "x" by "y"'],
    [
      'Edit',
      { file_path: '/a', old_string: 'x', new_string: 'y', replace_all: true },
      'write /a replace all "x" by "y"',
    ],
    [
      'MultiEdit',
      {
        file_path: '/a',
        edits: [
          { old_string: 'x', new_string: 'y' },
          { old_string: 'z', new_string: '' },
        ],
      },
      'write /a [replace "x" by "y"; replace "z" by ""]',
    ],
    ['NotebookEdit', { notebook_path: '/a.ipynb', new_source: 'x' }, 'write /a.ipynb'],
    ['Glob', { pattern: '*.py', path: '/r' }, 'search /*.py/ /r'],
    ['Grep', { pattern: 'x' }, 'search /x/ .'],
    ['WebFetch', { url: 'http://x', prompt: 'p' }, 'network fetch http://x'],
    ['TodoWrite', { todos: [] }, 'note TodoWrite'],
    ['ExitPlanMode', { plan: 'p' }, 'note ExitPlanMode'],
    ['Task', { prompt: 'p', subagent_type: 's' }, 'delegate p'],
    ['BashOutput', { bash_id: 'b1' }, 'process wait b1'],
    ['KillShell', { shell_id: 'b1' }, 'process kill b1'],
    ['str_replace_editor', { command: 'view', path: '/a', view_range: [1, 5] }, 'read /a 1-5'],
    ['str_replace_editor', { command: 'create', path: '/a', file_text: 'x' }, 'write /a set "x"'],
    [
      'str_replace_editor',
      { command: 'insert', path: '/a', insert_line: 3, new_str: 'x' },
      'write /a splice 4-3 "x\\n"',
    ],
    ['file_editor', { command: 'undo_edit', path: '/a' }, 'write /a undo'],
    [
      'execute_ipython_cell',
      { code: "open('a', 'w')\n!pip install x" },
      'run python, write a set "", package pip install x',
    ],
    [
      'edit',
      { path: '/a', command: 'str_replace', old_str: 'x', new_str: 'y' },
      'write /a replace "x" by "y"',
    ],
    ['browse', { url: 'http://x' }, 'network fetch http://x'],
    ['think', { thought: 't' }, 'note think'],
    ['finish', { message: 'm' }, 'submit'],
    ['write_to_file', { path: 'a', content: 'x' }, 'write? a set "x"'],
    [
      'replace_in_file',
      { path: 'a', diff: '<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE' },
      'write? a replace "x\\n" by "y\\n"',
    ],
    ['StrReplaceFile', { path: 'a', edit: { old: 'x', new: 'y' } }, 'write a replace "x" by "y"'],
    [
      'apply_patch',
      {
        input:
          '*** Begin Patch\n*** Update File: a\n@@\n c\n-x\n+y\n*** Add File: b\n+n\n*** Delete File: d\n*** End Patch',
      },
      'write a hunk ["c","x"] by ["c","y"], write b set "n\\n", delete d',
    ],
    [
      'apply_patch',
      {
        changes: [
          { path: 'a', kind: 'add' },
          { path: 'b', kind: 'update' },
          { path: 'c', kind: 'delete' },
        ],
      },
      'write a, write b, delete c',
    ],
    [
      'shell',
      { command: ['apply_patch', '*** Begin Patch\n*** Add File: a\n+x\n*** End Patch'] },
      'write a set "x\\n"',
    ],
    [
      'shell_command',
      { command: "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: a\n*** End Patch\nEOF" },
      'delete a',
    ],
    [
      'apply_patch',
      { changes: [{ path: 'a', kind: 'add', change: { add: { content: 'x' } } }] },
      'write a set "x"',
    ],
    ['exec_command', { cmd: 'touch a', workdir: '/r' }, 'chdir /r, write a append ""'],
    ['exec', { input: 'const r = await tools.exec_command({"cmd": "rm a"}); text(r)' }, 'delete a'],
    [
      'exec',
      { input: 'await tools.apply_patch("*** Begin Patch\\n*** Delete File: a\\n*** End Patch")' },
      'delete a',
    ],
    ['exec', { input: 'store("x", 1)' }, 'run?? exec'],
    ['exec', { command: 'rm a' }, 'delete a'],
    ['write_stdin', { session_id: 7, chars: 'yes\n' }, 'keys "yes\\n"'],
    ['write_stdin', { session_id: 7, chars: '' }, 'process wait 7'],
    ['update_plan', { plan: [] }, 'note update_plan'],
    ['spawn_agent', { message: 'p' }, 'delegate p'],
    ['close_agent', { id: 'x' }, 'process kill x'],
    ['run_shell_command', { command: 'mkdir a', dir_path: 'b' }, 'chdir b, mkdir a'],
    [
      'replace',
      { file_path: '/a', old_string: 'x', new_string: 'y', instruction: 'i' },
      'write /a replace "x" by "y"',
    ],
    ['write_file', { file_path: '/a', content: 'x' }, 'write /a set "x"'],
    ['read_many_files', { paths: ['a', 'b'] }, 'read a, read b'],
    ['search_file_content', { pattern: 'x', path: 'src' }, 'search /x/ src'],
    ['list_directory', { path: '/r' }, 'search /r'],
    ['google_web_search', { query: 'q' }, 'network fetch q'],
    ['update_topic', { title: 't' }, 'note update_topic'],
    ['codebase_investigator', { objective: 'o' }, 'delegate'],
    ['create', { path: '/a', file_text: 'x' }, 'write /a set "x"'],
    ['edit', { path: '/a', old_str: 'x', new_str: 'y' }, 'write /a replace "x" by "y"'],
    ['view', { path: '/a', view_range: [2, 3] }, 'read /a 2-3'],
    ['write_bash', { sessionId: 's', input: 'y{enter}' }, 'keys "y{enter}"'],
    ['read_bash', { sessionId: 's', delay: 5 }, 'process wait read_bash'],
    ['stop_bash', { sessionId: 's' }, 'process kill stop_bash'],
    ['report_intent', { intent: 'i' }, 'note report_intent'],
    ['Shell', { command: 'rm a', description: 'd', working_directory: '/r' }, 'chdir /r, delete a'],
    ['StrReplace', { path: '/a', old_string: 'x', new_string: 'y' }, 'write /a replace "x" by "y"'],
    ['Write', { path: '/a', contents: 'x' }, 'write /a set "x"'],
    ['Delete', { path: '/a' }, 'delete /a'],
    ['SemanticSearch', { query: 'q', target_directories: [] }, 'search /q/ .'],
    ['ReadLints', { paths: ['a'] }, 'search a'],
    ['ReadContext', { description: 'find x' }, 'delegate find x'],
    ['ReadFile', { path: '/a', line_offset: 11, n_lines: 10 }, 'read /a 11-20'],
    ['WriteFile', { path: '/a', content: 'x', mode: 'append' }, 'write /a append "x"'],
    ['StrReplaceFile', { path: '/a', edit: { old: 'x', new: 'y' } }, 'write /a replace "x" by "y"'],
    ['Bash', { command: 'rm b', cwd: '/r' }, 'chdir /r, delete b'],
    ['TodoList', { todos: [] }, 'note TodoList'],
    ['AgentSwarm', { prompt: 'p' }, 'delegate p'],
    ['find', { pattern: '*.ts', path: 'src' }, 'search /*.ts/ src'],
    ['edit', { path: '/a', oldText: 'x', newText: 'y' }, 'write /a replace "x" by "y"'],
    [
      'edit',
      { filePath: '/a', oldString: 'x', newString: 'y', replaceAll: true },
      'write /a replace all "x" by "y"',
    ],
    ['bash', { command: 'touch a', workdir: '/r', description: 'd' }, 'chdir /r, write a append ""'],
    ['lsp', { operation: 'hover', filePath: '/a', line: 1, character: 1 }, 'search /a'],
    ['codesearch', { query: 'q', tokensNum: 5000 }, 'network fetch q'],
    ['question', { questions: [] }, 'note question'],
    [
      'batch',
      {
        tool_calls: [
          { tool: 'read', parameters: { filePath: '/a' } },
          { tool: 'bash', parameters: { command: 'rm b' } },
        ],
      },
      'read /a, delete b',
    ],
    ['bash_command', { keystrokes: 'rm a\n', duration: 1 }, 'delete a'],
    ['bash_command', { keystrokes: 'C-c' }, 'keys "C-c"'],
    ['bash_command', { keystrokes: 'rm a' }, 'keys "rm a"'],
    ['bash_command', { keystrokes: '' }, 'process wait terminal'],
    ['mcp__fs__write_file', { path: 'a', content: 'x' }, 'write a set "x"'],
    ['mcp__ide__getDiagnostics', { uri: 'a' }, 'read?? a'],
    ['book_reservation', { user: 'u' }, 'network? send book_reservation'],
    ['find_file', { file_name: 'a.py', dir: 'src' }, 'search /a.py/ src'],
    ['create', { filename: 'a.py' }, 'write a.py set "\\n"'],
  ];
  it.each(cases)('%s %j', (tool, args, effects) => {
    expect(asked(tool, args)).toBe(effects);
  });

  it("follows SWE-agent's window to the file that the answer names", () => {
    const observation = '[File: /r/a.py (9 lines total)]\n(1 more line above)\n2:x\n(3 more lines below)';
    expect(asked('edit', undefined, { action: 'edit 2:3\nnew\nend_of_edit', observation })).toBe(
      'write /r/a.py splice 2-3 "new\\n"',
    );
    expect(asked('bash', undefined, { action: 'edit 2:3\nnew\nend_of_edit', observation })).toBe(
      'write /r/a.py splice 2-3 "new\\n"',
    );
    expect(asked('goto', undefined, { action: 'goto 2', observation })).toMatch(/^read \/r\/a\.py/);
    expect(asked('submit', undefined, { action: 'submit' })).toBe('submit');
    expect(asked('edit', { search: 'x', replace: 'y', 'replace-all': false }, { observation })).toBe(
      'write /r/a.py replace "x" by "y"',
    );
  });
});

describe('what happened', () => {
  it('drops what a program that is not there was to do, and keeps the redirection', () => {
    expect(done('frob -o x > log', 'bash: frob: command not found', 127)).toBe('write log');
    expect(done('pip install x && touch a', '/bin/sh: 1: pip: not found', 127)).toBe('');
  });

  it('drops what the output denies', () => {
    expect(done('rm a; rm b', "rm: cannot remove 'a': No such file or directory", 0)).toBe('delete b');
    expect(done('cd /x', 'bash: cd: /x: No such file or directory', 1)).toBe('');
    expect(done('echo a > /r/b', 'bash: /r/b: Permission denied', 1)).toBe('');
    expect(done('git commit -m x', 'On branch main\nnothing to commit, working tree clean', 1)).toBe('');
    expect(done('pip install x', 'Requirement already satisfied: x in /lib', 0)).toBe('');
    expect(
      done('git apply a.diff', 'error: patch failed: a.py:1\nerror: a.py: patch does not apply', 1),
    ).not.toMatch(/changes|build patch/);
  });

  it('doubts the end of a list that failed, not what came before it', () => {
    expect(done('touch a; make', 'make: *** Error 1', 2)).toBe('write a append "", build?? make');
    expect(done('touch a && pytest', '1 failed', 1)).toBe('write? a append "", test pytest');
    expect(done('make', 'cut', undefined, { status: 'timeout' })).toBe('build? make');
  });

  it('keeps everything of a success', () => {
    expect(done('touch a && rm b', '', 0)).toBe('write a append "", delete b');
  });

  it('believes what a program that nobody can read says it wrote, with low certainty', () => {
    expect(done('./mystery', 'Wrote image to image.ppm', 0)).toBe('run mystery ./mystery, write? image.ppm');
    expect(done('./mystery', 'Wrote image to image.ppm\nSegmentation fault', 139)).toBe(
      'run mystery ./mystery, write?? image.ppm',
    );
    expect(done('cat log', 'Wrote image to image.ppm', 0)).toBe('read log');
    expect(done('./mystery > image.ppm', 'saved to image.ppm', 0)).toBe(
      'run mystery ./mystery, write image.ppm',
    );
    expect(asked('bash', { command: './mystery' }, { observation: 'Wrote image to image.ppm' })).toBe(
      'run mystery ./mystery',
    );
  });

  it('takes a refused call for nothing', () => {
    const refused = step(
      'Edit',
      { file_path: 'a', old_string: 'x', new_string: 'y' },
      { status: 'error', observation: '<tool_use_error>String to replace not found in file.' },
    );
    expect(analyzeStep(refused).happened).toMatchObject({ class: 'explore', effects: [] });
    expect(analyzeStep(refused).requested.class).toBe('change');
    expect(done('rm a', '', undefined, { status: 'rejected' })).toBe('');
  });
});
