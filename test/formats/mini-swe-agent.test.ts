import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { miniSweAgentFormat as format } from '../../src/formats/mini-swe-agent/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const folder = join(FIXTURES, 'mini-swe-agent');
const files = {
  v1: 'v1-submitted/acme__ledger-7.traj.json',
  limits: 'v1-limits/acme__ledger-8.traj.json',
  v2: 'v2-tools/acme__ledger-7.traj.json',
  failed: 'v2-api-error/acme__ledger-9.traj.json',
  responses: 'v2-responses/acme__ledger-10.traj.json',
  list: 'bare-list/ledger.traj.json',
};

async function open(path: string): Promise<Run> {
  const [run] = await extractRuns(format, await openDiskReader(folder), path);
  if (!run) throw new Error('no run');
  return run;
}

async function openText(text: string | Uint8Array): Promise<Run> {
  const [run] = await extractRuns(format, createMemoryReader({ 'a.traj.json': text }), 'a.traj.json');
  if (!run) throw new Error('no run');
  return run;
}

const openMessages = (messages: readonly unknown[], info: unknown = {}): Promise<Run> =>
  openText(JSON.stringify({ info, messages }));
const codes = (run: Run) => run.diagnostics.map(({ code }) => code);
const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });

describe('a v1 run that was submitted', async () => {
  const run = await open(files.v1);

  it('has a step for every message with exactly one block, the submit included', () => {
    expect(run.steps.map((step) => [step.id, step.action, step.status, step.exitCode])).toEqual([
      ['1', 'ls -a', 'ok', 0],
      ['2', 'cat ledger.py', 'ok', 0],
      ['3', 'python -m pytest', 'timeout', undefined],
      ['4', "sed -i 's/\\[:-1\\]//' ledger.py && grep -n nothing ledger.py", 'error', 1],
      ['5', 'echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT && git diff', 'ok', undefined],
    ]);
  });

  it('takes the last message as the submission, not as an observation', () => {
    expect(run.steps[4]?.observation).toBeUndefined();
    expect(run.submission?.text).toMatch(/^diff --git a\/ledger\.py/);
    expect(run.exitStatus).toBe('Submitted');
    expect(run.exceptions).toEqual([]);
  });

  it('keeps the text of a refused answer as thought of the next step, and the reply as a message', () => {
    expect(run.steps[1]?.thought).toBe(
      'THOUGHT: Two at once.\n\n```bash\ncat ledger.py\n```\n\nand\n\n```bash\nls tests\n```\n\nTHOUGHT: One, then.\n\nThat shows the code.',
    );
    expect(run.messages.map(({ kind, before }) => [kind, before])).toEqual([
      ['prompt', '1'],
      ['prompt', '1'],
      ['format-error', '2'],
    ]);
  });

  it('keeps the observation whole and says what the harness left out', () => {
    expect(run.steps[1]?.observation).toContain('</elided_chars>');
    expect(codes(run)).toEqual(['elided-output']);
  });

  it('reads task, names, times and usage', () => {
    expect(run.task).toMatchObject({
      id: 'acme__ledger-7',
      text: expect.stringMatching(/^Totals drop.*paid\.$/s),
    });
    expect(run.agent).toEqual({ name: 'mini-swe-agent', version: '1.15.0' });
    expect([run.model, run.initialCwd, run.formatVersion]).toEqual([
      'acme/ledger-1',
      '/ledger',
      'mini-swe-agent-1',
    ]);
    expect(run.steps[0]?.thought).toBe('The ledger must be somewhere.\n\nTHOUGHT: Look around first.');
    expect(run.steps[0]?.startedAt).toBe(1_700_000_001_000);
    expect(run.steps[1]?.usage).toEqual({
      inputTokens: 200,
      cachedInputTokens: 100,
      outputTokens: 40,
      reasoningTokens: 6,
      costUsd: 0.01,
    });
    expect(run.usage).toMatchObject({ inputTokens: 600, outputTokens: 120, costUsd: 0.031 });
  });
});

describe('a v2 run with tool calls', async () => {
  const run = await open(files.v2);

  it('pairs results by id inside the turn, also out of order and with an id that comes again', () => {
    expect(run.steps.map((step) => [step.action, step.parallelGroup, step.status, step.exitCode])).toEqual([
      ['cat ledger.py', 1, 'ok', 0],
      ['cat tests/test_ledger.py', 1, 'ok', 0],
      ['pip install ledger-tools', undefined, 'timeout', -1],
      ["seq -f 'line %g' 0 199", undefined, 'ok', 0],
      ['echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT && cat patch.txt', undefined, 'ok', undefined],
    ]);
    expect(run.steps[0]?.observation).toContain('def total');
    expect(run.steps[1]?.observation).toContain('def test_total');
    expect(run.steps[0]?.args).toEqual({ command: 'cat ledger.py' });
  });

  it('keeps a raw output that is longer than what was shown', () => {
    expect(run.steps[3]?.rawOutput).toHaveLength(1690);
    expect(run.steps.filter((step) => step.rawOutput !== undefined)).toHaveLength(1);
    expect(codes(run)).toEqual([]);
  });

  it('keeps reasoning, and the answer that stands only beside a format error, with its cost', () => {
    expect(run.steps[0]?.thought).toBe('Where is the sum made?\n\nI read both files.');
    expect(run.steps[2]?.thought).toBe('I think the slice is wrong.');
    expect(run.steps[2]?.usage).toEqual({ inputTokens: 250, outputTokens: 35, costUsd: 0.0015 });
    expect(run.messages.at(-1)?.kind).toBe('format-error');
  });

  it('has times of calls and of results', () => {
    expect([run.steps[0]?.startedAt, run.steps[0]?.endedAt]).toEqual([1_760_000_001_500, 1_760_000_002_000]);
  });
});

it('a run whose limit was reached has an exception and no submission', async () => {
  const run = await open(files.limits);
  expect(run.steps).toHaveLength(1);
  expect(run.exceptions.map(({ kind, message }) => [kind, message])).toEqual([['limit', 'LimitsExceeded']]);
  expect(run.submission).toBeUndefined();
});

it('a run that the service failed has no steps, and says why', async () => {
  const run = await open(files.failed);
  expect(run.steps).toHaveLength(0);
  expect(run.exceptions).toMatchObject([
    { kind: 'api', message: expect.stringContaining('litellm.Timeout') },
  ]);
  expect(codes(run)).toEqual(['no-steps']);
  expect(run.usage).toEqual({ costUsd: 0.0045 });
});

it('messages of the Responses API are read like the others; the padding of the submit is no rejection', async () => {
  const run = await open(files.responses);
  expect(run.steps.map((step) => [step.action, step.thought, step.status])).toEqual([
    ['ls', 'Start with a list.\n\nListing.', 'ok'],
    ['echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT; echo done', undefined, 'ok'],
  ]);
  expect(run.submission?.text).toBe('done');
});

it('a bare list of messages is a run too', async () => {
  const run = await open(files.list);
  expect(run.steps.map((step) => step.status)).toEqual(['ok', 'ok']);
  expect(run.task?.text).toBe(
    'Totals drop the last cent\nThe ledger adds 0.1 and 0.2 and prints 0.3 where 0.31 was paid.',
  );
  expect(run.steps[0]?.actionRef).toEqual({ artifact: files.list, pointer: '/2/content' });
});

describe('what happens in between', () => {
  it('an observation at the end of a crashed run stays an observation', async () => {
    const run = await openMessages(
      [
        user('Do it.'),
        assistant('```bash\nls\n```'),
        user('<returncode>0</returncode>\n<output>\na\n</output>'),
      ],
      { exit_status: 'APIConnectionError', submission: 'refused' },
    );
    expect(run.steps[0]?.observation).toContain('<output>');
    expect(run.exceptions.map(({ kind }) => kind)).toEqual(['api']);
    expect(run.submission).toBeUndefined();
  });

  it('a command that the person refused is rejected, and an interruption is a message', async () => {
    const run = await openMessages([
      user('Do it.'),
      assistant('```bash\nrm -r src\n```'),
      user('Command not executed. The user rejected your command with the following message: no'),
      { role: 'user', content: 'Interrupted by user: stop', extra: { interrupt_type: 'UserInterruption' } },
      assistant('```bash\nls\n```'),
    ]);
    expect(run.steps.map((step) => step.status)).toEqual(['rejected', 'pending']);
    expect(run.messages.map(({ kind }) => kind)).toEqual(['prompt', 'interruption']);
  });

  it('calls of which the harness took none are a format error', async () => {
    const run = await openMessages([
      user('Do it.'),
      {
        role: 'assistant',
        content: 'So.',
        tool_calls: [{ id: 'a', function: { name: 'python', arguments: '{"code": "1"}' } }],
        extra: { actions: [] },
      },
      user("Unknown tool 'python'."),
      assistant('```bash\nls\n```'),
    ]);
    expect(run.steps.map(({ action, thought }) => [action, thought])).toEqual([
      ['ls', 'So.\n\npython\ncode: 1'],
    ]);
    expect(run.messages.map(({ kind }) => kind)).toEqual(['prompt', 'format-error']);
  });

  it('a submission that was changed afterwards leaves the original readable', async () => {
    const run = await openMessages(
      [
        user('Do it.'),
        assistant('```bash\nls\n```'),
        { role: 'exit', content: 'old', extra: { submission: 'old' } },
      ],
      { exit_status: 'Submitted', submission: 'new' },
    );
    expect(run.submission?.text).toBe('new');
    expect(run.messages.at(-1)?.text).toBe('old');
  });

  it('the recorded pattern decides which fences count', async () => {
    const text = 'Not ```bash\nthis\n``` but\n\n```act\nthat\n```';
    const info = { config: { agent: { action_regex: '```act\\s*\\n(.*?)\\n```' } } };
    expect((await openMessages([assistant(text)], info)).steps.map(({ action }) => action)).toEqual(['that']);
    expect((await openMessages([assistant(text)])).steps.map(({ action }) => action)).toEqual(['this']);
  });
});

describe('bad input', () => {
  it.each(Object.values(files))('%s: a cut anywhere loses only what is cut off', async (file) => {
    const whole = await open(file);
    for (const run of await extractCuts(format, `mini-swe-agent/${file}`)) {
      expect(run.steps.length).toBeLessThanOrEqual(whole.steps.length);
      expect(whole.steps.map(({ action }) => action).join('\n')).toContain(
        run.steps.map(({ action }) => action).join('\n'),
      );
      expect(codes(run).some((code) => code === 'truncated-json' || code === 'empty-file')).toBe(true);
    }
  });

  it.each([
    ['an LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n', 'lfs-pointer'],
    ['an empty file', '', 'empty-file'],
    ['a number', '7', 'unexpected-shape'],
    ['messages that are no list', '{"info":{},"messages":{"a":1}}', 'unexpected-shape'],
    [
      'wrong types everywhere',
      '{"info":[],"messages":[1,null,{"role":7},{"content":"x"}]}',
      'unexpected-shape',
    ],
  ])('%s is reported', async (_, text, code) => {
    const run = await openText(text);
    expect(run.steps).toHaveLength(0);
    expect(codes(run)).toContain(code);
  });

  it('messages without content, lone surrogates and CRLF are survived', async () => {
    const run = await openMessages([
      { role: 'system' },
      user(null),
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ function: { name: 'bash', arguments: '{broken' } }, 5],
      },
      { role: 'tool' },
      assistant('a \ud83d b\r\n\r\n```bash\r\necho 1\r\n```'),
      user('<returncode>0</returncode>\r\n<output>\r\n1\r\n</output>'),
    ]);
    expect(run.steps.map((step) => step.action)).toEqual(['bash\nraw: {broken', 'bash', 'echo 1']);
    expect(run.steps[2]?.exitCode).toBe(0);
    expect(codes(run)).toContain('lone-surrogate');
  });
});

describe('detection', () => {
  it.each(Object.values(files))('%s is claimed by this format alone', async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const [first, second] = await scoreFormats(text, 'unknown.json');
    expect(first?.id).toBe('mini-swe-agent');
    expect(first?.score).toBeGreaterThanOrEqual(0.7);
    expect(second?.score).toBeLessThan(0.5);
  });

  it('looks past a submission that fills the head', async () => {
    const info = {
      exit_status: 'Submitted',
      submission: '+x\n'.repeat(60_000),
      model_stats: {},
      mini_version: '1.15.0',
    };
    const [first] = await scoreFormats(JSON.stringify({ info, messages: [] }), 'a.json');
    expect(first).toMatchObject({ id: 'mini-swe-agent', score: 0.97 });
  });

  it('does not claim other lists of messages', async () => {
    const [first] = await scoreFormats(JSON.stringify([user('Hello'), assistant('Hi')]), 'a.traj.json');
    expect(first?.score).toBeLessThan(0.5);
  });
});
