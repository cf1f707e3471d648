import { describe, expect, it } from 'vitest';
import { sweBenchEnricher } from '../../src/formats/swe-bench/enricher.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { RunBuilder } from '../../src/model/run-builder.ts';

const id = 'acme__ledger-7';

/** The run at a path after enrichment; its reader's root is the run's own folder. */
async function enrich(path: string, files: Record<string, unknown>, model?: string): Promise<Run> {
  const texts = Object.entries(files).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const cut = path.lastIndexOf('/');
  const reader = createMemoryReader({ ...Object.fromEntries(texts), [path]: '{}' }).at(path.slice(0, cut));
  const run = new RunBuilder({ format: 'mini-swe-agent', path });
  if (model !== undefined) run.model = model;
  const entry = await reader.stat(path.slice(cut + 1));
  if (!entry) throw new Error(`${path} is not there`);
  await sweBenchEnricher.enrich(run, entry, reader);
  return run.build('test' as RunId);
}

const report = (resolved: boolean, failure: string[] = []) => ({
  [id]: {
    patch_exists: true,
    patch_successfully_applied: true,
    resolved,
    tests_status: {
      FAIL_TO_PASS: { success: ['test_total'], failure },
      PASS_TO_PASS: { success: ['test_a', 'test_b'], failure: [] },
    },
  },
});
const codes = (run: Run) => run.diagnostics.map(({ code }) => code);

describe('one graded run', () => {
  it('reads outcome and checks from logs/<id>/report.json beside the trajectories', async () => {
    const run = await enrich(`bench/trajs/${id}/${id}.traj.json`, {
      [`bench/logs/${id}/report.json`]: report(false, ['test_cent']),
      'bench/results_summary.json': { instances: [{ instance_id: id, resolved: false }] },
    });
    expect(run.outcome).toMatchObject({ kind: 'failed', conflicting: false });
    expect(run.outcome.signals.map(({ detail, place }) => [detail, place.artifact, place.pointer])).toEqual([
      [
        'resolved: false; FAIL_TO_PASS 1 of 2; PASS_TO_PASS 2 of 2',
        `../../logs/${id}/report.json`,
        `/${id}/resolved`,
      ],
      ['resolved: false', '../../results_summary.json', '/instances/0/resolved'],
    ]);
    expect(run.outcome.checks.map(({ test, status }) => [test, status])).toEqual([
      ['test_cent', 'failed'],
      ['test_total', 'passed'],
    ]);
    expect(run.artifacts.every(({ use }) => use === 'enrichment')).toBe(true);
    expect(run.task?.id).toBe(id);
  });

  it.each([
    [{ resolved: [id] }, 'solved'],
    [{ resolved: [], no_generation: [id] }, 'failed'],
    [{ resolved_ids: [], unresolved_ids: [id] }, 'failed'],
    [{ resolved_ids: [], empty_patch_ids: [id] }, 'failed'],
    [{ resolved_ids: [], error_ids: [id] }, 'unknown'],
    [{ resolved_ids: ['acme__ledger-8'] }, 'unknown'],
    [[id], 'unknown'],
    ['{"resolved_ids": ["acme', 'unknown'],
  ])('a list %j says %s', async (list, kind) => {
    const run = await enrich(`out/${id}.traj`, { 'out/results.json': list });
    expect(run.outcome.kind).toBe(kind);
  });

  it('reads a report beside the trajectory', async () => {
    const run = await enrich(`out/${id}/${id}.traj`, { [`out/${id}/report.json`]: { resolved: true } });
    expect(run.outcome.kind).toBe('solved');
  });

  it('does nothing for an artifact that is no instance', async () => {
    const run = await enrich('out/session.traj', { 'out/results.json': { resolved: ['session'] } });
    expect(run.outcome.signals).toEqual([]);
  });

  it('keeps reports that contradict each other', async () => {
    const run = await enrich(`bench/trajs/${id}.traj`, {
      [`bench/logs/${id}/report.json`]: report(true),
      'bench/results.json': { no_generation: [id] },
    });
    expect(run.outcome).toMatchObject({ kind: 'solved', conflicting: true });
    expect(codes(run)).toContain('conflicting-outcome');
  });
});

describe('an attempt that was never graded', () => {
  const end = async (
    status: string | undefined,
    patch: string | undefined,
    files: Record<string, string> = {},
  ) => {
    const reader = createMemoryReader({ [`${id}.traj`]: '{}', ...files });
    const run = new RunBuilder({ format: 'swe-agent', path: `${id}.traj` });
    run.exitStatus = status;
    if (patch !== undefined) run.submission = { text: patch, place: { artifact: `${id}.traj` } };
    const entry = await reader.stat(`${id}.traj`);
    if (entry) await sweBenchEnricher.enrich(run, entry, reader);
    return run.build('test' as RunId).outcome.kind;
  };

  it('failed if it ended without a patch, and is unknown otherwise', async () => {
    expect(await end('exit_cost', undefined)).toBe('failed');
    expect(await end('submitted', ' \n')).toBe('failed');
    expect(await end('exit_cost', 'diff')).toBe('unknown');
    expect(await end(undefined, undefined)).toBe('unknown');
    expect(await end('exit_cost', undefined, { 'results.json': JSON.stringify({ resolved: [id] }) })).toBe(
      'solved',
    );
  });
});

describe('several graded runs', () => {
  const files = {
    [`logs/run_evaluation/first_eval/acme__m/${id}/report.json`]: report(true),
    [`logs/run_evaluation/second/acme__m/${id}/report.json`]: report(false),
    'acme__m.third_test.json': { resolved_instances: 1, resolved_ids: [id], unresolved_ids: [] },
  };

  it.each([
    ['first', 'solved'],
    ['first_dev', 'solved'],
    ['second', 'failed'],
    ['third_test', 'solved'],
  ])('the run %s finds its own: %s', async (name, kind) => {
    const run = await enrich(`output/${name}/${id}/${id}.traj.json`, files);
    expect(run.outcome.signals).toHaveLength(1);
    expect(run.outcome.kind).toBe(kind);
  });

  it('a run that none is named like gets no outcome, and says so', async () => {
    const run = await enrich(`output/fourth/${id}/${id}.traj.json`, files);
    expect(run.outcome.kind).toBe('unknown');
    expect(codes(run)).toContain('ambiguous-report');
  });

  it('the only graded run counts, but not when it is of another model or of a neighbour', async () => {
    const only = { [`logs/run_evaluation/graded/acme__m/${id}/report.json`]: report(true) };
    const path = `output/mine/${id}.traj.json`;
    expect((await enrich(path, only, 'acme/m')).outcome.kind).toBe('solved');
    expect((await enrich(path, only, 'acme/other')).outcome.kind).toBe('unknown');
    expect((await enrich(path, { ...only, 'output/graded/a.json': '' }, 'acme/m')).outcome.kind).toBe(
      'unknown',
    );
  });
});
