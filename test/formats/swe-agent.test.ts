import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sweAgentFormat as format } from '../../src/formats/swe-agent/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const folder = join(FIXTURES, 'swe-agent');
const files = {
  v0: 'v0-cost/ledger-1__swe-bench__default__t-0.00__p-0.95__c-1.00__install-1/acme__ledger-7.traj',
  v1: 'v1-tools/acme__ledger-7.traj',
  crashed: 'crashed/acme__ledger-8.traj',
  history: 'history-only/simple.traj',
};

async function open(path: string): Promise<Run> {
  const [run] = await extractRuns(format, await openDiskReader(folder), path);
  if (!run) throw new Error('no run');
  return run;
}

async function openText(text: string): Promise<Run> {
  const [run] = await extractRuns(format, createMemoryReader({ 'a.traj': text }), 'a.traj');
  if (!run) throw new Error('no run');
  return run;
}

const codes = (run: Run) => run.diagnostics.map(({ code }) => code);

describe('a 0.x run that its cost limit ended', async () => {
  const run = await open(files.v0);

  it('has a step for every element of the trajectory, the blank one included', () => {
    expect(run.steps.map((step) => [step.tool, step.action, step.status, step.recordedCwd])).toEqual([
      ['bash', 'ls -a\n', 'unknown', '/ledger'],
      ['edit', 'edit 1:1\ndef total(xs): return sum(xs)\nend_of_edit\n', 'error', '/ledger'],
      ['bash', '', 'unknown', '/ledger'],
      ['bash', 'cd tests\n', 'unknown', '/ledger/tests'],
      ['bash', 'python -m pytest\n', 'timeout', '/ledger/tests'],
      ['exit_cost', 'exit_cost', 'unknown', '/ledger/tests'],
    ]);
  });

  it('keeps text of the response that is in neither thought nor action', () => {
    expect(run.steps.slice(0, 2).map((step) => step.thought)).toEqual([
      'Look around.\n',
      'Edit it.\n\n\nThen I will run the tests.',
    ]);
  });

  it('keeps a demonstration as a prompt, never as steps or task', () => {
    expect(run.messages.map(({ role, kind }) => [role, kind])).toEqual([
      ['system', 'prompt'],
      ['user', 'prompt'],
      ['user', 'prompt'],
    ]);
    expect(run.task?.text).toMatch(/^Totals drop the last cent\n.*was paid\.$/);
    expect(run.task?.place).toEqual({ artifact: files.v0, pointer: '/history/2/content' });
  });

  it('reads the ending, and cost and tokens of this run alone', () => {
    expect(run.exceptions.map(({ kind, message }) => [kind, message])).toEqual([
      ['limit', 'submitted (exit_cost)'],
    ]);
    expect(run.submission?.text).toContain('diff --git');
    expect(run.usage).toEqual({ inputTokens: 5000, outputTokens: 300, costUsd: 1.01 });
    expect([run.model, run.initialCwd]).toEqual(['ledger-1', '/ledger']);
  });
});

describe('a 1.x run with tool calls', async () => {
  const run = await open(files.v1);

  it('takes names and arguments of tools from the history', () => {
    expect(run.steps.map((step) => [step.tool, step.args])).toEqual([
      ['find_file', { file_name: 'ledger.py' }],
      ['str_replace_editor', { command: 'view', path: '/ledger/ledger.py' }],
      ['submit', {}],
    ]);
    expect(run.steps.every((step) => step.endedAt === undefined)).toBe(true);
  });

  it('keeps an answer that led to no step', () => {
    const notices = run.messages.filter(({ kind }) => kind === 'notice');
    expect(notices).toMatchObject([{ text: 'Let me think about that again.', before: '2' }]);
  });

  it('reads a configuration that is JSON text', () => {
    expect([run.model, run.agent, run.task?.id]).toEqual([
      'acme/ledger-2',
      { name: 'swe-agent', version: '1.1.0' },
      'acme__ledger-7',
    ]);
    expect(run.exceptions).toEqual([]);
  });
});

it('a run without an exit status crashed', async () => {
  const run = await open(files.crashed);
  expect(run.steps).toHaveLength(2);
  expect(run.exceptions.map(({ kind }) => kind)).toEqual(['crash']);
  expect(run.exitStatus).toBeUndefined();
});

it('a history alone gives no step, and keeps its texts', async () => {
  const run = await open(files.history);
  expect(run.steps).toEqual([]);
  expect(codes(run)).toEqual(['unexpected-shape', 'no-steps']);
  expect(run.messages.map(({ text }) => text).join('\n')).toContain(
    'str_replace_editor view /ledger/ledger.py',
  );
});

it('the attempts of a retrying agent are mentioned', async () => {
  const element = { action: 'ls', observation: 'a', response: 'ls', thought: '', state: '{}' };
  const run = await openText(JSON.stringify({ trajectory: [element], info: {}, attempts: [{}, {}] }));
  expect(run.steps).toHaveLength(1);
  expect(codes(run)).toContain('several-sessions');
});

it('attempts of which none was chosen are runs of their own', async () => {
  const attempt = (action: string) => ({
    trajectory: [{ action, observation: 'a', response: action, thought: 't', state: '{}' }],
    history: [{ role: 'user', content: 'Fix it.' }],
    info: { exit_status: 'submitted' },
  });
  const text = JSON.stringify({ attempts: [attempt('ls'), attempt('pwd')] });
  const runs = await extractRuns(format, createMemoryReader({ 'a.traj': text }), 'a.traj');
  expect(runs.map((run) => [run.path, run.steps[0]?.action, run.steps[0]?.actionRef.pointer])).toEqual([
    ['a.traj#attempt-1', 'ls', '/attempts/0/trajectory/0/action'],
    ['a.traj#attempt-2', 'pwd', '/attempts/1/trajectory/0/action'],
  ]);
  expect(runs[1]?.messages[0]?.place.pointer).toBe('/attempts/1/history/0/content');
  expect((await scoreFormats(text, 'a.json'))[0]?.id).toBe('swe-agent');
});

describe('bad input', () => {
  it.each(Object.values(files))('%s: a cut anywhere loses only what is cut off', async (file) => {
    const whole = (await open(file)).steps.map(({ action }) => action);
    for (const run of await extractCuts(format, `swe-agent/${file}`)) {
      expect(whole.slice(0, run.steps.length)).toEqual(run.steps.map(({ action }) => action));
      expect(codes(run).some((code) => code === 'truncated-json' || code === 'empty-file')).toBe(true);
    }
  });

  it.each([
    [
      'an LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n',
      'lfs-pointer',
      0,
    ],
    ['an empty file', '', 'empty-file', 0],
    ['a list', '[1]', 'unexpected-shape', 0],
    ['elements that are no objects', '{"trajectory":[1,null],"history":[3],"info":7}', 'unexpected-shape', 2],
    [
      'wrong types in an element',
      '{"trajectory":[{"action":1,"state":"{","observation":null}]}',
      undefined,
      1,
    ],
  ])('%s is survived', async (_, text, code, steps) => {
    const run = await openText(text);
    expect(run.steps).toHaveLength(steps);
    if (code !== undefined) expect(codes(run)).toContain(code);
    expect(run.steps.every((step) => step.observation === undefined)).toBe(true);
  });
});

describe('detection', () => {
  it.each(Object.values(files))('%s is claimed by this format alone', async (file) => {
    const [first, second] = await scoreFormats(readFileSync(join(folder, file), 'utf8'), 'unknown.json');
    expect(first?.id).toBe('swe-agent');
    expect(first?.score).toBeGreaterThanOrEqual(0.6);
    expect(second?.score).toBeLessThan(0.5);
  });
});
