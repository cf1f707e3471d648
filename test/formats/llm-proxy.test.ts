import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { llmProxyFormat as format } from '../../src/formats/llm-proxy/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const FILES = ['typed/interactions.jsonl', 'exchanges/proxy.jsonl', 'litellm/spend.jsonl'];
const reader = await openDiskReader(join(FIXTURES, 'llm-proxy'));

async function read(path: string): Promise<Run[]> {
  const runs = await extractRuns(format, reader, path);
  for (const run of runs) expect(checkIntegrity(run)).toEqual([]);
  return runs;
}

async function readRecords(records: readonly object[]): Promise<Run[]> {
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  return extractRuns(format, createMemoryReader({ 'log.jsonl': text }), 'log.jsonl');
}

const messagesOf = (run: Run | undefined): unknown[] =>
  (run?.messages ?? []).map(({ role, kind, text, before }) => [role, kind, text, before]);

describe('requests and responses as records of their own', async () => {
  const [run, second] = await read('typed/interactions.jsonl');

  it('is one run: a retried request, a refused answer and a history that became shorter are no new ones', () => {
    expect(second).toBeUndefined();
    expect(run).toMatchObject({
      path: 'typed/interactions.jsonl',
      model: 'acme-1',
      task: { text: 'The greeting lacks a comma. Mend it.' },
      usage: { inputTokens: 350, outputTokens: 35, costUsd: 0.05 },
    });
  });

  it('joins results by id and position, though the id comes again', () => {
    expect(
      run?.steps.map(({ turn, tool, action, thought, observation, status }) => [
        turn,
        tool,
        action,
        thought,
        observation,
        status,
      ]),
    ).toEqual([
      [2, 'bash', 'ls', 'Both at once.\n\nI look twice.\n\nI look.', 'a.py', 'unknown'],
      [
        3,
        'str_replace_editor',
        'str_replace_editor\ncommand: view\npath: a.py',
        'I read it.',
        'print("hi")',
        'unknown',
      ],
      [5, 'submit', 'submit', 'It is clear now.', undefined, 'pending'],
    ]);
    expect(run?.steps[0]).toMatchObject({
      usage: { inputTokens: 50, outputTokens: 5, costUsd: 0.01 },
      actionRef: { line: 5, pointer: '/response/choices/0/message/tool_calls/0' },
      observationRef: { line: 6, pointer: '/request_params/messages/3' },
    });
  });

  it('keeps the calls of the refused answer as texts where they stood', () => {
    expect(messagesOf(run)).toEqual([
      ['system', 'prompt', 'You mend code, one call at a time.', '1'],
      ['user', 'prompt', 'The greeting lacks a comma. Mend it.', '1'],
      ['assistant', 'notice', 'ls', '1'],
      ['assistant', 'notice', 'cat a.py', '1'],
      ['user', 'reply', 'One call at a time, please.', '1'],
      ['user', 'reply', 'Your last output had no call.', '3'],
    ]);
    expect(run?.diagnostics.map(({ code }) => code)).toEqual([
      'abandoned-call',
      'unanswered-request',
      'unpaired-call',
    ]);
  });
});

describe('exchanges of several agents', async () => {
  const runs = await read('exchanges/proxy.jsonl');
  const [run] = runs;

  it('takes the helper that a call started for a sub-agent, and the small question for an aside', () => {
    expect(runs).toHaveLength(1);
    expect(run?.branches).toMatchObject([
      {
        parent: '1',
        prompt: 'Look for slow queries in db.py and report.',
        finalMessage: 'Line 9 scans all.',
        steps: [{ id: '1.1', tool: 'Read', status: 'error', observation: 'no such file' }],
      },
      { name: 'aside', steps: [], finalMessage: 'Slow query' },
    ]);
  });

  it('reads blocks: reasoning, parallel calls, results beside texts', () => {
    expect(
      run?.steps.map(({ tool, parallelGroup, observation }) => [tool, parallelGroup, observation]),
    ).toEqual([
      ['Task', 1, 'Line 9 scans all.'],
      ['Bash', 1, 'clean'],
      ['Bash', undefined, ''],
    ]);
    expect(run?.steps[0]?.thought).toBe('A helper can look.\n\nI send a helper.');
    expect(run?.steps[0]?.usage).toEqual({ inputTokens: 24, cachedInputTokens: 4, outputTokens: 5 });
    expect(messagesOf(run).slice(2)).toEqual([
      ['user', 'reply', '<reminder>Be brief.</reminder>', '3'],
      ['environment', 'notice', 'Overloaded', '3'],
    ]);
    expect(run?.finalMessage?.text).toBe('Mended.');
    expect(run?.exceptions).toEqual([]);
  });
});

describe("LiteLLM's payload", async () => {
  const runs = await read('litellm/spend.jsonl');

  it('tells two attempts at one task apart', () => {
    expect(runs.map(({ path }) => path)).toEqual(['litellm/spend.jsonl', 'litellm/spend.jsonl#2']);
    expect(runs.map(({ steps }) => steps.map(({ action, observation }) => [action, observation]))).toEqual([
      [['wc -l a.py', '3 a.py']],
      [['cat a.py', 'x']],
    ]);
    expect(runs[0]?.usage).toEqual({
      inputTokens: 203,
      cachedInputTokens: 14,
      outputTokens: 20,
      costUsd: 0.005,
    });
  });

  it('keeps the error that ended the second', () => {
    expect(runs[1]?.exceptions).toMatchObject([
      { kind: 'api', message: 'RateLimitError: try later', place: { line: 4, pointer: '/error_str' } },
    ]);
  });
});

describe('odd logs', () => {
  const user = { role: 'user', content: 'Do it, and do it well.' };
  const call = (id: string, name = 'bash'): object => ({
    id,
    function: { name, arguments: '{"command":"ls"}' },
  });
  const request = (messages: readonly object[], more: object = {}): object => ({
    type: 'request',
    model: 'm',
    messages,
    ...more,
  });
  const response = (message: string, calls: readonly object[] = [], more: object = {}): object => ({
    type: 'response',
    outputs: [{ message, tool_calls: calls }],
    ...more,
  });

  it('makes steps of calls whose answers the log does not hold', async () => {
    const history = [
      user,
      { role: 'assistant', content: 'First.', tool_calls: [call('a')] },
      { role: 'tool', tool_call_id: 'a', content: 'one' },
    ];
    const [run] = await readRecords([request(history), response('Done.')]);
    expect(run?.steps).toMatchObject([{ action: 'ls', thought: 'First.', observation: 'one' }]);
    expect(run?.finalMessage?.text).toBe('Done.');
  });

  it('joins responses with their requests by id where the log has ids', async () => {
    const other = { role: 'user', content: 'Something else entirely.' };
    const runs = await readRecords([
      request([user], { id: 'r1' }),
      request([other], { id: 'r2' }),
      response('mine', [call('a')], { id: 'r1' }),
      response('other', [call('b')], { id: 'r2' }),
    ]);
    expect(runs.map(({ task, steps }) => [task?.text, steps[0]?.thought])).toEqual([
      ['Do it, and do it well.', 'mine'],
      ['Something else entirely.', 'other'],
    ]);
  });

  it('says what answers nothing, and what is no exchange', async () => {
    const [run] = await readRecords([
      response('lost'),
      { event: 'health', status: 'ok' },
      request([user, { role: 'tool', tool_call_id: 'z', content: 'from nowhere' }]),
    ]);
    expect(run?.diagnostics.map(({ code }) => code)).toEqual([
      'unpaired-result',
      'unanswered-request',
      'unexpected-shape',
      'unknown-record',
      'no-steps',
    ]);
    expect(allTexts(run ? [run] : [])).toContain('from nowhere');
  });

  it('rebuilds a long conversation in time that grows with the log', async () => {
    const records: object[] = [];
    const history: object[] = [user];
    for (let i = 0; i < 300; i++) {
      records.push(request([...history]), response(`thought ${i}`, [call(`call_${i}`)]));
      history.push(
        { role: 'assistant', content: `thought ${i}`, tool_calls: [call(`call_${i}`)] },
        { role: 'tool', tool_call_id: `call_${i}`, content: `result ${i}` },
      );
    }
    const [run, second] = await readRecords(records);
    expect(second).toBeUndefined();
    expect(run?.steps.map(({ observation }) => observation)).toEqual(
      Array.from({ length: 300 }, (_, i) => (i < 299 ? `result ${i}` : undefined)),
    );
  });
});

describe.each(FILES)('%s', (file) => {
  it('loses no text that an agent wrote or was shown', async () => {
    const all = allTexts(await read(file));
    const lines = readFileSync(join(FIXTURES, 'llm-proxy', file), 'utf8')
      .trim()
      .split('\n');
    const ignored = ['id', 'tool_call_id', 'tool_use_id', 'type', 'role', 'signature', 'arguments', 'name'];
    const said = lines.flatMap((line) => {
      const record = JSON.parse(line);
      const body = record.request_params ?? record.request?.body ?? record;
      return stringsIn(
        [body.system, body.messages, record.response?.choices, record.response?.body?.content],
        [...ignored, 'cache_control', 'finish_reason'],
      );
    });
    // The placeholder of a result that was shown in full before is no text of its own.
    expect(said.filter((text) => !all.includes(text) && text !== '(left out)')).toEqual([]);
  });

  it('is known by its content, and survives cuts', async () => {
    const text = readFileSync(join(FIXTURES, 'llm-proxy', file), 'utf8');
    const [first, second] = await scoreFormats(text, 'unknown');
    expect(first?.id).toBe('llm-proxy');
    expect(second?.score).toBeLessThan(0.5);
    for (const run of await extractCuts(format, `llm-proxy/${file}`)) expect(checkIntegrity(run)).toEqual([]);
  });
});
