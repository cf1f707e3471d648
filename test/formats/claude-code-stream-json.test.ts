import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCodeStreamJsonFormat as format } from '../../src/formats/claude-code-stream-json/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const folder = join(FIXTURES, 'claude-code-stream-json');

async function open(path: string): Promise<Run> {
  const [run] = await extractRuns(format, await openDiskReader(folder), path);
  if (!run) throw new Error('no run');
  return run;
}

const counts = (run: Run) => Object.fromEntries(run.diagnostics.map(({ code, count }) => [code, count ?? 1]));

describe('a stream with abandoned attempts, reused ids and a sub-agent', async () => {
  const run = await open('retries/claude-code.txt');

  it('counts the calls that ran, joined with their results by id and position', () => {
    expect(run.steps.map((step) => [step.id, step.tool, step.observation?.split('\n')[0]])).toEqual([
      ['1', 'Bash', 'total 4'],
      ['2', 'Read', '1\tprint("hi")'],
      ['3', 'Bash', 'Exit code 2'],
      ['4', 'Agent', 'It is /srv/app/config.toml.'],
      [
        '5',
        'Write',
        '<tool_use_error>InputValidationError: Write failed: `file_path` is missing</tool_use_error>',
      ],
      ['6', 'Bash', 'ok'],
    ]);
    expect(run.steps[0]?.action).toBe('ls -la /srv/app');
    expect(run.steps.map(({ status }) => status)).toEqual(['ok', 'ok', 'error', 'ok', 'error', 'ok']);
    expect(run.steps[2]?.exitCode).toBe(2);
  });

  it('keeps the text of an abandoned attempt as a thought', () => {
    expect(run.steps[0]?.thought).toBe(
      'The service directory comes first.\n\nLook around before touching anything.',
    );
  });

  it('hangs the sub-agent under its call, without its abandoned attempt', () => {
    expect(run.branches).toHaveLength(1);
    expect(run.branches[0]).toMatchObject({ parent: '4', name: 'Explore', prompt: 'Find the config file.' });
    expect(run.branches[0]?.steps.map(({ action }) => action)).toEqual(['find /srv -name config.toml']);
  });

  it('reports what was passed over and repaired', () => {
    expect(counts(run)).toEqual({
      'non-json-line': 1,
      'abandoned-call': 3,
      'reused-call-id': 1,
      'joined-json': 1,
    });
  });

  it('takes totals from the last result of the process, and never an outcome', () => {
    expect(run.usage).toEqual({
      inputTokens: 190,
      cachedInputTokens: 50,
      cacheWriteTokens: 0,
      outputTokens: 70,
      costUsd: 0.4,
    });
    expect(run.outcome.kind).toBe('unknown');
    expect(run.exitStatus).toBe('success');
    expect(run.exceptions).toEqual([]);
  });

  it('keeps retries and notifications as notices', () => {
    expect(run.messages.map(({ kind, text, before }) => [kind, text, before])).toEqual([
      ['notice', 'API retry 1 of 10: overloaded (status 529)', '4'],
      ['notice', 'Background command "serve" completed (exit code 0)', '6'],
    ]);
    expect(run.finalMessage?.text).toBe('All good.');
  });
});

describe('streams that end badly', () => {
  it('names the service when nothing follows its errors', async () => {
    const run = await open('gave-up/stream.jsonl');
    expect(run.steps).toHaveLength(1);
    expect(run.exceptions.map(({ kind, message }) => [kind, message])).toEqual([
      ['api', 'API retry 10 of 10: unknown'],
    ]);
  });

  it('names the limit, and counts a call that waits at the end', async () => {
    const run = await open('max-turns/stream.jsonl');
    expect(run.steps.map(({ status }) => status)).toEqual(['ok', 'pending']);
    expect(run.steps[1]?.observation).toBeUndefined();
    expect(run.exceptions.map(({ kind }) => kind)).toEqual(['limit']);
    expect(run.usage?.costUsd).toBeUndefined();
  });

  it('reads what is left when the file is cut anywhere', async () => {
    const runs = await extractCuts(format, 'claude-code-stream-json/retries/claude-code.txt');
    expect(runs.every(({ diagnostics }) => diagnostics.length > 0)).toBe(true);
  });

  it('survives wrong types', async () => {
    const lines = [
      '{"type":"system","subtype":"init","tools":5,"session_id":1}',
      '{"type":"assistant","message":{"id":5,"content":{"a":1},"usage":"x"},"session_id":"s"}',
      '{"type":"assistant","message":{"content":[{"type":"tool_use","id":1,"name":2,"input":"ls"}]}}',
      '{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"none","content":7}]}}',
      '{"type":"result","subtype":4,"modelUsage":[],"is_error":"no"}',
      '{"type":"system"}',
      '{}',
    ];
    const reader = createMemoryReader({ 's.jsonl': lines.join('\r\n') });
    const [run] = await extractRuns(format, reader, 's.jsonl');
    expect(run?.steps.map(({ tool, action }) => [tool, action])).toEqual([['', '\nls']]);
    expect(Object.keys(counts(run as Run))).toEqual(
      expect.arrayContaining(['unknown-record', 'unpaired-result']),
    );
  });
});

describe('detection', () => {
  it('claims streams by content', async () => {
    const stream = readFileSync(join(folder, 'retries/claude-code.txt'), 'utf8');
    const scores = await scoreFormats(stream, 'x.log');
    expect(scores[0]).toEqual({ id: 'claude-code-stream-json', score: 0.97 });
    expect(scores[1]?.score ?? 0).toBeLessThan(0.5);
    expect(
      (await scoreFormats('{"event":"request","session_id":"x"}\n', 'a.jsonl'))[0]?.score ?? 0,
    ).toBeLessThan(0.5);
  });
});
