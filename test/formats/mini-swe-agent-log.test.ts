import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { miniSweAgentLogFormat as format } from '../../src/formats/mini-swe-agent-log/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const folder = join(FIXTURES, 'mini-swe-agent-log');
const files = ['v1/agent.log', 'v2/agent.log', 'cast/agent.cast'];

async function open(path: string): Promise<Run> {
  const [run] = await extractRuns(format, await openDiskReader(folder), path);
  if (!run) throw new Error('no run');
  return run;
}

async function openText(text: string): Promise<Run> {
  const [run] = await extractRuns(format, createMemoryReader({ 'agent.log': text }), 'agent.log');
  if (!run) throw new Error('no run');
  return run;
}

const codes = (run: Run) => run.diagnostics.map(({ code }) => code);

describe.each(['v1/agent.log', 'cast/agent.cast'])('a text-based agent in %s', async (file) => {
  const run = await open(file);

  it('has a step for every message with one labelled fence', () => {
    expect(run.steps.map((step) => [step.action, step.status, step.exitCode])).toEqual([
      ['ls -a', 'ok', 0],
      ['python -m pytest', 'error', 1],
      ['echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT && git diff', 'ok', undefined],
    ]);
  });

  it('keeps escapes, questions and animations out of the texts', () => {
    expect(run.steps[0]?.thought).toBe('THOUGHT: Look around.');
    expect(run.steps[0]?.observation).toBe(
      '<returncode>0</returncode>\n<output>\nledger.py\n\nUser:\nnot a message, but a line of notes.txt\n</output>',
    );
    expect(run.steps[1]?.thought).toBe(
      'THOUGHT: Two.\n\n```bash\nls\n```\n```bash\npwd\n```\n\nTHOUGHT: One.',
    );
  });

  it('reads prompts, task, submission and cost', () => {
    expect(run.messages.map(({ role, kind }) => [role, kind])).toEqual([
      ['system', 'prompt'],
      ['user', 'prompt'],
      ['user', 'format-error'],
    ]);
    expect(run.task?.text).toMatch(/^Totals drop.*was paid\.$/s);
    expect(run.submission?.text).toMatch(/^diff --git.*\+def total\(xs\): return sum\(xs\)$/s);
    expect([run.exitStatus, run.usage]).toEqual(['Submitted', { costUsd: 0.04 }]);
    expect([run.agent?.version, run.model]).toEqual(['1.13.4', 'acme/ledger-1']);
    expect(run.diagnostics).toMatchObject([
      { code: 'other-text', message: '4 lines before the conversation' },
    ]);
  });
});

describe('an agent with tool calls', async () => {
  const run = await open('v2/agent.log');

  it('has a step for each of the last bare fences that has a result', () => {
    expect(run.steps.map((step) => [step.action, step.parallelGroup, step.status])).toEqual([
      ['ls', 1, 'ok'],
      ['cat ledger.py', 1, 'ok'],
      ['make test', undefined, 'timeout'],
    ]);
    expect(run.steps[0]?.thought).toContain('not this');
    expect(run.steps[1]?.observation).toContain('def total');
  });

  it('takes what ended the run as an exception', () => {
    expect(run.exceptions.map(({ kind, message }) => [kind, message])).toEqual([['limit', 'LimitsExceeded']]);
    expect(run.submission).toBeUndefined();
  });

  it('places texts by line', () => {
    const lines = readFileSync(join(folder, 'v2/agent.log'), 'utf8').split('\n');
    for (const step of run.steps) {
      expect(lines[(step.actionRef.line ?? 0) - 1]).toBe(step.action.split('\n')[0]);
      expect(lines[(step.observationRef?.line ?? 0) - 1]).toBe(step.observation?.split('\n')[0]);
    }
  });
});

it('a crash below the last observation is an exception, not a part of it', async () => {
  const run = await openText(
    [
      'mini-swe-agent (step 1, $0.01):',
      '```bash\nls\n```',
      '\nUser:\n<returncode>0</returncode>\n<output>\na\n</output>',
      'Traceback (most recent call last):\n  File "x.py", line 1\nlitellm.exceptions.InternalServerError: down',
    ].join('\n'),
  );
  expect(run.steps[0]?.observation).toBe('<returncode>0</returncode>\n<output>\na\n</output>');
  expect(run.exceptions).toMatchObject([{ kind: 'api', place: { line: 13 } }]);
});

it('a message that invents its own results keeps to its first fence', async () => {
  const run = await openText(
    'mini-swe-agent (step 1, $0.01):\n```bash\nls\n```\n\nUser:\ninvented\n```bash\nrm x\n```\n',
  );
  expect(run.steps.map(({ action }) => action)).toEqual(['ls']);
});

describe('bad input', () => {
  it.each(files)('%s: a cut anywhere loses only what is cut off', async (file) => {
    const whole = (await open(file)).steps.map(({ action }) => action);
    for (const run of await extractCuts(format, `mini-swe-agent-log/${file}`)) {
      expect(run.steps.length).toBeLessThanOrEqual(whole.length);
      for (const { action } of run.steps) expect(whole).toContain(action);
    }
  });

  it.each([
    ['version https://git-lfs.github.com/spec/v1\noid sha256:1\n', 'lfs-pointer'],
    ['', 'empty-file'],
    ['root@box# ls\n', 'unexpected-shape'],
  ])('%j is reported', async (text, code) => {
    const run = await openText(text);
    expect(run.steps).toHaveLength(0);
    expect(codes(run)).toContain(code);
  });
});

describe('detection', () => {
  it.each(files)('%s is claimed by this format alone', async (file) => {
    const [first, second] = await scoreFormats(readFileSync(join(folder, file), 'utf8'), 'unknown');
    expect(first?.id).toBe('mini-swe-agent-log');
    expect(second?.score).toBeLessThan(0.5);
  });

  it('looks past what an installation prints, and claims no log that only mentions the agent', async () => {
    const noise = `Collecting mini-swe-agent\n${'Unpacking libc6\n'.repeat(8000)}`;
    const log = readFileSync(join(folder, 'v1/agent.log'), 'utf8');
    expect((await scoreFormats(noise + log, 'agent.log'))[0]).toEqual({
      id: 'mini-swe-agent-log',
      score: 0.9,
    });
    expect((await scoreFormats(noise, 'agent.log'))[0]?.score).toBeLessThan(0.5);
  });
});
