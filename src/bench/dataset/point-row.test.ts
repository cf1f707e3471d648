import { describe, expect, it } from 'vitest';
import { createStepAnalyzer } from '../../effects/create-step-analyzer.ts';
import { importShortenedRun } from './import-shortened-run.ts';
import { readPointRow } from './point-row.ts';

const ROW = {
  packet_id: 'Q1',
  set: 'mine',
  key: { instance_id: 'acme-1', model: 'small', bad_row: 'x:1' },
  label: { label: 2, note: 'the wrong file', packet_id: 'Q1' },
  n_steps: 2,
  steps: [
    { step: 1, tool: 'open', path: 'a.py', args: '{"command": "open a.py"}', reason: 'Look.' },
    { step: 2, tool: 'edit', path: 'a.py', args: '{"command": "edit 1:1\\nx = 1\\nend_of_edit"}' },
  ],
};

/** The writes that steps of a record ask for. */
function writesOf(...steps: object[]): unknown[] {
  const row = readPointRow({
    ...ROW,
    n_steps: steps.length,
    label: { label: 1 },
    steps: steps.map((step, index) => ({ step: index + 1, ...step })),
  });
  if (row.kind !== 'row') throw new Error(row.reason);
  const analyzer = createStepAnalyzer();
  return importShortenedRun('case', row.steps).steps.flatMap((step) =>
    analyzer(step).requested.effects.flatMap((effect) =>
      effect.kind === 'write' ? [[step.ordinal, effect.path, effect.change]] : [],
    ),
  );
}

describe('readPointRow', () => {
  it('keeps label and steps apart', () => {
    const row = readPointRow(ROW);
    expect(row).toMatchObject({
      kind: 'row',
      name: 'point-of-no-return/mine/Q1',
      labels: {
        readings: [{ onset: 2 }],
        solved: false,
        steps: 2,
        traits: { set: 'point-of-no-return/mine', task: 'acme-1', model: 'small' },
      },
    });
    expect(row.kind === 'row' && JSON.stringify(row.steps)).not.toContain('wrong file');
  });

  it.each([
    [{ label: { label: 3 } }, 'the label 3 is no step'],
    [{ label: { label: 0 } }, 'the label 0 is no step'],
    [{ label: { label: 'two' } }, 'neither a step nor null'],
    [{ n_steps: 5 }, 'n_steps is 5, the record holds 2'],
    [{ steps: [ROW.steps[1]] }, 'element 1 of steps'],
    [{ packet_id: 7 }, 'lacks packet_id'],
  ])('refuses %j', (change, reason) => {
    expect(readPointRow({ ...ROW, ...change })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
  });

  it('takes a run that the annotator left out for one without an onset', () => {
    const row = readPointRow({ ...ROW, label: { label: null, exclusion: 'E2' } });
    expect(row).toMatchObject({ kind: 'row', labels: { readings: [{ onset: null }] } });
  });
});

describe('a shortened record', () => {
  it('writes the file in the window of an edit, whose text may be cut', () => {
    expect(
      writesOf(
        { tool: 'open', path: 'a.py', args: '{"command": "open a.py"}' },
        { tool: 'edit', path: 'a.py', args: '{"command": "edit 3:4\\nfoo()\\nend_of_edit", "path": "a.py"}' },
        { tool: 'edit', path: 'a.py', args: '{"command": "edit 1:1\\nimport o…' },
        { tool: 'create', path: 'new.py', args: '{"command": "create new.py", "path": "new.py"}' },
      ),
    ).toEqual([
      [2, 'a.py', { kind: 'splice', from: 3, to: 4, content: 'foo()\n' }],
      [3, 'a.py', { kind: 'splice', from: 1, to: 1, content: 'import o…\n' }],
      [4, 'new.py', { kind: 'set', content: '\n' }],
    ]);
  });

  it('reads the editor and its command, with the path that a cut took away', () => {
    expect(
      writesOf(
        {
          tool: 'str_replace_editor.create',
          path: 'n.py',
          args: '{"command": "create", "file_text": "import o…',
        },
        {
          tool: 'str_replace_editor.insert',
          path: 'b.py',
          args: '{"command": "insert", "insert_line": 4, "new_str": "x", "path": "b…',
        },
        {
          tool: 'str_replace_editor.undo_edit',
          path: 'b.py',
          args: '{"command": "undo_edit", "path": "b.py"}',
        },
        { tool: 'str_replace_editor.view', path: 'b.py', args: '{"command": "view", "path": "b.py"}' },
      ),
    ).toEqual([
      [1, 'n.py', { kind: 'set', content: 'import o…' }],
      [2, 'b.py', { kind: 'splice', from: 5, to: 4, content: 'x\n', plain: true }],
      [3, 'b.py', { kind: 'undo' }],
    ]);
  });

  it('goes by the first call where arguments of several were put together', () => {
    const args = '{"command": "python3 a.py", "file_text": "x = 1", "path": "other.py"}';
    expect(writesOf({ tool: 'str_replace_editor.create', path: 'a.py', args })).toEqual([
      [1, 'a.py', { kind: 'set', content: 'x = 1' }],
    ]);
  });

  it('reads shell lines and the tools of a search-and-edit agent', () => {
    expect(
      writesOf(
        { tool: 'echo', path: null, args: '{"command": "echo 1 > out.txt"}' },
        {
          tool: 'edit_file',
          path: 'f',
          args: '{"at": 3, "new": "a", "old": "b", "path": "f"}',
          error_flag: true,
        },
        { tool: 'search', path: 'needle', args: '{"query": "needle"}' },
      ),
    ).toMatchObject([
      [1, 'out.txt', { kind: 'set', content: '1\n' }],
      [2, 'f', { kind: 'replace', old: 'b', new: 'a' }],
    ]);
  });

  it('keeps reason, answer, refusal and directory', () => {
    const saw = 'Your proposed edit has introduced new syntax error(s). (Current directory: /repo) bash-$';
    const row = readPointRow({ ...ROW, steps: [ROW.steps[0], { ...ROW.steps[1], saw }] });
    if (row.kind !== 'row') throw new Error(row.reason);
    const [first, second] = importShortenedRun('case', row.steps).steps;
    expect(first).toMatchObject({ tool: 'open', thought: 'Look.', status: 'unknown' });
    expect(first?.observation).toBeUndefined();
    expect(second).toMatchObject({ observation: saw, status: 'error', recordedCwd: '/repo' });
  });
});
