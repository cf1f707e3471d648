import { describe, expect, it } from 'vitest';
import { codexRolloutFormat as format } from '../../src/formats/codex-rollout/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const reader = await openDiskReader(FIXTURES);
const SESSION =
  'codex-rollout/session/rollout-2026-02-03T10-00-00-0aa1b2c3-1111-7000-8000-00000000a001.jsonl';
const BARE = 'codex-rollout/bare/rollout-2025-07-01T09-00-00-0aa1b2c3-3333-4000-8000-00000000c001.jsonl';
const DOCUMENT = 'codex-rollout/document/rollout-2025-04-20-0aa1b2c3-4444-4000-8000-00000000d001.json';
const DAYS = 'codex-rollout/sub-agents/2026/02';
const PARENT = `${DAYS}/03/rollout-2026-02-03T10-00-00-0aa1b2c3-2222-7000-8000-00000000b001.jsonl`;
const CHILD = `${DAYS}/03/rollout-2026-02-03T10-00-20-0aa1b2c3-2222-7000-8000-00000000b002.jsonl`;
const GRANDCHILD = `${DAYS}/04/rollout-2026-02-04T00-00-30-0aa1b2c3-2222-7000-8000-00000000b003.jsonl`;
const EARLY = 'codex-rollout/early-stream/codex.log';
const STREAM = 'codex-rollout/exec-stream/codex.txt';

async function one(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

async function fromLines(...lines: object[]): Promise<Run> {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const [run] = await extractRuns(format, createMemoryReader({ 'r.jsonl': text }), 'r.jsonl');
  if (!run) throw new Error('no run');
  return run;
}
const item = (payload: object): object => ({
  timestamp: '2026-02-03T10:00:00Z',
  type: 'response_item',
  payload,
});
const event = (payload: object): object => ({
  timestamp: '2026-02-03T10:00:00Z',
  type: 'event_msg',
  payload,
});
const call = (id: string, name = 'shell', args = '{"command":["ls"]}'): object =>
  item({ type: 'function_call', name, arguments: args, call_id: id });
const output = (id: string, text: string): object =>
  item({ type: 'function_call_output', call_id: id, output: text });

describe('a rollout', () => {
  it('has a step per call, with its result and how it ended', async () => {
    const { steps } = await one(SESSION);
    expect(
      steps.map(({ tool, action, status, exitCode, turn }) => [
        tool,
        action.split('\n', 1)[0],
        status,
        exitCode,
        turn,
      ]),
    ).toEqual([
      ['shell', 'cat lamp.py', 'ok', 0, 1],
      ['exec_command', 'ls tests', 'ok', 0, 1],
      ['apply_patch', '*** Begin Patch', 'ok', 0, 2],
      ['update_plan', 'update_plan', 'ok', undefined, 3],
      ['shell_command', 'python -m pytest -q', 'error', 1, 4],
      ['web_search', 'web_search', 'ok', undefined, 5],
      ['shell_command', 'sudo reboot', 'rejected', undefined, 5],
      ['shell_command', 'sleep 60', 'timeout', 124, 6],
      ['local_shell', "git commit -m 'Blink when held'", 'interrupted', undefined, 7],
    ]);
    expect(steps[0]?.observation).toBe('def blink(held):\n    return False\n');
    expect(steps[1]?.observation).toContain('Output:\ntest_lamp.py\n');
    expect(steps[5]?.observation).toBe('On lamps\nhttps://lamps.example\nCheck the fuse.');
    expect(steps.map(({ parallelGroup }) => parallelGroup).slice(0, 3)).toEqual([1, 1, undefined]);
  });

  it('keeps each text once, though events repeat it', async () => {
    const run = await one(SESSION);
    expect(run.steps[0]?.thought).toBe('**Looking around**\n\nI read the code and the tests at once.');
    expect(run.steps[2]?.thought).toBe('**Mending**\n\nI make the lamp blink.');
    expect(run.finalMessage?.text).toBe('The lamp blinks when held; one test still fails.');
    expect(run.messages.map(({ role, kind, before }) => `${role} ${kind} ${before ?? 'end'}`)).toEqual([
      'system prompt 1',
      'system prompt 1',
      'environment notice 1',
      'environment notice 1',
      'user prompt 1',
      'environment compaction 9',
      'environment compaction 9',
      'user prompt 9',
      'user interruption end',
      'user interruption end',
      'user prompt end',
    ]);
    expect(run.task?.text).toBe('The lamp does not blink when the switch is held. Mend it.');
  });

  it('keeps the whole output beside the one that was shown', async () => {
    const step = (await one(SESSION)).steps[4];
    expect(step?.observation).toContain('…1 lines truncated…');
    expect(step?.rawOutput).toContain('held but dark');
  });

  it('knows where it ran, on what, and what it used', async () => {
    const run = await one(SESSION);
    expect(run).toMatchObject({
      agent: { name: 'codex', version: '0.99.0' },
      model: 'gpt-lamp',
      initialCwd: '/srv/lamp',
      exitStatus: 'task_complete',
      usage: { inputTokens: 540, cachedInputTokens: 270, outputTokens: 44 },
    });
    expect(run.steps.map(({ usage }) => usage?.inputTokens)).toEqual([
      100,
      undefined,
      150,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      200,
    ]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['compacted-history']);
  });
});

describe('sub-agents', () => {
  it('are read with their session, without the history that was copied for them', async () => {
    const run = await one(PARENT);
    expect(run.steps).toHaveLength(4);
    expect(
      run.branches.map(({ parent, name, prompt, steps }) => [
        parent,
        name,
        prompt,
        steps.map(({ id }) => id),
      ]),
    ).toEqual([
      ['2', 'explorer', 'Count the lamps in the cellar.', ['2.1', '2.2']],
      ['2.2', undefined, 'Look behind the shelf.', ['2.2.1']],
    ]);
    expect(run.branches[0]?.steps[0]?.thought).toBe('I go down.');
    expect(run.usage?.inputTokens).toBe(180 + 70 + 20);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['duplicate-record', 'missing-artifact']);
  });

  it('are part of their session, and runs of their own where it is not there', async () => {
    const partOf = async (path: string): Promise<string | undefined> => {
      const entry = await reader.stat(path);
      return entry && format.partOf?.(entry, reader);
    };
    expect(await partOf(CHILD)).toBe(PARENT);
    expect(await partOf(GRANDCHILD)).toBe(CHILD);
    expect(await partOf(PARENT)).toBeUndefined();
    expect(await partOf(SESSION)).toBeUndefined();
    expect((await one(GRANDCHILD)).steps).toHaveLength(1);
  });
});

describe('other shapes', () => {
  it('reads the bare items of early files', async () => {
    const run = await one(BARE);
    expect(run.steps.map(({ action, status }) => [action.split('\n', 1)[0], status])).toEqual([
      ['ring && ring', 'ok'],
      ["apply_patch '*** Begin Patch", 'ok'],
    ]);
    expect(run).toMatchObject({ initialCwd: '/srv/bell', finalMessage: { text: 'It rang twice.' } });
    expect(run.diagnostics).toEqual([]);
  });

  it('reads the document of the first version', async () => {
    const run = await one(DOCUMENT);
    expect(run.steps).toMatchObject([
      { action: 'date +%A', observation: 'Sunday\n', actionRef: { pointer: '/items/2' } },
    ]);
    expect(run.diagnostics).toEqual([]);
  });

  it('reads the events of codex exec', async () => {
    const run = await one(STREAM);
    expect(
      run.steps.map(({ tool, status, observation, turn, parallelGroup }) => [
        tool,
        status,
        observation,
        turn,
        parallelGroup,
      ]),
    ).toEqual([
      ['shell', 'ok', 'water\n', 1, 1],
      ['shell', 'error', '', 1, 1],
      ['update_plan', 'ok', undefined, 2, undefined],
      ['apply_patch', 'ok', undefined, 3, undefined],
      ['update_plan', 'ok', undefined, 4, undefined],
      ['docs.lookup', 'error', 'no such topic', 5, undefined],
      ['web_search', 'ok', undefined, 6, undefined],
    ]);
    expect(run).toMatchObject({
      usage: { inputTokens: 300, outputTokens: 40 },
      exitStatus: 'turn.completed',
    });
    expect(run.finalMessage?.text).toBe('The bucket is full.');
  });
});

describe('early streams', () => {
  it('are read like later ones', async () => {
    const run = await one(EARLY);
    expect(
      run.steps.map(({ tool, action, status, observation }) => [
        tool,
        action.split('\n', 1)[0],
        status,
        observation,
      ]),
    ).toEqual([
      ['shell', 'cat well.txt', 'ok', 'water\n'],
      ['apply_patch', 'apply_patch', 'ok', undefined],
      ['docs.lookup', 'docs.lookup', 'ok', 'deep'],
    ]);
    expect(run).toMatchObject({
      model: 'gpt-well',
      initialCwd: '/srv/well',
      task: { text: 'Fill the bucket.' },
      finalMessage: { text: 'The bucket is full.' },
      usage: { inputTokens: 90, outputTokens: 9 },
      exitStatus: 'turn.completed',
    });
    expect(run.steps[1]?.action).toContain('water');
  });
});

describe('details', () => {
  it('keeps what only events say', async () => {
    const run = await fromLines(
      event({ type: 'user_message', message: 'Look.' }),
      event({ type: 'agent_reasoning', text: 'Looking.' }),
      event({ type: 'agent_message', message: 'Seen.' }),
      event({
        type: 'exec_command_end',
        call_id: 'nested',
        command: ['ls'],
        aggregated_output: 'a b',
        exit_code: 0,
      }),
    );
    expect(run.task?.text).toBe('Look.');
    expect(run.finalMessage?.text).toBe('Looking.\n\nSeen.');
    expect(run.messages.at(-1)?.text).toBe('exec_command_end\nls\na b');
  });

  it('joins results by id and by order, and reports one that answers nothing', async () => {
    const bare = item({ type: 'tool_call', function: { name: 'look' }, arguments: { at: 'sky' } });
    const run = await fromLines(
      call('x'),
      call('y'),
      output('y', 'of y'),
      bare,
      output('x', 'of x'),
      item({ type: 'tool_result', result: 'blue' }),
      output('gone', 'lost words'),
    );
    expect(run.steps.map(({ observation }) => observation)).toEqual(['of x', 'of y', 'blue']);
    expect(run.messages.map(({ text }) => text)).toEqual(['lost words']);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['unpaired-result']);
  });

  it('keeps a call that was never answered, and tells apart what was stopped', async () => {
    const prompt = item({
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'Never mind.' }],
    });
    const run = await fromLines(
      call('a'),
      prompt,
      call('b'),
      event({ type: 'turn_aborted', reason: 'interrupted' }),
    );
    expect(run.steps.map(({ status }) => status)).toEqual(['pending', 'interrupted']);
  });

  it('says what went wrong when nothing came after it', async () => {
    const error = event({ type: 'error', message: 'stream disconnected' });
    expect((await fromLines(call('a'), error)).exceptions).toMatchObject([
      { kind: 'api', message: 'stream disconnected' },
    ]);
    const went = item({
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'On I go.' }],
    });
    expect((await fromLines(call('a'), error, went)).exceptions).toEqual([]);
  });

  it('folds lines and events of unknown kinds', async () => {
    const run = await fromLines(item({ type: 'hologram' }), event({ type: 'confetti' }), {
      timestamp: 'x',
      type: 'zebra',
      payload: {},
    });
    expect(run.diagnostics.map(({ code }) => code)).toEqual([
      'unknown-record',
      'unknown-record',
      'unknown-record',
      'no-steps',
    ]);
  });
});

describe('detection', () => {
  it('refuses prompts, and chats without calls', async () => {
    const prompts = '{"session_id":"s","ts":1759848400,"text":"run the tests"}\n';
    expect((await scoreFormats(prompts, 'history.jsonl'))[0]?.score).toBeLessThan(0.5);
    const chat = '{"timestamp":"2025-09-10T10:00:00Z","role":"user","content":"Hello","model":"m"}\n';
    expect((await scoreFormats(chat, 'chat.jsonl'))[0]?.score).toBeLessThan(0.5);
  });
});

describe('bad input', () => {
  it.each([SESSION, BARE, DOCUMENT, STREAM, EARLY])(
    '%s cut anywhere does not throw, and never gains a step',
    async (path) => {
      const counts = (await extractCuts(format, path)).map(({ steps }) => steps.length);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    },
  );

  it.each([
    '{"type":"response_item","payload":{"type":"function_call","arguments":7}}',
    '{"type":"response_item","payload":{"type":"message","role":"user","content":{"a":1}}}',
    '{"type":"event_msg","payload":{"type":"item_completed","item":[]}}\n{"type":"compacted","payload":{"replacement_history":{}}}',
    '{"type":"item.completed","item":{"type":"command_execution"}}\n{"type":"item.completed","item":7}\n{"type":"thread.started"}',
    '{"session":{"id":5},"items":[1,null,{"type":"reasoning","summary":3}]}',
  ])('%s does not throw', async (text) => {
    const [run] = await extractRuns(format, createMemoryReader({ 'r.jsonl': text }), 'r.jsonl');
    expect(run?.steps.length).toBeLessThanOrEqual(1);
  });
});
