import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { openhandsSdkFormat as format } from '../../src/formats/openhands-sdk/format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/openhands-sdk');
const LAYOUTS = [
  'conversation',
  'conversation/events',
  'lines/events.jsonl',
  'document/trajectory.json',
  'printed/run.log',
];
const reader = await openDiskReader(FIXTURES);

async function one(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

describe('a conversation of the SDK', () => {
  it.each(LAYOUTS)('%s is recognised', async (path) => {
    const entry = await reader.stat(path);
    if (!entry) throw new Error(`no ${path}`);
    const choice = await detectFormat(entry, reader, FORMATS);
    expect(choice.kind === 'chosen' && choice.format.id).toBe('openhands-sdk');
  });

  it.each(LAYOUTS)('%s: each call with its result is a step, finish is none', async (path) => {
    const { steps } = await one(path);
    expect(
      steps.map(({ tool, status, exitCode, observation, turn }) => [
        tool,
        status,
        exitCode,
        observation,
        turn,
      ]),
    ).toEqual([
      ['terminal', 'ok', 0, 'greeter', 1],
      ['file_editor', 'ok', undefined, '1\tdef hello(name):', 1],
      ['file_editor', 'error', undefined, 'Missing parameter: command', 2],
      ['terminal', 'rejected', undefined, 'Too dangerous.', 3],
      ['terminal', 'error', 1, '1 failed', 4],
    ]);
  });

  it.each(LAYOUTS)('%s keeps thoughts, messages and the final words', async (path) => {
    const run = await one(path);
    expect(run.steps.map(({ thought }) => thought)).toEqual([
      'First the layout.\n\nI look around.',
      undefined,
      'I edit it.',
      'I start afresh.',
      'I will only change the line.',
    ]);
    expect(run.messages.map(({ role, kind }) => `${role} ${kind}`)).toEqual([
      'system prompt',
      'user prompt',
      'environment notice',
      'environment compaction',
    ]);
    expect(run.finalMessage?.text).toBe('Enough.\n\nThe tests fail; I stop.');
    expect(run.task?.text).toBe('The greeting lacks a comma. Mend it.');
    expect(run.exitStatus).toBe('finished');
    expect(run.exceptions).toMatchObject([{ kind: 'api', message: 'LLMRateLimitError: rate limit reached' }]);
  });

  it('reads events that stand there twice once, and says so', async () => {
    const run = await one('conversation');
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['duplicate-record', 'duplicate-record']);
  });

  it('takes model, directory and the usage of each answer from its state', async () => {
    const run = await one('conversation');
    expect(run).toMatchObject({ model: 'acme/coder-1', initialCwd: '/repo' });
    expect(run.usage).toEqual({ inputTokens: 600, outputTokens: 60, reasoningTokens: 6, costUsd: 0.06 });
    expect(run.steps[0]?.usage).toEqual({ inputTokens: 100, outputTokens: 10, costUsd: 0.01 });
    expect(run.steps[1]?.usage).toBeUndefined();
  });

  it('points at the files and lines', async () => {
    expect((await one('conversation')).steps[0]?.actionRef.artifact).toBe(
      'conversation/events/event-00002-ev-3.json',
    );
    expect((await one('lines/events.jsonl')).steps[0]?.actionRef.line).toBe(3);
    const { line } = (await one('printed/run.log')).steps[0]?.actionRef ?? {};
    const printed = readFileSync(join(FIXTURES, 'printed/run.log'), 'utf8').split('\n');
    expect(printed.slice((line ?? 0) - 2, line)).toEqual(['--JSON Event--', '{']);
  });
});

const call = (id: string, toolCall: string, response: string): object => ({
  kind: 'ActionEvent',
  id,
  source: 'agent',
  action: { command: id, kind: 'TerminalAction' },
  tool_name: 'terminal',
  tool_call_id: toolCall,
  llm_response_id: response,
});
const result = (action: string, toolCall: string, text: string): object => ({
  kind: 'ObservationEvent',
  source: 'environment',
  tool_name: 'terminal',
  tool_call_id: toolCall,
  action_id: action,
  observation: { content: [{ type: 'text', text }] },
});
const jsonl = (...events: object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');

async function fromLines(...events: object[]): Promise<Run> {
  const [run] = await extractRuns(format, createMemoryReader({ 'e.jsonl': jsonl(...events) }), 'e.jsonl');
  if (!run) throw new Error('no run');
  return run;
}

describe('events', () => {
  it('pair by the action’s id though ids of calls come again', async () => {
    const run = await fromLines(
      call('a', 'same', 'm1'),
      call('b', 'same', 'm1'),
      result('b', 'same', 'of b'),
      result('a', 'same', 'of a'),
    );
    expect(run.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['a', 'of a'],
      ['b', 'of b'],
    ]);
  });

  it('leave the last call pending, but a call that waits for consent is none', async () => {
    const pending = await fromLines(call('a', 'c1', 'm1'));
    expect(pending.steps.map(({ status }) => status)).toEqual(['pending']);
    const state = {
      kind: 'ConversationStateUpdateEvent',
      key: 'execution_status',
      value: 'waiting_for_confirmation',
    };
    const waiting = await fromLines(call('a', 'c1', 'm1'), state);
    expect(waiting.steps).toEqual([]);
    expect(waiting.messages.map(({ text }) => text)).toEqual(['a']);
  });

  it('report a result without its call', async () => {
    const run = await fromLines(result('gone', 'gone', 'lost words'));
    expect(run.messages.map(({ text }) => text)).toEqual(['lost words']);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['unpaired-result', 'no-steps']);
  });

  it('give each answer what the totals grew by before it', async () => {
    const stats = (tokens: number): object => ({
      kind: 'ConversationStateUpdateEvent',
      key: 'stats',
      value: { usage_to_metrics: { agent: { accumulated_token_usage: { prompt_tokens: tokens } } } },
    });
    const run = await fromLines(stats(10), call('a', 'c1', 'm1'), stats(25), call('b', 'c2', 'm2'));
    expect(run.steps.map(({ usage }) => usage)).toEqual([{ inputTokens: 10 }, { inputTokens: 15 }]);
    expect(run.usage).toEqual({ inputTokens: 25 });
  });

  it('of several openings go by time when their numbers come twice', async () => {
    const at = (timestamp: string, event: object): string => JSON.stringify({ ...event, timestamp });
    const memory = createMemoryReader({
      'c/event-00000-aa.json': at('2026-01-01T10:00:00', call('first', 'c1', 'm1')),
      'c/event-00001-bb.json': at('2026-01-01T10:00:01', result('first', 'c1', 'x')),
      'c/event-00000-zz.json': at('2026-01-01T11:00:00', call('second', 'c1', 'm2')),
      'c/event-00001-aa.json': at('2026-01-01T11:00:01', result('second', 'c1', 'y')),
    });
    const [run] = await extractRuns(format, memory, 'c');
    expect(run?.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['first', 'x'],
      ['second', 'y'],
    ]);
    expect(run?.diagnostics.map(({ code }) => code)).toEqual(['several-sessions']);
  });
});

describe('bad input', () => {
  it.each([
    'lines/events.jsonl',
    'document/trajectory.json',
    'printed/run.log',
    'conversation/base_state.json',
  ])('%s cut anywhere does not throw, and never gains a step', async (path) => {
    const runs = await extractCuts(format, `openhands-sdk/${path}`);
    const counts = runs.map(({ steps }) => steps.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    for (const run of runs) expect(run.diagnostics.length).toBeGreaterThan(0);
  });

  it.each([
    '{"kind":"ActionEvent","thought":5,"action":[],"tool_call":"x"}',
    '{"kind":"ObservationEvent","observation":7,"action_id":{}}',
    '{"kind":"MessageEvent","llm_message":[]}\r\n{"kind":"FooEvent"}\r\nnot json\r\n{"kind":5}',
    '{"kind":"ConversationStateUpdateEvent","key":"full_state","value":{"stats":{"usage_to_metrics":[1]}}}',
  ])('%s does not throw', async (text) => {
    const [run] = await extractRuns(format, createMemoryReader({ 'e.jsonl': text }), 'e.jsonl');
    expect(run?.steps.length).toBeLessThanOrEqual(1);
    expect(run?.diagnostics.length).toBeGreaterThan(0);
  });

  it('an LFS pointer among the events costs one event', async () => {
    const memory = createMemoryReader({
      'c/event-00000-aa.json': 'version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n',
      'c/event-00001-bb.json': JSON.stringify(call('a', 'c1', 'm1')),
      'c/event-00002-cc.json': JSON.stringify(result('a', 'c1', 'x')),
    });
    const [run] = await extractRuns(format, memory, 'c');
    expect(run?.steps).toHaveLength(1);
    expect(run?.diagnostics.map(({ code }) => code)).toEqual(['lfs-pointer']);
  });
});
