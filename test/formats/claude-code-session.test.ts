import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCodeSessionFormat as format } from '../../src/formats/claude-code-session/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const id = '7d3a5b90-1f5e-4c7b-9a62-0f4c2d9e8b11';
const folder = join(FIXTURES, 'claude-code-session');

async function open(path: string): Promise<Run> {
  const [run] = await extractRuns(format, await openDiskReader(folder), path);
  if (!run) throw new Error('no run');
  return run;
}

async function openText(lines: readonly unknown[]): Promise<Run> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const [run] = await extractRuns(format, createMemoryReader({ 's.jsonl': text }), 's.jsonl');
  if (!run) throw new Error('no run');
  return run;
}

const codes = (run: Run) => run.diagnostics.map(({ code }) => code);

describe('a session with a sub-agent, a compaction, a rejection and a timeout', async () => {
  const run = await open(`delegation/${id}.jsonl`);

  it('has one step per call, with how each ended', () => {
    expect(run.steps.map((step) => [step.id, step.tool, step.status, step.exitCode])).toEqual([
      ['1', 'Bash', 'error', 1],
      ['2', 'Task', 'ok', undefined],
      ['3', 'Edit', 'rejected', undefined],
      ['4', 'Bash', 'ok', undefined],
      ['5', 'Bash', 'timeout', undefined],
      ['6', 'Bash', 'ok', undefined],
    ]);
  });

  it('keeps records of one message together: one turn, one group, its usage once', () => {
    expect(run.steps.map((step) => [step.turn, step.parallelGroup])).toEqual([
      [1, 1],
      [1, 1],
      [2, undefined],
      [3, undefined],
      [4, undefined],
      [5, undefined],
    ]);
    expect(run.steps[0]?.usage?.outputTokens).toBe(42);
    expect(run.steps[1]?.usage).toBeUndefined();
    // 42 and 4 x 10 of the calls, 7 of the last text, 3 x 10 of the sub-agent.
    expect(run.usage?.outputTokens).toBe(42 + 40 + 7 + 30);
  });

  it('keeps thinking and text as the thought, and the last text as the final message', () => {
    expect(run.steps[0]?.thought).toBe(
      "Rounding twice would explain one cent.\n\nI'll look at the tests and at the rounding code.",
    );
    expect(run.finalMessage?.text).toBe('Rounding now happens once, in money.py.');
  });

  it('hangs the sub-agent under the call that started it, read once', () => {
    expect(run.branches).toHaveLength(1);
    const [branch] = run.branches;
    expect(branch?.parent).toBe('2');
    expect(branch?.name).toBe('Explore');
    expect(branch?.steps.map((step) => [step.id, step.tool])).toEqual([
      ['2.1', 'Grep'],
      ['2.2', 'Read'],
    ]);
    expect(branch?.finalMessage).toBe('Two places: src/money.py:12 and src/report.py:40.');
    expect(branch?.steps[0]?.actionRef.artifact).toContain('subagents/agent-c0ffee1.jsonl');
  });

  it('keeps prompts, interruption and summaries as messages', () => {
    expect(run.messages.map(({ kind, role, before }) => [kind, role, before])).toEqual([
      ['notice', 'user', '1'],
      ['prompt', 'user', '1'],
      ['interruption', 'user', '4'],
      ['prompt', 'user', '4'],
      ['compaction', 'environment', '4'],
      ['compaction', 'environment', '4'],
      ['prompt', 'user', '6'],
      ['compaction', 'environment', undefined],
    ]);
    expect(run.messages[6]?.text).toBe('also bump the version');
    expect(run.task?.text).toBe('Invoices are off by one cent. Find out why and fix it.');
  });

  it('knows directories, times and places', () => {
    expect(run.initialCwd).toBe('/home/dev/ledger');
    expect(run.steps[3]?.recordedCwd).toBe('/home/dev/ledger/src');
    expect(run.steps[0]?.startedAt).toBeLessThan(run.steps[0]?.endedAt ?? 0);
    expect(run.steps[0]?.actionRef).toEqual({
      artifact: `delegation/${id}.jsonl`,
      line: 7,
      pointer: '/message/content/0',
    });
    expect(run.agent).toEqual({ name: 'claude-code', version: '2.1.44' });
    expect(run.model).toBe('claude-sonnet-4-6');
  });

  it('keeps the whole output beside the shortened one', () => {
    expect(run.steps[5]?.observation).toContain('[4 lines truncated]');
    expect(run.steps[5]?.rawOutput).toBe('line 1\nline 2\nline 3\nline 4\nline 5\nline 6');
    expect(run.steps[0]?.rawOutput).toBeUndefined();
  });

  it('reports what was repaired', () => {
    expect(new Set(codes(run))).toEqual(new Set(['duplicate-record', 'compacted-history']));
  });

  it('is what its sub-agent is read with, wherever the reader stands', async () => {
    const reader = await openDiskReader(folder);
    const agent = await reader.stat(`delegation/${id}/subagents/agent-c0ffee1.jsonl`);
    const session = await reader.stat(`delegation/${id}.jsonl`);
    expect(agent && (await format.partOf?.(agent, reader))).toBe(`delegation/${id}.jsonl`);
    expect(session && (await format.partOf?.(session, reader))).toBeUndefined();
    const inside = reader.at(`delegation/${id}/subagents`);
    for (const name of ['agent-c0ffee1.jsonl', 'agent-acompact-5eed01.jsonl']) {
      const own = await inside.stat(name);
      expect(own && (await format.partOf?.(own, inside))).toBe(`../../${id}.jsonl`);
    }
  });

  it('is not needed where it is missing, or where a file only has such a name', async () => {
    const reader = createMemoryReader({
      'a/subagents/agent-1.jsonl': '{}',
      'b/agent-2.jsonl': '{}',
      'b.jsonl': '{}',
    });
    for (const path of ['a/subagents/agent-1.jsonl', 'b/agent-2.jsonl']) {
      const entry = await reader.stat(path);
      expect(entry && (await format.partOf?.(entry, reader))).toBeUndefined();
    }
  });
});

describe('sub-agents elsewhere', () => {
  it('reads the copies of the progress lines where the file is missing', async () => {
    const run = await open('progress-copies/session.jsonl');
    expect(run.branches.map(({ parent, steps }) => [parent, steps.length])).toEqual([['2', 2]]);
    expect(run.branches[0]?.steps[0]?.actionRef.pointer).toBe('/data/message/message/content/0');
  });

  it('knows a sub-agent that was cut off by the prompt of its call, and leaves others as orphans', async () => {
    const user = { type: 'user', uuid: 'u', sessionId: 's' };
    const input = { prompt: 'Look around.' };
    const task = { type: 'tool_use', id: 't', name: 'Task', input };
    const command = { type: 'tool_use', id: 'b', name: 'Bash', input: { command: 'ls' } };
    const say = (uuid: string, block: unknown) => ({
      type: 'assistant',
      uuid,
      sessionId: 's',
      message: { id: uuid, role: 'assistant', content: [block] },
    });
    const file = (...records: readonly unknown[]) =>
      records.map((record) => JSON.stringify(record)).join('\n');
    const reader = createMemoryReader({
      's.jsonl': file({ ...user, message: { content: 'Go.' } }, say('a', task)),
      's/subagents/agent-1.jsonl': file({ ...user, message: { content: 'Look around.' } }, say('x', command)),
      's/subagents/agent-2.jsonl': file({ ...user, message: { content: 'Who am I?' } }, say('y', command)),
    });
    const [run] = await extractRuns(format, reader, 's.jsonl');
    expect(run?.branches.map(({ parent, prompt, steps }) => [parent, prompt, steps[0]?.id])).toEqual([
      ['1', 'Look around.', '1.1'],
      [undefined, 'Who am I?', 'orphan.1'],
    ]);
    expect(run && codes(run)).toContain('orphan-subagent');
  });

  it('reads the file of a sub-agent by itself as its main thread', async () => {
    const run = await open(`delegation/${id}/subagents/agent-c0ffee1.jsonl`);
    expect(run.steps).toHaveLength(2);
    expect(run.branches).toEqual([]);
    expect(run.task?.text).toContain('List every place');
  });

  it('finds threads that old versions wrote into the session', async () => {
    const run = await open('inline-sidechain/session.jsonl');
    expect(run.steps).toHaveLength(1);
    expect(run.branches.map(({ parent, steps }) => [parent, steps.map((step) => step.action)])).toEqual([
      ['1', ['ls /srv | wc -l']],
    ]);
    expect(run.finalMessage?.text).toBe('There are 4 files.');
  });
});

describe('histories that are no line', () => {
  it('keeps the steps of a path that was left', async () => {
    const run = await open('rewind/session.jsonl');
    expect(run.steps.map((step) => [step.action.split('\n')[1], step.status])).toEqual([
      ['file_path: /tmp/p.py', 'ok'],
      ['file_path: /tmp/q.py', 'pending'],
    ]);
    expect(codes(run)).toContain('rewound-history');
  });

  it('reads several sessions as one run and says so', async () => {
    const user = { type: 'user', uuid: 'a', sessionId: 'one', message: { role: 'user', content: 'Go.' } };
    const run = await openText([user, { ...user, uuid: 'b', sessionId: 'two' }]);
    expect(codes(run)).toEqual(expect.arrayContaining(['several-sessions', 'no-steps']));
  });

  it('pairs calls and results without ids in order', async () => {
    const base = { uuid: 'x', sessionId: 's' };
    const run = await openText([
      {
        ...base,
        uuid: '1',
        type: 'assistant',
        message: {
          role: 'assistant',
          content: [
            { type: 'tool_use', name: 'bash', input: { command: 'a' } },
            { type: 'tool_use', name: 'bash', input: { command: 'b' } },
          ],
        },
      },
      { ...base, uuid: '2', type: 'user', message: { content: [{ type: 'tool_result', content: 'A' }] } },
      { ...base, uuid: '3', type: 'user', message: { content: [{ type: 'tool_result', content: 'B' }] } },
      { ...base, uuid: '4', type: 'user', message: { content: [{ type: 'tool_result', content: 'C' }] } },
    ]);
    expect(run.steps.map((step) => [step.action, step.observation])).toEqual([
      ['a', 'A'],
      ['b', 'B'],
    ]);
    expect(codes(run)).toEqual(['unpaired-result']);
    expect(run.messages.map(({ text }) => text)).toEqual(['C']);
  });
});

describe('bad input', () => {
  it('survives records of wrong types, lone surrogates and CRLF', async () => {
    const wrong = [
      { type: 'assistant', uuid: 'a', sessionId: 's', message: 'error' },
      {
        type: 'assistant',
        uuid: 'b',
        sessionId: 's',
        message: { content: [null, 5, 'text', { type: 'tool_use' }] },
      },
      { type: 'user', uuid: 'c', sessionId: 's', message: { content: { type: 'text' } } },
      { type: 'progress', data: 'x' },
      { type: 7 },
      '{"type":"user","uuid":"d","sessionId":"s","message":{"role":"user","content":"half \\ud83d"}}\r',
      '[1]',
      '{"type":"user"',
    ];
    const run = await openText(wrong);
    expect(run.steps).toHaveLength(1);
    expect(run.steps[0]).toMatchObject({ tool: '', thought: 'text', status: 'pending' });
    expect(codes(run)).toEqual(
      expect.arrayContaining(['unexpected-shape', 'unknown-record', 'non-json-line', 'truncated-json']),
    );
    expect(run.messages.at(-1)?.text).toBe('half \ud83d');
  });

  it('says that a file is empty, or a pointer', async () => {
    expect(codes(await openText([]))).toContain('empty-file');
    expect(codes(await openText(['version https://git-lfs.github.com/spec/v1', 'oid']))).toContain(
      'lfs-pointer',
    );
  });

  it('reads what is left when the file is cut anywhere', async () => {
    const runs = await extractCuts(format, `claude-code-session/delegation/${id}.jsonl`);
    expect(runs).toHaveLength(10);
    const counts = runs.map(({ steps }) => steps.length);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });
});

describe('detection', () => {
  it('claims session files and no others', async () => {
    const session = readFileSync(join(folder, `delegation/${id}.jsonl`), 'utf8');
    const scores = await scoreFormats(session, 'renamed.txt');
    expect(scores[0]).toEqual({ id: 'claude-code-session', score: 0.95 });
    expect(scores[1]?.score ?? 0).toBeLessThan(0.5);
    const history = '{"display":"/clear","timestamp":1,"project":"/p","sessionId":"s"}\n';
    expect((await scoreFormats(history, 'history.jsonl'))[0]?.score ?? 0).toBeLessThan(0.5);
  });
});
