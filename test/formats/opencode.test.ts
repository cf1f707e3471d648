import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { opencodeFormat as format } from '../../src/formats/opencode/format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const reader = await openDiskReader(`${FIXTURES}/opencode`);
const SESSION = 'storage/storage/session/p1/ses_a1.json';

async function open(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error('no run');
  return run;
}

describe('a session of OpenCode', () => {
  it.each(['storage/storage', SESSION, 'export/session.json', 'stream/run.jsonl', 'early/storage'])(
    '%s is recognised',
    async (path) => {
      const entry = await reader.stat(path);
      if (!entry) throw new Error('not there');
      const choice = await detectFormat(entry, reader, FORMATS);
      expect(choice.kind === 'chosen' && choice.format.id).toBe('opencode');
    },
  );

  it.each(['storage/storage', SESSION, 'export/session.json'])('%s: a step per call', async (path) => {
    const run = await open(path);
    expect(run.steps.map((step) => [step.tool, step.status, step.exitCode, step.turn])).toEqual([
      ['bash', 'error', 2, 1],
      ['task', 'ok', undefined, 1],
      ['edit', 'rejected', undefined, 2],
      ['bash', 'interrupted', undefined, 3],
      ['bash', 'pending', undefined, 3],
      ['write', 'ok', undefined, 5],
    ]);
    expect(run.steps[0]).toMatchObject({
      action: 'make bench',
      thought: 'Measure first.\n\nI measure.',
      observation: 'no rule',
      startedAt: 1790000002500,
      endedAt: 1790000002600,
    });
    expect(run.steps[4]).toMatchObject({ action: 'tail -f log', rawOutput: 'line 1\n' });
    expect(run.steps[4]?.observation).toBeUndefined();
    expect(run.finalMessage?.text).toBe('A cache is there now.');
  });

  it.each(['storage/storage', SESSION])('%s: a sub-agent’s session hangs on its call', async (path) => {
    const run = await open(path);
    expect(run.branches).toMatchObject([{ parent: '2', name: 'explore', prompt: 'Find slow calls.' }]);
    expect(run.branches[0]?.steps.map(({ id, tool, observation }) => [id, tool, observation])).toEqual([
      ['2.1', 'grep', 'db.py:1'],
    ]);
    expect(run.branches[0]?.finalMessage).toBe('db.py is slow');
  });

  it('tells prompts from what was added to them, and keeps summary and abort', async () => {
    const run = await open(SESSION);
    expect(run.messages.map(({ role, kind, text, before }) => [role, kind, text, before])).toEqual([
      ['user', 'prompt', 'Requests are slow. Add a cache.', '1'],
      ['environment', 'notice', 'Called the Read tool.', '1'],
      ['user', 'notice', '[file: inline graph.png]', '1'],
      ['user', 'interruption', 'MessageAbortedError: The operation was aborted.', '6'],
      ['environment', 'compaction', 'Summary: the cache is missing still.', '6'],
    ]);
    expect(run.task?.text).toBe('Requests are slow. Add a cache.');
    expect(run.exceptions).toEqual([]);
  });

  it('takes usage from the ends of steps, and from the message where there are none', async () => {
    const run = await open(SESSION);
    expect(run.steps.map(({ usage }) => usage?.costUsd)).toEqual([
      0.01,
      undefined,
      0.02,
      0.5,
      undefined,
      0.04,
    ]);
    expect(run.steps[0]?.usage).toMatchObject({ inputTokens: 100, cachedInputTokens: 90, outputTokens: 5 });
    expect(run.usage?.costUsd).toBeCloseTo(0.01 + 0.02 + 0.5 + 0.03 + 0.04 + 0.001);
  });

  it('knows version, model and directory, and where things stand', async () => {
    const run = await open(SESSION);
    expect(run).toMatchObject({
      agent: { name: 'opencode', version: '1.2.3' },
      model: 'coder-o',
      initialCwd: '/srv/app',
      exitStatus: 'stop',
    });
    expect(run.steps[0]?.actionRef.artifact).toBe('storage/storage/part/msg_02/prt_023.json');
    expect(run.steps[0]?.observationRef?.pointer).toBe('/state/output');
  });

  it('is read with the sessions that it started', async () => {
    const sub = await reader.stat('storage/storage/session/p1/ses_b2.json');
    const own = await reader.stat(SESSION);
    expect(sub && (await format.partOf?.(sub, reader))).toBe(SESSION);
    expect(own && (await format.partOf?.(own, reader))).toBeUndefined();
    expect(await extractRuns(format, reader, 'storage/storage')).toHaveLength(1);
  });
});

describe('other shapes of OpenCode', () => {
  it('printed: parts as they were done, and the error that ended it', async () => {
    const run = await open('stream/run.jsonl');
    expect(run.steps.map(({ action, thought, exitCode }) => [action, thought, exitCode])).toEqual([
      ['ls', 'I list the files.', 0],
    ]);
    expect(run.finalMessage?.text).toBe('There is one file.');
    expect(run.exceptions).toMatchObject([{ kind: 'api', message: 'APIError: the service is down' }]);
    expect(run.usage?.inputTokens).toBe(22);
  });

  it('first versions: all folders under `session`', async () => {
    const run = await open('early/storage');
    expect(run.path).toBe('early/storage#ses_o1');
    expect(run.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['echo hello', 'hello\n'],
    ]);
    expect(run.task?.text).toBe('Say hello.');
  });

  it('an export whose sub-agent has no session says so', async () => {
    const run = await open('export/session.json');
    expect(run.branches).toEqual([]);
    expect(run.diagnostics.map(({ code }) => code)).toContain('missing-artifact');
  });
});

const info = { id: 'ses_1', version: '1', projectID: 'p', directory: '/w', title: 't', time: { created: 1 } };
const message = (id: string, role: string, created: number): object => ({ id, role, time: { created } });

async function fromFiles(files: Record<string, unknown>): Promise<Run> {
  const texts = Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)]);
  const memory = createMemoryReader(Object.fromEntries(texts));
  const [run] = await extractRuns(format, memory, 'session/p/ses_1.json');
  if (!run) throw new Error('no run');
  return run;
}

describe('damaged storage', () => {
  it('with parts in one folder: each goes to its message, in the order of their names', async () => {
    const text = (messageID: string, said: string): object => ({ messageID, type: 'text', text: said });
    const run = await fromFiles({
      'session/p/ses_1.json': info,
      'message/ses_1/b.json': message('m1', 'user', 1),
      'message/ses_1/a.json': message('m2', 'assistant', 2),
      'part/prt_10.json': text('m2', 'one'),
      'part/prt_9.json': text('m2', 'two'),
      'part/prt_8.json': text('m1', 'ask'),
      'part/prt_7.json': text('elsewhere', 'no'),
    });
    expect(run.finalMessage?.text).toBe('one\n\ntwo');
    expect(run.task?.text).toBe('ask');
  });

  it('reads the messages of a session whose own file is damaged', async () => {
    const files = {
      'session/p/ses_1.json': '{"id": "ses_1", "proj',
      'session/p/ses_2.json': JSON.stringify({ ...info, id: 'ses_2' }),
      'message/ses_1/m1.json': JSON.stringify(message('m1', 'assistant', 1)),
      'part/m1/1.json': JSON.stringify({ type: 'text', text: 'still here' }),
    };
    const runs = await extractRuns(format, createMemoryReader(files), '');
    expect(runs.map(({ path, finalMessage }) => [path, finalMessage?.text])).toEqual([
      ['#ses_2', undefined],
      ['#ses_1', 'still here'],
    ]);
    const [first] = runs;
    expect(first?.diagnostics.map(({ code }) => code)).toEqual([
      'unexpected-shape',
      'missing-artifact',
      'missing-artifact',
      'no-steps',
    ]);
  });

  it('says so when an export’s part is none', async () => {
    const parts = [5, { type: 'text', text: 'kept' }];
    const document = { info, messages: [{ info: message('m', 'assistant', 1), parts }] };
    const reader = createMemoryReader({ 'e.json': JSON.stringify(document) });
    const [run] = await extractRuns(format, reader, 'e.json');
    expect(run?.finalMessage?.text).toBe('kept');
    expect(run?.diagnostics.map(({ code }) => code)).toContain('unexpected-shape');
  });

  it('without messages is a run without steps', async () => {
    const run = await fromFiles({ 'session/p/ses_1.json': info });
    expect(run.steps).toEqual([]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['missing-artifact', 'no-steps']);
  });

  it('with odd files says so and goes on', async () => {
    const run = await fromFiles({
      'session/p/ses_1.json': info,
      'message/ses_1/m1.json': message('m1', 'assistant', 1),
      'message/ses_1/m2.json': { role: 'robot' },
      'message/ses_1/m3.json': 5,
      'part/m1/1.json': { type: 'tool' },
      'part/m1/2.json': { type: 'hologram' },
      'part/m1/3.json': { text: 'no type' },
    });
    expect(run.steps.map(({ tool, status }) => [tool, status])).toEqual([['unknown', 'pending']]);
    expect(new Set(run.diagnostics.map(({ code }) => code))).toEqual(
      new Set(['unexpected-shape', 'unknown-record', 'unpaired-call']),
    );
  });

  it('links an unnamed sub-agent by the time of its session, and leaves no session out', async () => {
    const task = {
      type: 'tool',
      tool: 'task',
      state: { status: 'completed', output: 'x', time: { start: 10, end: 20 } },
    };
    const run = await fromFiles({
      'session/p/ses_1.json': info,
      'session/p/ses_2.json': { ...info, id: 'ses_2', parentID: 'ses_1', time: { created: 15 } },
      'session/p/ses_3.json': { ...info, id: 'ses_3', parentID: 'ses_1', time: { created: 99_000 } },
      'message/ses_1/m1.json': message('m1', 'assistant', 1),
      'part/m1/1.json': task,
      'message/ses_2/m2.json': message('m2', 'assistant', 1),
      'part/m2/1.json': { type: 'text', text: 'looked' },
    });
    expect(run.branches.map(({ parent, finalMessage }) => [parent, finalMessage])).toEqual([
      ['1', 'looked'],
      [undefined, undefined],
    ]);
  });

  it.each(['opencode/export/session.json', 'opencode/stream/run.jsonl'])(
    '%s survives any cut',
    async (path) => {
      const counts = (await extractCuts(format, path)).map(({ steps }) => steps.length);
      expect(counts).toHaveLength(10);
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    },
  );
});
