import { describe, expect, it } from 'vitest';
import type { FileFact } from '../model/file-fact.ts';
import type { RunId } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import { RunBuilder } from '../model/run-builder.ts';
import { buildHistory } from './build-history.ts';

const place = { artifact: 'a.jsonl' };

function runOf(...steps: { tool: string; args: Record<string, unknown>; facts: FileFact[] }[]): Run {
  const run = new RunBuilder({ format: 'claude-code-session', path: 'a.jsonl' });
  run.initialCwd = '/app';
  for (const { tool, args, facts } of steps) {
    run.beginTurn();
    const call = run.call({ tool, action: tool, args, place });
    run.result(call, { observation: 'done', status: 'ok', fileFacts: facts, place });
  }
  return run.build('r' as RunId);
}

const edit = (old: string, text: string, fact: Omit<FileFact, 'path'>) => ({
  tool: 'Edit',
  args: { file_path: '/app/a.py', old_string: old, new_string: text },
  facts: [{ path: '/app/a.py', ...fact }],
});

describe('recorded contents of files', () => {
  it('make a file known that was never read', () => {
    const history = buildHistory(runOf(edit('b', 'B', { before: 'a\nb\n', after: 'a\nB\n' })));
    expect(history.versions('/app/a.py').map(({ content }) => content)).toEqual(['a\nb\n', 'a\nB\n']);
    expect(history.versions('/app/a.py')[1]).toMatchObject({ madeBy: '1', provenance: 'assumed' });
  });

  it('let the call be applied to the recorded original where the result is not recorded', () => {
    const history = buildHistory(runOf(edit('b', 'B', { before: 'a\nb\n' })));
    expect(history.versions('/app/a.py')[1]).toMatchObject({ content: 'a\nB\n', provenance: 'assumed' });
  });

  it('of a new file are recorded to the last character', () => {
    const made = {
      tool: 'Write',
      args: { file_path: '/app/n.py', content: 'x' },
      facts: [{ path: '/app/n.py', before: null, after: 'x' }],
    };
    const history = buildHistory(runOf(made));
    expect(history.versions('/app/n.py')).toHaveLength(1);
    expect(history.versions('/app/n.py')[0]).toMatchObject({ content: 'x', provenance: 'recorded' });
  });

  it('stand above what the call asked for', () => {
    const history = buildHistory(
      runOf(edit('b', 'B', { before: 'a\nb\n', after: 'a\nBB\n', amended: true })),
    );
    expect(history.versions('/app/a.py').at(-1)?.content).toBe('a\nBB\n');
  });

  it('say nothing of the result of an amended edit that was not recorded', () => {
    const history = buildHistory(runOf(edit('b', 'B', { before: 'a\nb\n', amended: true })));
    expect(history.versions('/app/a.py').at(-1)?.content).toBeUndefined();
  });

  it('correct what the steps before them led to', () => {
    const history = buildHistory(
      runOf(
        edit('b', 'B', { before: 'a\nb\n', after: 'a\nB\n' }),
        edit('c', 'C', { before: 'c\n', after: 'C\n' }),
      ),
    );
    expect(history.versions('/app/a.py').map(({ content }) => content)).toEqual([
      'a\nb\n',
      'a\nB\n',
      'c\n',
      'C\n',
    ]);
  });

  it('keep line ends that the recording tool leaves out', () => {
    const history = buildHistory(
      runOf(
        {
          tool: 'Write',
          args: { file_path: '/app/a.py', content: 'a\r\nb\r\n' },
          facts: [],
        },
        edit('b', 'B', { before: 'a\nb\n', after: 'a\nB\n' }),
      ),
    );
    expect(history.versions('/app/a.py').at(-1)?.content).toBe('a\r\nB\r\n');
  });

  it('of a whole read are no change', () => {
    const read = {
      tool: 'Read',
      args: { file_path: '/app/a.py' },
      facts: [{ path: '/app/a.py', before: 'x', after: 'x' }],
    };
    const history = buildHistory(runOf(read));
    expect(history.versions('/app/a.py')).toHaveLength(1);
    expect(history.versions('/app/a.py')[0]).toMatchObject({ content: 'x', madeBy: undefined });
    expect(history.records[0]?.changed).toEqual([]);
  });
});
