import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCodeCastFormat } from '../../src/formats/claude-code-stream-json-in-asciinema/format.ts';
import type { ArtifactReader, Entry } from '../../src/formats/port.ts';
import { terminalBenchFormat } from '../../src/formats/terminal-bench/format.ts';
import { terminalBenchLayout as layout } from '../../src/formats/terminal-bench/layout.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Bytes, RunId } from '../../src/model/ids.ts';
import { FIXTURES } from '../support/cut-fixture.ts';
import { extractBuilders } from '../support/extract-one.ts';

const folder: Entry = { path: '', name: 'trial', kind: 'directory', size: 0 as Bytes };

async function open(reader: ArtifactReader, format = terminalBenchFormat, path = '') {
  const [run] = await extractBuilders(format, reader, path);
  if (!run) throw new Error('no run');
  await layout.enrich(run, folder, reader);
  return run.build('test' as RunId);
}

const disk = (name: string) => openDiskReader(join(FIXTURES, 'terminal-bench-1', name));
const score = async (reader: ArtifactReader) =>
  (await layout.recognize(folder, await reader.list(''), reader)).score;

const results = { task_id: 't', is_resolved: null, failure_mode: 'unset', parser_results: null };

describe('a trial with a recording', async () => {
  const reader = await disk('failed-check');
  const run = await open(reader, claudeCodeCastFormat, 'sessions/agent.cast');

  it('counts its steps from the recording: pointers are passed by', async () => {
    expect(await score(reader)).toBe(0.95);
    expect(await layout.stepArtifacts(folder, reader)).toEqual(['sessions/agent.cast']);
    expect(run.steps).toHaveLength(2);
  });

  it('has outcome, checks with messages, task and times of the trial', () => {
    expect(run.outcome).toMatchObject({ kind: 'failed', conflicting: false });
    expect(run.outcome.checks).toEqual([
      {
        test: 'test_file_exists',
        status: 'passed',
        place: { artifact: 'results.json', pointer: '/parser_results/test_file_exists' },
      },
      {
        test: 'test_content',
        status: 'failed',
        message: "AssertionError: expected hello\nassert 'hi' == 'hello'",
        place: { artifact: 'results.json', pointer: '/parser_results/test_content' },
      },
    ]);
    expect(run.task).toMatchObject({ id: 'greeting', place: { artifact: 'results.json' } });
    expect(run.exceptions).toEqual([]);
    expect(run.diagnostics.find(({ code }) => code === 'lfs-pointer')).toMatchObject({ severity: 'info' });
  });
});

describe('a trial without one', async () => {
  const run = await open(await disk('lost-recording'));

  it('is a run without steps that says why', () => {
    expect(run.steps).toEqual([]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['missing-recording', 'no-steps']);
    expect(run.messages.map(({ text }) => text)).toEqual(['root@box:/app# claude\nworking\n']);
  });

  it('keeps that it was solved, and that its time ran out', () => {
    expect(run.outcome).toMatchObject({ kind: 'solved', conflicting: false });
    expect(run.exceptions).toMatchObject([{ kind: 'timeout', message: 'agent_timeout' }]);
    expect(run.exitStatus).toBe('agent_timeout');
    expect(run.usage).toEqual({ inputTokens: 1200, outputTokens: 80 });
    expect(run.endedAt).toBe(Date.parse('2026-01-01T00:05:00Z'));
  });

  it('is claimed by the format of last resort, weakly', async () => {
    const reader = await disk('lost-recording');
    const probe = { entry: folder, reader, head: '', entries: await reader.list('') };
    expect((await terminalBenchFormat.detect(probe)).score).toBe(0.5);
  });
});

describe('where steps stand', () => {
  it('prefers the logs of agents over the recording', async () => {
    const reader = createMemoryReader({
      'results.json': JSON.stringify(results),
      'agent-logs/mini.traj.json': '{}',
      'agent-logs/episode-0/response.txt': '{}',
      'sessions/abc.json': '[]',
      'sessions/sessions/xyz/events/0.json': '{}',
      'sessions/agent.log': 'mini-swe-agent step 1',
      'sessions/agent.cast': '{"version":2}',
      'sessions/tests.log': 'x',
    });
    expect(await layout.stepArtifacts(folder, reader)).toEqual([
      'agent-logs/mini.traj.json',
      'agent-logs',
      'sessions/abc.json',
      'sessions/sessions/xyz',
      'sessions/agent.log',
      'sessions/agent.cast',
    ]);
  });
});

describe('odd results', () => {
  it('leaves the outcome open where the harness does', async () => {
    const run = await open(createMemoryReader({ 'results.json': JSON.stringify(results) }));
    expect(run.outcome).toMatchObject({ kind: 'unknown', checks: [] });
    expect(run.outcome.signals.map(({ says }) => says)).toEqual(['unknown']);
  });

  it('keeps signals that contradict each other', async () => {
    const odd = { ...results, is_resolved: true, parser_results: { a: 'failed', b: 'odd' } };
    const run = await open(createMemoryReader({ 'results.json': JSON.stringify(odd) }));
    expect(run.outcome).toMatchObject({ kind: 'failed', conflicting: true });
    expect(run.diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['conflicting-outcome', 'unexpected-shape']),
    );
  });

  it('does not take the results of a whole benchmark, or of something else, for a trial', async () => {
    const whole = JSON.stringify({ id: 'x', results: [results], accuracy: 0.5 });
    expect(await score(createMemoryReader({ 'results.json': whole, 'sessions/a': '' }))).toBe(0);
    expect(await score(createMemoryReader({ 'results.json': '{"task_id":"t"}' }))).toBeLessThan(0.5);
    expect(await score(createMemoryReader({ 'results.json': '[1,2]' }))).toBe(0);
    expect(await score(createMemoryReader({ 'README.md': 'x' }))).toBe(0);
  });

  it('survives results of every length and of wrong types', async () => {
    const text = JSON.stringify({ ...results, instruction: 5, failure_mode: 'agent_timeout' });
    for (let cut = 0; cut <= 10; cut++) {
      const part = text.slice(0, Math.floor((text.length * cut) / 10));
      const run = await open(createMemoryReader({ 'results.json': part, 'commands.txt': 'x' }));
      expect(run.diagnostics.map(({ code }) => code)).toContain('missing-recording');
    }
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n';
    const run = await open(createMemoryReader({ 'results.json': pointer, 'sessions/agent.cast': pointer }));
    expect(run.diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['missing-recording', 'lfs-pointer', 'missing-artifact']),
    );
  });
});
