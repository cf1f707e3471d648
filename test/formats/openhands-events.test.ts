import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { openhandsEventsFormat as format } from '../../src/formats/openhands-events/format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractRuns } from '../support/extract-one.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/openhands-events');
const SESSION = 'sessions/sessions/3f6c';
const reader = await openDiskReader(FIXTURES);

async function one(path: string): Promise<Run> {
  const [run, ...more] = await extractRuns(format, reader, path);
  if (!run || more.length > 0) throw new Error(`${path}: ${more.length + 1} runs`);
  return run;
}

async function chosen(path: string): Promise<string> {
  const entry = await reader.stat(path);
  if (!entry) throw new Error(`no ${path}`);
  const choice = await detectFormat(entry, reader, FORMATS);
  return choice.kind === 'chosen' ? choice.format.id : choice.kind;
}

describe('a session folder', () => {
  it.each([
    `benchmark/${SESSION}`,
    `benchmark/${SESSION}/events`,
    `benchmark/${SESSION}/event_cache`,
    'flat/3f6c.json',
    'rows/output.jsonl',
  ])('%s is recognised', async (path) => {
    expect(await chosen(path)).toBe('openhands-events');
  });

  it('counts what an observation names as its cause, the recall among it', async () => {
    const run = await one(`benchmark/${SESSION}`);
    expect(run.steps.map((step) => [step.tool, step.status, step.exitCode])).toEqual([
      ['recall', 'ok', undefined],
      ['execute_bash', 'ok', 0],
      ['execute_bash', 'ok', 0],
      ['str_replace_editor', 'ok', undefined],
      ['execute_bash', 'timeout', undefined],
      ['execute_bash', 'interrupted', 130],
      ['think', 'ok', undefined],
      ['execute_bash', 'error', undefined],
    ]);
  });

  it('keeps text, place and directory of each step', async () => {
    const { steps } = await one(`benchmark/${SESSION}`);
    expect(steps[1]).toMatchObject({
      action: 'ls greeter',
      thought: 'I look at the package and its tests first.',
      observation: '__init__.py  hello.py',
      recordedCwd: '/repo',
      actionRef: { artifact: `benchmark/${SESSION}/events/5.json` },
      observationRef: { artifact: `benchmark/${SESSION}/events/6.json` },
    });
    expect(steps[3]?.args).toEqual({
      command: 'str_replace',
      path: '/repo/greeter/hello.py',
      old_str: "return 'Hello ' + name",
      new_str: "return 'Hello, ' + name",
    });
    expect(steps[5]?.action).toBe('');
  });

  it('takes events without a file of their own from the cache', async () => {
    const { steps } = await one(`benchmark/${SESSION}`);
    expect(steps[3]?.actionRef).toEqual({
      artifact: `benchmark/${SESSION}/event_cache/0-25.json`,
      pointer: '/9',
    });
  });

  it('groups the calls of one answer, whose thought is the first one’s', async () => {
    const { steps } = await one(`benchmark/${SESSION}`);
    expect(steps.map((step) => step.parallelGroup)).toEqual([undefined, 2, 2, ...Array<undefined>(5)]);
    expect(steps[2]?.thought).toBeUndefined();
    expect(steps[2]?.usage).toBeUndefined();
  });

  it('reads usage from answers and cumulative counters without summing the latter', async () => {
    const run = await one(`benchmark/${SESSION}`);
    expect(run.usage).toEqual({ inputTokens: 11300, outputTokens: 240, costUsd: 0.1 });
    expect(run.steps[4]?.usage?.costUsd).toBeCloseTo(0.02);
    expect(run.steps[1]?.usage).toEqual({ inputTokens: 900, outputTokens: 40, costUsd: 0.01 });
  });

  it('keeps what is no step: prompts, replies, errors of the harness, unpaired actions, the final words', async () => {
    const run = await one(`benchmark/${SESSION}`);
    expect(run.messages.map(({ role, kind, before }) => [role, kind, before])).toEqual([
      ['system', 'prompt', '1'],
      ['user', 'prompt', '1'],
      ['user', 'reply', '5'],
      ['environment', 'format-error', '7'],
      ['assistant', 'notice', undefined],
    ]);
    expect(run.messages.at(-1)?.text).toBe('git status');
    expect(run.steps[4]?.thought).toBe('I changed the file. Shall I run the tests?\n\nNow the tests.');
    expect(run.finalMessage?.text).toBe(
      'The greeting has its comma.\n\nFixed the greeting in greeter/hello.py.',
    );
    expect(run.exitStatus).toBe('finished');
    expect(run.model).toBe('acme/coder-1-configured');
    expect(run.task?.text).toBe('The greeting lacks a comma. Mend it.');
  });

  it('gives the same steps from events, cache and flat list', async () => {
    const outline = (run: Run): unknown[] =>
      run.steps.map(({ id, tool, action, observation, thought, usage, status }) => [
        id,
        tool,
        action,
        observation,
        thought,
        usage,
        status,
      ]);
    const whole = outline(await one(`benchmark/${SESSION}`));
    expect(outline(await one('flat/3f6c.json'))).toEqual(whole);
    expect(outline(await one(`benchmark/${SESSION}/event_cache`))).toEqual(whole);
  });

  it('never opens a pickle', async () => {
    const events = readFileSync(join(FIXTURES, 'flat/3f6c.json'), 'utf8');
    const memory = createMemoryReader({
      's/event_cache/0-25.json': events,
      's/agent_state.pkl': 'cos\nsystem',
    });
    const [run] = await extractRuns(format, memory, 's');
    expect(run?.artifacts.find(({ path }) => path.endsWith('.pkl'))?.use).toBe('unread');
    expect(run?.steps).toHaveLength(8);
  });
});

describe('rows of output.jsonl', () => {
  it('are one run each, with outcome, patch, error and version', async () => {
    const runs = await extractRuns(format, reader, 'rows/output.jsonl');
    expect(runs.map(({ path, steps }) => [path, steps.length])).toEqual([
      ['rows/output.jsonl#acme__greeter-7', 8],
      ['rows/output.jsonl#acme__greeter-8', 1],
      ['rows/output.jsonl#acme__greeter-9', 1],
    ]);
    const [first, second, third] = runs;
    expect(first?.outcome.kind).toBe('solved');
    expect(first?.submission?.text).toContain("+    return 'Hello, ' + name");
    expect(first?.agent).toEqual({ name: 'OpenHands', version: '0.41.0' });
    expect(first?.steps[0]?.actionRef).toEqual({
      artifact: 'rows/output.jsonl',
      line: 1,
      pointer: '/history/2',
    });
    expect(second?.outcome.kind).toBe('failed');
    expect(second?.exceptions.map(({ kind }) => kind)).toEqual(['limit']);
    expect(second?.steps[0]).toMatchObject({
      action: 'print(2+3)',
      observation: '5',
      thought: 'I compute it.',
    });
    expect(third?.outcome.kind).toBe('unknown');
    expect(third?.outcome.signals[0]?.authority).toBe('agent');
    expect(third?.steps[0]).toMatchObject({ action: 'echo MIT > LICENSE', exitCode: 0, status: 'ok' });
  });

  it('keep the path of the file when there is one row', async () => {
    const line = readFileSync(join(FIXTURES, 'rows/output.jsonl'), 'utf8').split('\n')[1] ?? '';
    const [run] = await extractRuns(
      format,
      createMemoryReader({ 'output.jsonl': `${line}\r\n` }),
      'output.jsonl',
    );
    expect(run?.path).toBe('output.jsonl');
    expect(run?.steps).toHaveLength(1);
  });
});

const act = (id: number, action: string, args: object, source = 'agent'): object => ({
  id,
  source,
  action,
  args,
});
const obs = (id: number, observation: string, cause: number | undefined, content: string): object => ({
  id,
  source: 'agent',
  observation,
  ...(cause !== undefined && { cause }),
  content,
});

async function fromList(events: readonly object[]): Promise<Run> {
  const [run] = await extractRuns(format, createMemoryReader({ 'e.json': JSON.stringify(events) }), 'e.json');
  if (!run) throw new Error('no run');
  return run;
}

describe('a list of events', () => {
  it('makes the steps of a delegate children of the call that started it', async () => {
    const run = await fromList([
      act(1, 'delegate', { agent: 'BrowsingAgent', inputs: { task: 'Find the manual.' } }),
      act(2, 'browse', { url: 'https://example.org' }),
      obs(3, 'browse', 2, 'A page.'),
      act(4, 'finish', { outputs: { content: 'Here it is.' }, thought: '' }),
      obs(5, 'delegate', undefined, 'BrowsingAgent finished'),
      act(6, 'run', { command: 'ls' }),
      obs(7, 'run', 6, 'a'),
    ]);
    expect(run.steps.map(({ id, tool, observation }) => [id, tool, observation])).toEqual([
      ['1', 'delegate', 'BrowsingAgent finished'],
      ['2', 'run', 'a'],
    ]);
    const [branch] = run.branches;
    expect(branch).toMatchObject({ name: 'BrowsingAgent', parent: '1', finalMessage: 'Here it is.' });
    expect(branch?.steps.map(({ id }) => id)).toEqual(['1.1']);
  });

  it('takes what the user runs for no step of the agent', async () => {
    const run = await fromList([
      act(1, 'run', { command: 'whoami' }, 'user'),
      obs(2, 'run', 1, 'root'),
      act(3, 'run', { command: 'ls' }),
      obs(4, 'run', 3, 'a'),
    ]);
    expect(run.steps.map(({ action }) => action)).toEqual(['ls']);
    expect(run.messages.map(({ text }) => text)).toEqual(['whoami', 'root']);
  });

  it('orders by id, and leaves out copies', async () => {
    const events = [obs(4, 'run', 3, 'b'), act(1, 'run', { command: 'one' }), obs(2, 'run', 1, 'a')];
    const run = await fromList([
      ...events,
      act(3, 'run', { command: 'two' }),
      act(3, 'run', { command: 'two' }),
    ]);
    expect(run.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['one', 'a'],
      ['two', 'b'],
    ]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['duplicate-record']);
  });

  it('keeps the order of a list whose ids start anew', async () => {
    const session = (word: string): object[] => [
      { ...act(1, 'run', { command: word }), timestamp: word },
      { ...obs(2, 'run', 1, `${word}!`), timestamp: word },
    ];
    const run = await fromList([...session('one'), ...session('two')]);
    expect(run.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['one', 'one!'],
      ['two', 'two!'],
    ]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['several-sessions']);
  });

  it('names errors of the service and of limits', async () => {
    const state = (id: number, reason: string): object => ({
      id,
      source: 'environment',
      observation: 'agent_state_changed',
      content: '',
      extras: { agent_state: 'error', reason },
    });
    const run = await fromList([
      state(1, 'litellm.RateLimitError: slow down'),
      state(2, 'RuntimeError: Agent reached maximum iteration.'),
      state(3, 'AgentStuckInLoopError: Agent got stuck in a loop'),
    ]);
    expect(run.exceptions.map(({ kind }) => kind)).toEqual(['api', 'limit', 'harness']);
    expect(run.exitStatus).toBe('error');
  });

  it('records an MCP call under its own name, and a lone surrogate as it is', async () => {
    const run = await fromList([
      act(1, 'call_tool_mcp', { name: 'search', arguments: { query: 'a\ud800b' }, thought: 'I ask.' }),
      obs(2, 'mcp', 1, '{"hits": 0}'),
    ]);
    expect(run.steps[0]).toMatchObject({ tool: 'search', args: { query: 'a\ud800b' }, thought: 'I ask.' });
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['lone-surrogate']);
  });
});

describe('bad input', () => {
  it.each([
    ['flat/3f6c.json', 'e.json'],
    ['rows/output.jsonl', 'output.jsonl'],
    [`benchmark/${SESSION}/events/9.json`, 's/events/9.json'],
    [`benchmark/${SESSION}/event_cache/0-25.json`, 's/event_cache/0-25.json'],
  ])('%s cut anywhere is read as far as it goes', async (fixture, name) => {
    const text = fixture.endsWith('/9.json')
      ? readFileSync(join(FIXTURES, `benchmark/${SESSION}/events/8.json`), 'utf8')
      : readFileSync(join(FIXTURES, fixture), 'utf8');
    const folder = name.startsWith('s/') ? 's' : name;
    let last = 0;
    for (let tenth = 0; tenth <= 10; tenth++) {
      const cut = text.slice(0, Math.floor((text.length * tenth) / 10));
      const runs = await extractRuns(format, createMemoryReader({ [name]: cut }), folder);
      const steps = runs.reduce((sum, run) => sum + run.steps.length, 0);
      expect(steps).toBeGreaterThanOrEqual(last);
      last = steps;
      if (tenth < 10) expect(runs.flatMap((run) => run.diagnostics).length).toBeGreaterThan(0);
    }
  });

  it('an LFS pointer among the events costs one event', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n';
    const memory = createMemoryReader({
      's/events/1.json': JSON.stringify(act(1, 'run', { command: 'ls' })),
      's/events/2.json': JSON.stringify(obs(2, 'run', 1, 'a')),
      's/events/3.json': pointer,
      's/events/4.json': '',
      's/events/10.json': JSON.stringify(obs(10, 'error', undefined, 'late')),
      's/events/9.json': '[1, {"action": 5}]',
    });
    const [run] = await extractRuns(format, memory, 's');
    expect(run?.steps).toHaveLength(1);
    expect(run?.diagnostics.map(({ code }) => code)).toEqual([
      'lfs-pointer',
      'empty-file',
      'unexpected-shape',
    ]);
  });

  it.each([
    '{"history": 5}',
    '{"history": [null, 3, "x", [[]], {"action": {}}, {"observation": "run", "source": "agent", "cause": {}}]}',
    '[{"action": "run", "args": 7, "source": "agent"}, {"observation": "run", "source": 3, "cause": "1", "extras": []}]',
    '[{"id": "x", "action": "message", "source": "agent", "args": {"content": 5}, "tool_call_metadata": [1]}]',
    'null',
  ])('%s does not throw', async (text) => {
    const [run] = await extractRuns(format, createMemoryReader({ 'e.json': text }), 'e.json');
    expect(run?.steps).toEqual([]);
    expect(run?.diagnostics.length).toBeGreaterThan(0);
  });
});
