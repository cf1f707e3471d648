import { describe, expect, it } from 'vitest';
import { qwenFormat as format } from '../../src/formats/qwen/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const PATH = 'chat/0199aaaa-1111-7000-8000-000000000001.jsonl';

async function openLines(...lines: readonly unknown[]): Promise<Run> {
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const [run] = await extractRuns(format, createMemoryReader({ 's.jsonl': text }), 's.jsonl');
  if (!run) throw new Error('no run');
  return run;
}

describe('a chat of Qwen Code', async () => {
  const [run] = await extractRuns(format, await openDiskReader(`${FIXTURES}/qwen`), PATH);
  if (!run) throw new Error('no run');

  it('has a step per call; several records of one answer are one turn', () => {
    expect(run.steps.map((step) => [step.tool, step.status, step.exitCode, step.turn])).toEqual([
      ['run_shell_command', 'ok', 0, 1],
      ['read_file', 'ok', undefined, 1],
      ['run_shell_command', 'error', 1, 2],
      ['task', 'ok', undefined, 3],
      ['edit', 'rejected', undefined, 4],
      ['edit', 'ok', undefined, 6],
    ]);
    expect(run.steps.map(({ parallelGroup }) => parallelGroup)).toEqual([1, 1, ...Array(4).fill(undefined)]);
    expect(run.steps[0]?.action).toBe('ls');
    expect(run.steps[0]?.thought).toBe('Look first.\n\nI look around.');
  });

  it('reads what a sub-agent called from its caller’s result', () => {
    expect(run.branches).toMatchObject([
      { parent: '4', name: 'general', prompt: 'Who calls price()?', finalMessage: 'cart.py calls it.' },
    ]);
    expect(
      run.branches[0]?.steps.map(({ id, tool, status, observation }) => [id, tool, status, observation]),
    ).toEqual([
      ['4.1', 'grep_search', 'ok', 'cart.py:3'],
      ['4.2', 'read_file', 'error', 'File not found'],
    ]);
  });

  it('keeps both branches of a rewind as they ran', () => {
    expect(run.diagnostics.filter(({ code }) => code === 'rewound-history')).toHaveLength(1);
    expect(run.steps[5]?.thought).toBe('Then not.');
    expect(run.steps[5]?.observation).toBe('Edited.');
  });

  it('tells prompts from what hooks and jobs put into the conversation', () => {
    expect(run.messages.map(({ role, kind, text }) => [role, kind, text.slice(0, 30)])).toEqual([
      ['environment', 'notice', '<qwen:user-prompt-submit-conte'],
      ['user', 'prompt', 'Prices lack the tax.'],
      ['user', 'prompt', 'Go on with the edit.'],
      ['environment', 'compaction', 'So far: the tax is missing.'],
      ['user', 'notice', '/stats'],
      ['environment', 'notice', 'A job is done.'],
    ]);
    expect(run.task?.text).toBe('Prices lack the tax.');
    expect(run.finalMessage?.text).toBe('The tax is in.');
  });

  it('knows usage, model, version, directory and time', () => {
    expect(run.steps[0]?.usage).toEqual({
      inputTokens: 100,
      cachedInputTokens: 40,
      outputTokens: 20,
      reasoningTokens: 8,
    });
    expect(run.usage).toMatchObject({ inputTokens: 150, outputTokens: 26 });
    expect(run).toMatchObject({
      model: 'coder-q',
      agent: { name: 'qwen-code', version: '0.9.1' },
      initialCwd: '/home/dev/shop',
    });
    expect(run.steps[0]?.startedAt).toBeLessThan(run.steps[0]?.endedAt ?? 0);
    expect(run.steps[0]?.actionRef).toMatchObject({ line: 3, pointer: '/message/parts/1/functionCall' });
  });
});

describe('odd chats of Qwen Code', () => {
  let count = 0;
  const record = (type: string, parts: unknown, more: object = {}): object => ({
    uuid: `u${count++}`,
    sessionId: 's',
    type,
    message: { role: 'x', parts },
    ...more,
  });

  it('read the records of a sub-agent that stand in the same file as its thread', async () => {
    const side = { isSidechain: true, agentId: 'explore-1', agentName: 'Explore' };
    const run = await openLines(
      record('user', [{ text: 'go' }]),
      record('assistant', [{ functionCall: { id: 'a', name: 'agent', args: { prompt: 'look' } } }]),
      record('user', [{ text: 'look' }], side),
      record('assistant', [{ functionCall: { id: 'a', name: 'ls', args: {} } }], side),
      record('tool_result', [{ functionResponse: { id: 'a', name: 'ls', response: { output: 'x' } } }], side),
      record('tool_result', [{ functionResponse: { id: 'a', name: 'agent', response: { output: 'done' } } }]),
    );
    expect(run.steps.map(({ tool, observation }) => [tool, observation])).toEqual([['agent', 'done']]);
    expect(run.branches).toMatchObject([{ parent: '1', name: 'Explore', prompt: 'look' }]);
    expect(run.branches[0]?.steps.map(({ tool, observation }) => [tool, observation])).toEqual([['ls', 'x']]);
  });

  it('lose no text, and say what was odd', async () => {
    const run = await openLines(
      record('assistant', [{ thoughtOnly: 1 }, { functionCall: {} }, { text: 'after the call' }]),
      record('tool_result', [
        { functionResponse: { id: 'zz', name: 'q', response: { weird: ['kept'] } } },
        { text: 'beside it' },
      ]),
      record('tool_result', [{ functionResponse: { name: 'q', response: 'plain' } }]),
      record('system', [], { subtype: 'brand_new' }),
      { uuid: 'x', type: 'user' },
    );
    expect(run.steps.map(({ tool, observation }) => [tool, observation])).toEqual([['unknown', 'plain']]);
    expect(run.messages.map(({ text }) => text)).toEqual(['{"weird":["kept"]}', 'beside it']);
    expect(run.finalMessage?.text).toBe('after the call');
    expect(new Set(run.diagnostics.map(({ code }) => code))).toEqual(
      new Set(['unknown-record', 'unpaired-result', 'unexpected-shape']),
    );
  });

  it('end with an exception when the service’s error is the last word', async () => {
    const systemPayload = { uiEvent: { error_message: 'quota exceeded' } };
    const run = await openLines(
      record('user', [{ text: 'hi' }]),
      record('system', [], { subtype: 'ui_telemetry', systemPayload }),
    );
    expect(run.exceptions).toMatchObject([{ kind: 'api', message: 'quota exceeded' }]);
  });

  it('survive any cut', async () => {
    const counts = (await extractCuts(format, `qwen/${PATH}`)).map(({ steps }) => steps.length);
    expect(counts).toHaveLength(10);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it('are told from sessions of Claude Code, whose envelope they share', async () => {
    const mine = JSON.stringify(record('user', [{ text: 'hi' }], { parentUuid: null }));
    const [best, second] = await scoreFormats(mine, 'x.jsonl');
    expect(best?.id).toBe('qwen');
    expect(second?.score).toBeLessThan(0.5);
    // Events alone, and a first record that is longer than what detection sees.
    const event = record('system', [], { parentUuid: null, subtype: 'ui_telemetry', systemPayload: {} });
    expect((await scoreFormats(JSON.stringify(event), 'x.jsonl'))[0]?.id).toBe('qwen');
    const head =
      '{"uuid":"u","parentUuid":null,"sessionId":"s","type":"user","message":{"role":"user","parts":[{"text":"';
    expect((await scoreFormats(head + 'x'.repeat(100_000), 'x.jsonl'))[0]?.id).toBe('qwen');
  });
});
