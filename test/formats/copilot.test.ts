import { describe, expect, it } from 'vitest';
import { copilotFormat as format } from '../../src/formats/copilot/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const reader = await openDiskReader(FIXTURES);
const SESSION = 'copilot/session/0c0b0a00-1111-4222-8333-444455556666/events.jsonl';

async function one(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

async function fromEvents(...events: [string, object][]): Promise<Run> {
  const text = events.map(([type, data], i) =>
    JSON.stringify({ type, data, id: `${i}`, timestamp: '2026-01-01T00:00:00Z', parentId: null }),
  );
  const [run] = await extractRuns(format, createMemoryReader({ f: text.join('\n') }), 'f');
  if (!run) throw new Error('no run');
  return run;
}

describe('a session', () => {
  it('has a step per call, and no second one for its start', async () => {
    const { steps } = await one(SESSION);
    expect(
      steps.map(({ tool, status, exitCode, turn, parallelGroup }) => [
        tool,
        status,
        exitCode,
        turn,
        parallelGroup,
      ]),
    ).toEqual([
      ['bash', 'error', 1, 1, 1],
      ['view', 'error', undefined, 1, 1],
      ['create', 'ok', undefined, 2, 2],
      ['task', 'ok', undefined, 2, 2],
      ['bash', 'rejected', undefined, 3, undefined],
      ['bash', 'interrupted', undefined, 4, undefined],
    ]);
    expect(steps[0]).toMatchObject({
      action: 'cat string.txt',
      thought: 'First the string, then the tail.\n\nI look at both.',
    });
    expect(steps[2]).toMatchObject({
      args: { path: '/srv/kite/tail.txt' },
      observation: 'Created file /srv/kite/tail.txt',
    });
    expect(steps[2]?.rawOutput).toBeUndefined();
  });

  it('has its sub-agents as branches of their calls', async () => {
    const { branches } = await one(SESSION);
    expect(branches).toMatchObject([
      {
        parent: '4',
        name: 'explore',
        prompt: 'Find the string.',
        finalMessage: 'It is in the shed.',
        steps: [{ id: '4.1', tool: 'glob', thought: 'I search.' }],
      },
    ]);
    expect(branches).toHaveLength(1);
  });

  it('keeps what was said to the model, and what it used', async () => {
    const run = await one(SESSION);
    expect(run.messages.map(({ role, kind }) => `${role} ${kind}`)).toEqual([
      'system prompt',
      'user prompt',
      'environment notice',
      'environment notice',
      'user interruption',
      'environment compaction',
      'user prompt',
    ]);
    expect(run).toMatchObject({
      agent: { name: 'copilot', version: '1.0.40' },
      model: 'kite-1',
      initialCwd: '/srv/kite',
      exitStatus: 'routine',
      task: { text: 'The kite does not fly. Mend it.' },
      finalMessage: { text: 'As you wish.' },
      usage: { inputTokens: 1000, cachedInputTokens: 300, outputTokens: 72 },
    });
  });

  it('sums what the answers put out where no end was written', async () => {
    const run = await fromEvents(
      ['assistant.message', { content: 'a', outputTokens: 4 }],
      ['assistant.message', { content: 'b', outputTokens: 5 }],
    );
    expect(run.usage).toEqual({ outputTokens: 9 });
  });
});

describe('calls', () => {
  it('that began before their message, or without one, are steps', async () => {
    const run = await fromEvents(
      ['tool.execution_start', { toolCallId: 'a', toolName: 'bash', arguments: { command: 'one' } }],
      [
        'assistant.message',
        { content: '', toolRequests: [{ toolCallId: 'a', name: 'bash', arguments: { command: 'one' } }] },
      ],
      ['tool.execution_complete', { toolCallId: 'a', success: true, result: { content: 'x' } }],
      ['tool.execution_start', { toolCallId: 'b', toolName: 'bash', arguments: { command: 'two' } }],
    );
    expect(run.steps.map(({ action, status }) => [action, status])).toEqual([
      ['one', 'ok'],
      ['two', 'pending'],
    ]);
  });

  it('whose id comes again are others', async () => {
    const request = [
      'assistant.message',
      { content: '', toolRequests: [{ toolCallId: 'a', name: 'bash', arguments: { command: 'x' } }] },
    ] as [string, object];
    const done = (text: string): [string, object] => [
      'tool.execution_complete',
      { toolCallId: 'a', success: true, result: { content: text } },
    ];
    const run = await fromEvents(request, done('1'), request, done('2'), done('3'));
    expect(run.steps.map(({ observation }) => observation)).toEqual(['1', '2']);
    expect(run.messages.map(({ text }) => text)).toEqual(['3']);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['reused-call-id', 'unpaired-result']);
  });
});

describe('faults', () => {
  it('count only when nothing came after them', async () => {
    const error: [string, object] = ['session.error', { errorType: 'query', message: 'no model' }];
    expect((await fromEvents(error)).exceptions).toMatchObject([{ kind: 'api', message: 'no model' }]);
    expect((await fromEvents(error, ['assistant.message', { content: 'On.' }])).exceptions).toEqual([]);
  });

  it('of unknown kinds are folded, known ones without content are not', async () => {
    const run = await fromEvents(
      ['kite.flown', {}],
      ['kite.flown', {}],
      ['hook.start', {}],
      ['session.usage_checkpoint', {}],
    );
    expect(run.diagnostics).toMatchObject([{ code: 'unknown-record', count: 2 }, { code: 'no-steps' }]);
  });
});

describe('bad input', () => {
  it('a session cut anywhere does not throw, and never gains a step', async () => {
    const counts = (await extractCuts(format, SESSION)).map(({ steps }) => steps.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it.each([
    '{"type":"assistant.message","data":{"content":7,"toolRequests":[1,{"name":{}}]}}\n{"type":"x"}',
    '{"type":"tool.execution_complete","data":{"result":[],"error":9}}\n{"type":7,"data":{}}',
    '{"type":"session.shutdown","data":{"modelMetrics":[1],"tokenDetails":"x"}}',
  ])('%s does not throw', async (text) => {
    const [run] = await extractRuns(format, createMemoryReader({ f: text }), 'f');
    expect(run?.steps.length).toBeLessThanOrEqual(1);
  });

  it('is not taken for a session when it only looks like events', async () => {
    const scores = await scoreFormats(
      '{"type":"log.line","data":{},"id":"1","timestamp":"x","parentId":null}\n',
      'l.jsonl',
    );
    expect(scores.find(({ id }) => id === 'copilot')?.score).toBe(0);
  });
});
