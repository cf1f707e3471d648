import { describe, expect, it } from 'vitest';
import { piFormat as format } from '../../src/formats/pi/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

async function open(path: string): Promise<Run> {
  const [run] = await extractRuns(format, await openDiskReader(`${FIXTURES}/pi`), path);
  if (!run) throw new Error('no run');
  return run;
}

async function openLines(...lines: readonly unknown[]): Promise<Run> {
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const [run] = await extractRuns(format, createMemoryReader({ 's.jsonl': text }), 's.jsonl');
  if (!run) throw new Error('no run');
  return run;
}

describe('a session of pi that went back, timed out and was compacted', async () => {
  const run = await open('branched/session.jsonl');

  it('has a step per call that ran, with how it ended', () => {
    expect(run.steps.map((step) => [step.tool, step.status, step.exitCode, step.observation])).toEqual([
      ['read', 'ok', undefined, 'OFFSET = 3600\n'],
      ['bash', 'error', 1, '(no output)\n\nCommand exited with code 1'],
      ['edit', 'ok', undefined, 'Successfully replaced text in clock.py.'],
      ['bash', 'timeout', undefined, 'collected 4 items\n\nCommand timed out after 1 seconds'],
    ]);
    expect(run.steps.map(({ turn, parallelGroup }) => [turn, parallelGroup])).toEqual([
      [1, 1],
      [1, 1],
      [2, undefined],
      [4, undefined],
    ]);
  });

  it('keeps thinking, text and the words of an answer that broke off', () => {
    expect(run.steps[0]?.thought).toBe('Daylight saving, surely.\n\nI look at both files.');
    expect(run.steps[3]?.thought).toBe('Half a pla');
    expect(run.finalMessage?.text).toBe('The offset is mended; the tests hang and I stop here.');
  });

  it('keeps what else was said in its place', () => {
    expect(run.messages.map(({ role, kind, text, before }) => [role, kind, text, before])).toEqual([
      ['environment', 'notice', 'model: acme/coder-2', '1'],
      ['user', 'prompt', 'The clock is an hour late in winter. Mend it.\n[image: inline image/png]', '1'],
      ['assistant', 'notice', 'rm -r bu', '4'],
      ['user', 'interruption', 'Request was aborted.', '4'],
      ['user', 'notice', '! git status\n M clock.py', '4'],
      ['environment', 'compaction', 'On the path that was left a removal was begun.', '4'],
      ['user', 'prompt', 'Run the tests instead.', '4'],
      ['environment', 'notice', 'Tests may take two minutes.', '4'],
      ['environment', 'compaction', 'The offset is 0 now; the tests hang.', undefined],
      ['environment', 'notice', '529 overloaded_error', undefined],
    ]);
    // The service answered after its error, so that did not end the run.
    expect(run.exceptions).toEqual([]);
  });

  it('counts the usage of every answer, those without calls too', () => {
    expect(run.steps[0]?.usage).toEqual({
      inputTokens: 160,
      cachedInputTokens: 50,
      cacheWriteTokens: 10,
      outputTokens: 20,
      costUsd: 0.02,
    });
    expect(run.steps[1]?.usage).toBeUndefined();
    expect(run.usage?.inputTokens).toBe(160 + 10 + 10 + 30);
    expect(run.usage?.outputTokens).toBe(20 + 5 + 5 + 9);
  });

  it('knows model, version, directory, times and places', () => {
    expect(run).toMatchObject({ model: 'coder-2', formatVersion: '3', initialCwd: '/home/dev/clock' });
    expect(run.steps[0]?.startedAt).toBe(Date.parse('2026-03-02T09:00:05.000Z'));
    expect(run.steps[0]?.endedAt).toBe(Date.parse('2026-03-02T09:00:07.000Z'));
    expect(run.steps[0]?.actionRef).toMatchObject({ line: 5, pointer: '/message/content/2' });
    expect(run.steps[0]?.observationRef).toMatchObject({ line: 7, pointer: '/message/content' });
  });

  it('says what it met', () => {
    expect(run.diagnostics.map(({ code }) => code).sort()).toEqual([
      'abandoned-call',
      'compacted-history',
      'duplicate-record',
      'left-out-image',
      'reused-call-id',
      'rewound-history',
    ]);
  });
});

describe('a session of the first version', () => {
  it('has no ids of entries; two records may stand on one line, and a last call may wait', async () => {
    const run = await open('linear/session.jsonl');
    expect(run.formatVersion).toBe('1');
    expect(run.steps.map(({ action, status, observation }) => [action, status, observation])).toEqual([
      ['ls', 'ok', 'a.txt\n'],
      ['cat a.txt', 'pending', undefined],
    ]);
    expect(run.diagnostics.map(({ code }) => code)).toContain('joined-json');
  });
});

describe('hostile sessions of pi', () => {
  const header = { type: 'session', id: 'x', timestamp: '2026-01-01T00:00:00Z', cwd: '/w' };
  const said = (message: unknown): object => ({ type: 'message', message });

  it('lose no text to odd shapes, and say so', async () => {
    const run = await openLines(
      header,
      said({ role: 'assistant', content: 'plain text', stopReason: 'stop' }),
      said({ role: 'assistant', content: [7, null, { type: 'toolCall' }, { type: 'sound' }] }),
      said({ role: 'toolResult', toolCallId: 'nobody', toolName: 'bash', content: 'lost and found' }),
      said({ role: 'oracle' }),
      said('text'),
      { type: 'branching' },
    );
    expect(run.steps.map(({ tool, thought, status }) => [tool, thought, status])).toEqual([
      ['unknown', 'plain text', 'pending'],
    ]);
    expect(run.messages.map(({ text }) => text)).toEqual(['lost and found']);
    expect(new Set(run.diagnostics.map(({ code }) => code))).toEqual(
      new Set(['unknown-record', 'unpaired-result', 'unexpected-shape', 'unpaired-call']),
    );
  });

  it('end with an exception when an error of the service is the last word', async () => {
    const broken = {
      role: 'assistant',
      content: [],
      stopReason: 'error',
      errorMessage: 'rate limit reached',
    };
    const run = await openLines(header, said(broken));
    expect(run.exceptions).toMatchObject([{ kind: 'api', message: 'rate limit reached' }]);
  });

  it('survive any cut', async () => {
    const counts = (await extractCuts(format, 'pi/branched/session.jsonl')).map(({ steps }) => steps.length);
    expect(counts).toHaveLength(10);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it('are no one else’s', async () => {
    const [best, second] = await scoreFormats(JSON.stringify(header), 'unknown');
    expect(best?.id).toBe('pi');
    expect(second?.score).toBeLessThan(0.5);
  });
});
