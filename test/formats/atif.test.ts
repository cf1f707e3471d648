import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atifFormat } from '../../src/formats/atif/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const CASES = ['claude-abandoned', 'v1.7-subagents', 'terminus-2'];

async function open(name: string, file = 'trajectory.json'): Promise<Run> {
  const reader = await openDiskReader(join(FIXTURES, 'atif', name));
  const [run] = await extractRuns(atifFormat, reader, file);
  if (!run) throw new Error('no run');
  return run;
}

async function read(content: string | Uint8Array): Promise<Run> {
  const reader = createMemoryReader({ 'trajectory.json': content });
  const [run] = await extractRuns(atifFormat, reader, 'trajectory.json');
  if (!run) throw new Error('no run');
  return run;
}

function codes(run: Run): string[] {
  return run.diagnostics.map(({ code }) => code);
}

describe('ATIF of a Claude Code session', () => {
  it('joins the steps of one message, says each thought once, and counts no abandoned call', async () => {
    const run = await open('claude-abandoned');
    expect(run.steps.map(({ id, turn, parallelGroup, tool }) => [id, turn, parallelGroup, tool])).toEqual([
      ['1', 1, undefined, 'Bash'],
      ['2', 2, 2, 'Read'],
      ['3', 2, 2, 'Read'],
      ['4', 3, undefined, 'Bash'],
    ]);
    expect(run.steps.map(({ thought }) => thought)).toEqual([
      'The total is off by one item. I will look at the cart first.',
      'Both files matter here; reading them together.\n\nI will read both.',
      undefined,
      'items[:-1] drops the last one.',
    ]);
    expect(codes(run)).toEqual(['reused-call-id', 'abandoned-call']);
    expect(run.messages.at(-1)?.text).toContain('return 0');
    expect(run.finalMessage?.text).toBe('The total now covers every item; one unrelated test still fails.');
  });

  it('reads status, directories, usage and totals', async () => {
    const run = await open('claude-abandoned');
    expect(run.steps.map(({ status, exitCode }) => [status, exitCode])).toEqual([
      ['ok', undefined],
      ['ok', undefined],
      ['error', undefined],
      ['error', 1],
    ]);
    expect(run.initialCwd).toBe('/srv/shop');
    expect(run.steps[0]?.recordedCwd).toBe('/srv/shop/src');
    expect(run.steps[1]?.usage).toMatchObject({ inputTokens: 1000, outputTokens: 55 });
    expect(run.steps[2]?.usage).toBeUndefined();
    expect(run.usage).toMatchObject({ inputTokens: 4200, outputTokens: 150, cacheWriteTokens: 12 });
    expect(run).toMatchObject({
      formatVersion: 'ATIF-v1.2',
      agent: { name: 'claude-code', version: '2.1.7' },
      model: 'acme-large',
    });
  });
});

describe('ATIF v1.7', () => {
  it('pairs parallel results by id, whatever their order, and keeps images by reference', async () => {
    const run = await open('v1.7-subagents');
    expect(run.steps.map(({ action, observation }) => [action.split('\n')[0], observation])).toEqual([
      ['ls dist', 'Exit code: 2\nls: cannot access dist'],
      ['read_file', '<div id="app"></div>'],
      ['delegate', 'abc123 removed the build step'],
      ['make bundle', 'bundle written'],
      ['screenshot', 'page shown'],
      ['make watch', undefined],
    ]);
    expect(run.steps[4]?.images).toEqual(['images/after.png']);
    expect(run.steps[5]?.status).toBe('pending');
    expect(run.task?.text).toBe('Why is the login page blank? See the picture.');
  });

  it('hangs embedded sub-agents on the call whose result names them, to any depth', async () => {
    const run = await open('v1.7-subagents');
    expect(run.branches.map(({ parent, name, steps }) => [parent, name, steps.map(({ id }) => id)])).toEqual([
      ['3', 'historian', ['3.1']],
      ['3.1', 'reader', ['3.1.1']],
      [undefined, 'helper', ['orphan.1']],
    ]);
    expect(run.branches[0]).toMatchObject({
      prompt: 'find the commit that removed the bundle',
      finalMessage: 'abc123 removed the build step',
    });
    expect(codes(run)).toContain('orphan-subagent');
  });

  it('sums the turns where no total is recorded', async () => {
    expect((await open('v1.7-subagents')).usage).toMatchObject({ inputTokens: 1100, outputTokens: 100 });
  });
});

describe('ATIF of Terminus 2', () => {
  it('counts every keystroke, reads raw answers, and goes on in the continuation', async () => {
    const run = await open('terminus-2');
    expect(run.steps.map(({ action }) => action)).toEqual([
      'mkdir out\n',
      '',
      'ls\n',
      'echo ready > state.txt\n',
      'cat state.txt\n',
      'mark_task_complete',
    ]);
    expect(run.steps[0]).toMatchObject({ status: 'unknown' });
    expect(run.steps[0]?.observation).toBeUndefined();
    expect(run.steps[2]?.observation).toContain('ls\nout');
    expect(run.task?.text).toBe('Write "ready" into state.txt.');
    // A refused answer ran nothing; what it said stays in front of the next step.
    expect(run.steps[3]?.thought).toContain('I will write it now');
    expect(run.messages.map(({ kind }) => kind)).toContain('format-error');
    expect(run.branches).toMatchObject([
      { steps: [], finalMessage: 'state.txt is written, not yet checked.' },
    ]);
    expect(run.usage).toMatchObject({ inputTokens: 1700, costUsd: 0.009 });
    expect(codes(run)).toEqual(
      expect.arrayContaining(['compacted-history', 'missing-artifact', 'unexpected-shape']),
    );
  });

  it('counts a continuation alone when it is named, and tells discovery what it is part of', async () => {
    const run = await open('terminus-2', 'trajectory.cont-1.json');
    expect(run.steps[0]).toMatchObject({ id: '1', action: 'cat state.txt\n' });
    const reader = await openDiskReader(join(FIXTURES, 'atif/terminus-2'));
    for (const entry of await reader.list('')) {
      const whole = entry.name === 'trajectory.json' ? undefined : 'trajectory.json';
      expect(await atifFormat.partOf?.(entry, reader)).toBe(whole);
    }
  });
});

describe('ATIF that is damaged or foreign', () => {
  it.each(CASES)('%s is told from every other format', async (name) => {
    const text = readFileSync(join(FIXTURES, 'atif', name, 'trajectory.json'), 'utf8');
    const [first, second] = await scoreFormats(text, 'anything.json');
    expect(first).toEqual({ id: 'atif', score: 0.98 });
    expect(second?.score).toBeLessThan(0.5);
  });

  it.each(CASES)('%s cut at every tenth gives a run with the steps before the cut', async (name) => {
    const whole = await open(name);
    const runs = await extractCuts(atifFormat, `atif/${name}/trajectory.json`);
    expect(runs).toHaveLength(10);
    const counts = runs.map(({ steps }) => steps.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts[0]).toBe(0);
    expect(counts[9]).toBeGreaterThan(0);
    for (const run of runs) {
      expect(run.steps.map(({ action }) => action)).toEqual(
        whole.steps.slice(0, run.steps.length).map(({ action }) => action),
      );
      expect(codes(run).some((code) => ['truncated-json', 'empty-file'].includes(code))).toBe(true);
    }
  });

  it.each([
    ['nothing', '', 'empty-file'],
    ['a pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n', 'lfs-pointer'],
    ['a list', '[1, 2]', 'unexpected-shape'],
    ['wrong types', '{"schema_version": 3, "agent": [], "steps": {"a": 1}}', 'unexpected-shape'],
    [
      'steps of wrong types',
      '{"schema_version": "ATIF-v1.5", "steps": [null, 3, "x", []]}',
      'unexpected-shape',
    ],
  ])('%s gives a run without steps and says why', async (_, text, code) => {
    const run = await read(text);
    expect(run.steps).toHaveLength(0);
    expect(codes(run)).toEqual(expect.arrayContaining([code, 'no-steps']));
  });

  it('keeps what can be read of steps with fields of wrong types', async () => {
    const run = await read(
      JSON.stringify({
        schema_version: 'ATIF-v1.5',
        agent: { name: 7 },
        steps: [
          { source: 'user', message: null },
          { source: 'agent', message: 5, tool_calls: 'none', observation: [] },
          {
            source: 'agent',
            timestamp: {},
            metrics: 'x',
            tool_calls: [null, { function_name: 'bash', arguments: 'ls' }],
          },
          {
            source: 'agent',
            tool_calls: [{ tool_call_id: 'a', function_name: 'bash', arguments: { command: 'id' } }],
          },
          {
            source: 'agent',
            message: 'late',
            observation: { results: [{ source_call_id: 'a', content: 'uid=0' }] },
          },
          { source: 'agent', observation: { results: [{ source_call_id: 'zzz', content: 'whose?' }, null] } },
        ],
      }),
    );
    expect(run.steps.map(({ tool, action, observation }) => [tool, action, observation])).toEqual([
      ['unknown', 'unknown', undefined],
      ['bash', 'bash\nraw: ls', undefined],
      ['bash', 'id', 'uid=0'],
    ]);
    expect(codes(run)).toContain('unpaired-result');
    expect(run.messages.map(({ text }) => text)).toEqual(['whose?']);
  });

  it('survives halves of surrogate pairs and CRLF', async () => {
    const text = `{"schema_version": "ATIF-v1.5",\r\n"steps": [{"source": "agent", "message": "\\ud83d", "tool_calls":\r\n[{"function_name": "bash", "arguments": {"command": "a\\r\\nb"}}]}]}\r\n`;
    const run = await read(text);
    expect(run.steps).toMatchObject([{ action: 'a\r\nb', thought: '\ud83d' }]);
    expect(codes(run)).toContain('lone-surrogate');
  });
});
