import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atifFormat } from '../../src/formats/atif/format.ts';
import { harborLayout } from '../../src/formats/harbor/layout.ts';
import type { Entry } from '../../src/formats/port.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Bytes } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { FIXTURES } from '../support/cut-fixture.ts';
import { extractEnriched } from '../support/enrich-one.ts';

const home = join(FIXTURES, 'harbor/conflicting');
const root: Entry = { path: '', name: 'trial', kind: 'directory', size: 0 as Bytes };

function trialFiles(): Record<string, string | Uint8Array> {
  const paths = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.\w+$/.test(path),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(home, path))]));
}

async function openMemory(files: Record<string, string | Uint8Array | undefined>): Promise<Run> {
  const kept = Object.entries(files).filter(
    (file): file is [string, string | Uint8Array] => file[1] !== undefined,
  );
  const reader = createMemoryReader(Object.fromEntries(kept));
  const [run] = await extractEnriched(atifFormat, harborLayout, reader, 'agent/trajectory.json');
  if (!run) throw new Error('no run');
  return run;
}

describe('Harbor trial', () => {
  it('is recognised, and a folder that only looks alike is not', async () => {
    const reader = createMemoryReader(trialFiles());
    const found = await harborLayout.recognize(root, await reader.list(''), reader);
    expect(found.score).toBeGreaterThan(0.9);
    const other = createMemoryReader({ 'agent/main.py': 'x', 'result.json': '{"n_trials": 3}' });
    expect((await harborLayout.recognize(root, await other.list(''), other)).score).toBeLessThan(0.5);
  });

  it('keeps a reward beside the time-out of its verifier as a contradiction', async () => {
    const run = await openMemory(trialFiles());
    expect(run.outcome).toMatchObject({ kind: 'solved', score: 1, conflicting: true });
    expect(run.outcome.signals.map(({ source, authority, says }) => [source, authority, says])).toEqual([
      ['verifier/reward.txt', 'checker', 'solved'],
      ['verifier/ctrf.json', 'checker', 'failed'],
      ['result.json verifier_result', 'harness', 'failed'],
    ]);
    expect(run.exceptions).toMatchObject([
      { kind: 'harness', message: 'VerifierTimeoutError: Verifier execution timed out after 60.0 seconds' },
    ]);
    expect(run.diagnostics.map(({ code }) => code)).toContain('conflicting-outcome');
  });

  it('explains failing checks with what the verifier printed', async () => {
    const { outcome } = await openMemory(trialFiles());
    expect(outcome.checks).toMatchObject([
      { test: 'test_outputs.py::test_total', status: 'passed' },
      { test: 'test_outputs.py::test_tax', status: 'failed', message: 'assert 20 == 19' },
    ]);
    const printedOnly = await openMemory({ ...trialFiles(), 'verifier/ctrf.json': undefined });
    expect(printedOnly.outcome.checks.map(({ test, status }) => [test, status])).toEqual([
      ['../tests/test_outputs.py::test_total', 'passed'],
      ['../tests/test_outputs.py::test_tax', 'failed'],
    ]);
  });

  it('fills in task, usage and times without overwriting what the trajectory says', async () => {
    const run = await openMemory(trialFiles());
    expect(run).toMatchObject({
      task: { id: 'cart-total', text: 'Make the total right.' },
      usage: { inputTokens: 700, outputTokens: 60, costUsd: 0.25 },
      startedAt: Date.parse('2026-03-01T09:00:00Z'),
      endedAt: Date.parse('2026-03-01T09:05:00Z'),
      exitStatus: 'VerifierTimeoutError',
    });
  });

  it('enriches a trajectory that is named alone, from the folder above it', async () => {
    const reader = await openDiskReader(join(home, 'agent'), { boundary: home });
    const [run] = await extractEnriched(atifFormat, harborLayout, reader, 'trajectory.json', '..');
    expect(run?.outcome.kind).toBe('solved');
    expect(run?.outcome.signals[0]?.place.artifact).toBe('../verifier/reward.txt');
  });

  it.each([
    ['{"reward": 0.5, "f2p": 1, "p2p": 0}', 'failed', 0.5],
    ['{"reward": 1}', 'solved', 1],
    ['{"accuracy": 1.0}', 'solved', 1],
    ['{"a": 1, "b": 0}', 'unknown', undefined],
    ['"x"', 'unknown', undefined],
  ])('reads reward.json %s', async (text, kind, score) => {
    const run = await openMemory({
      'agent/trajectory.json': '{}',
      'verifier/reward.json': text,
    });
    expect(run.outcome.kind).toBe(kind);
    expect(run.outcome.score).toBe(score);
  });

  it('takes the exception from its traceback when the result was never written', async () => {
    const run = await openMemory({
      'agent/trajectory.json': '{}',
      'config.json': '{"task": {"path": "t", "instruction": "Do it."}, "agent": {"name": "a"}}',
      'exception.txt': 'Traceback\n  File "x"\nharbor.trial.AgentTimeoutError: too slow\n\n',
    });
    expect(run.exceptions).toMatchObject([
      { kind: 'timeout', message: 'harbor.trial.AgentTimeoutError: too slow', place: { line: 3 } },
    ]);
    expect(run).toMatchObject({
      task: { id: 't', text: 'Do it.' },
      agent: { name: 'a' },
      outcome: { kind: 'unknown' },
    });
  });

  it('says that a verifier could not start its own tools', async () => {
    const run = await openMemory({
      'agent/trajectory.json': '{}',
      'verifier/reward.txt': '0',
      'verifier/test-stdout.txt':
        'Reading package lists...\n/tests/test.sh: line 9: runner: command not found\n',
    });
    expect(run.exceptions).toMatchObject([{ kind: 'harness', place: { line: 2 } }]);
  });

  it('orders the artifacts that may count steps; stored ones come first', async () => {
    const reader = createMemoryReader({
      'agent/trajectory.json': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n',
      'agent/trajectory.cont-1.json': '{}',
      'agent/claude-code.txt': '{"type":"system"}\n',
      'agent/codex.txt': '',
      'agent/run.jsonl': '{}\n',
      'agent/sessions/projects/-app/s.jsonl': '{}\n',
      'agent/episode-0/prompt.txt': 'x',
    });
    expect(await harborLayout.stepArtifacts(root, reader)).toEqual([
      'agent/claude-code.txt',
      'agent/run.jsonl',
      'agent/sessions/projects/-app/s.jsonl',
      'agent',
      'agent/trajectory.json',
      'agent/codex.txt',
    ]);
  });

  it('is a run without steps when nothing of the agent was kept', async () => {
    const reader = createMemoryReader({
      'result.json': '{"task_name": "t", "verifier_result": null}',
      'agent/setup.sh': '',
    });
    expect(await harborLayout.stepArtifacts(root, reader)).toEqual([]);
    const [run] = await extractEnriched(atifFormat, harborLayout, reader, '');
    expect(run).toMatchObject({ steps: [], task: { id: 't' } });
    expect(run?.diagnostics.map(({ code }) => code)).toContain('missing-recording');
  });

  it('survives any of its files cut at any tenth', async () => {
    const whole = trialFiles();
    for (const [path, bytes] of Object.entries(whole)) {
      for (let tenth = 0; tenth < 10; tenth++) {
        const cut = bytes.slice(0, Math.floor((bytes.length * tenth) / 10));
        expect((await openMemory({ ...whole, [path]: cut })).format).toBe('atif');
      }
    }
  });
});
