import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atifFormat } from '../../src/formats/atif/format.ts';
import { harborLayout } from '../../src/formats/harbor/layout.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { Bytes } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { extractEnriched } from '../support/enrich-one.ts';

const home = join(CORPUS, 'harbor-claude-code');
const rows = readTruth().filter((row) => row.path.startsWith('harbor-claude-code/'));
const trials = hasCorpus
  ? readdirSync(home, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  : [];

async function openTrial(trial: string): Promise<Run> {
  const reader = await openDiskReader(join(home, trial));
  const [run] = await extractEnriched(atifFormat, harborLayout, reader, 'agent/trajectory.json');
  if (!run) throw new Error(`${trial}: no run`);
  return run;
}

describe.runIf(hasCorpus)('Harbor trials of the corpus', () => {
  it.each(trials)('%s is recognised, with an artifact that counts its steps', async (trial) => {
    const reader = await openDiskReader(join(home, trial));
    const folder = { path: '', name: trial, kind: 'directory' as const, size: 0 as Bytes };
    const found = await harborLayout.recognize(folder, await reader.list(''), reader);
    expect(found.score).toBeGreaterThan(0.9);
    const [first] = await harborLayout.stepArtifacts(folder, reader);
    const counted = rows.some((row) => row.path === `harbor-claude-code/${trial}/agent/trajectory.json`);
    expect(first).toBe(counted ? 'agent/trajectory.json' : 'agent/claude-code.txt');
  });

  it.each(rows)('$path: outcome', async ({ path, solved }) => {
    const trial = path.split('/')[1] ?? '';
    const run = await openTrial(trial);
    expect(run.outcome.kind).toBe(solved ? 'solved' : 'failed');
    expect(run.task?.id).toBe(trial.split('__')[0]);
    expect(run.task?.text).not.toBe('');
    // Names of failing tests, out of the checker's report by a plain search.
    let report = '';
    try {
      report = readFileSync(join(home, trial, 'verifier/ctrf.json'), 'utf8');
    } catch {
      // Some checkers wrote none.
    }
    const failing = run.outcome.checks.filter((check) => check.status === 'failed');
    expect(failing).toHaveLength(report.split('"status": "failed"').length - 1);
    for (const check of failing) expect(check.message ?? '').not.toBe('');
  });

  it('keeps the contradiction of a verifier that timed out after it had written a reward', async () => {
    const run = await openTrial('query-optimize__xcBWV57');
    expect(run.outcome).toMatchObject({ kind: 'solved', conflicting: true });
    expect(run.exceptions).toMatchObject([{ kind: 'harness' }]);
    expect(run.diagnostics.map(({ code }) => code)).toContain('conflicting-outcome');
  });

  it('says that a verifier could not start', async () => {
    const run = await openTrial('cobol-modernization__VeV7Ef9');
    expect(run.exceptions).toMatchObject([
      { kind: 'harness', message: expect.stringContaining('uvx: command not found') },
    ]);
  });

  it('takes the time-out of an agent from a trial without a trajectory', async () => {
    const run = await openTrial('train-fasttext__yedcSJz');
    expect(run.steps).toHaveLength(0);
    expect(run.outcome.kind).toBe('failed');
    expect(run.exceptions).toMatchObject([{ kind: 'timeout' }]);
  });
});
