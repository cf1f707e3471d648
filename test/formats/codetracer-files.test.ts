import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import { codetracerStepsFormat } from '../../src/formats/codetracer-steps/format.ts';
import { codetracerTraceFormat } from '../../src/formats/codetracer-trace/format.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const text = (path: string): string => readFileSync(join(FIXTURES, path), 'utf8');

async function readAll(...paths: string[]): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const item of readRuns(paths)) if (item.kind === 'run') runs.push(item.run);
  return runs;
}

describe('trace.json as an artifact', () => {
  it('gives the run back with its id, format and places', async () => {
    const [run] = await readAll(join(FIXTURES, 'codetracer-trace/repair/trace.json'));
    const written: { run: { id: string; format: string }; steps: unknown[] } = JSON.parse(
      text('codetracer-trace/repair/trace.json'),
    );
    expect(run).toEqual({ ...written.run, steps: written.steps });
    expect(run?.format).toBe('otlp-genai');
  });

  it.each([
    ['from-the-future.json', 'newer-version'],
    ['damaged.json', 'unexpected-shape'],
  ])('reads nothing of %s and says why', async (name, code) => {
    const reader = createMemoryReader({ 'trace.json': text(`trace/${name}`) });
    const [run] = await extractRuns(codetracerTraceFormat, reader, 'trace.json');
    expect(run?.steps).toEqual([]);
    expect(run?.diagnostics.find((diagnostic) => diagnostic.code === code)?.severity).toBe('error');
  });

  it('is chosen over other formats by content', async () => {
    const [best, next] = await scoreFormats(text('codetracer-trace/repair/trace.json'), 'unknown');
    expect(best?.id).toBe('codetracer-trace');
    expect(next?.score).toBeLessThan(0.5);
  });

  it('is no run of its own in the output of an analysis, unless it is named', async () => {
    const folder = await makeTemporaryFolder();
    cpSync(join(FIXTURES, 'codetracer-trace/repair/trace.json'), join(folder, 'trace.json'));
    cpSync(join(FIXTURES, 'codetracer-steps/ours/steps.json'), join(folder, 'steps.json'));
    // Without the analysis the trace counts; the steps beside it are the same run.
    expect((await readAll(folder)).map(({ format }) => format)).toEqual(['otlp-genai']);
    writeFileSync(join(folder, 'codetracer_analysis.json'), '{}');
    expect(await readAll(folder)).toEqual([]);
    expect(await readAll(join(folder, 'trace.json'))).toHaveLength(1);
    expect(await readAll(join(folder, 'steps.json'))).toHaveLength(1);
  });
});

describe('steps.json as an artifact', () => {
  it('reads the shape of the benchmark, with the task beside it', async () => {
    const [run] = await readAll(join(FIXTURES, 'codetracer-steps/benchmark'));
    expect(run?.task?.text).toBe('The clock runs twice as fast as it should.');
    expect(
      run?.steps.map(({ turn, parallelGroup, thought, status }) => [turn, parallelGroup, thought, status]),
    ).toEqual([
      [1, undefined, 'Where is the clock?', 'unknown'],
      [2, 2, undefined, 'unknown'],
      [2, 2, undefined, 'pending'],
      [3, undefined, 'A tick is one second.', 'unknown'],
    ]);
    expect(run?.steps[0]?.actionRef).toEqual({ artifact: 'steps.json', pointer: '/0/action' });
  });

  it('reads ours: sub-agents below their step, places in the artifacts', async () => {
    const [run] = await readAll(join(FIXTURES, 'codetracer-steps/ours'));
    expect(run?.task?.text).toBe('The date parser drops the timezone. Fix it.');
    expect(run?.branches.map(({ parent, steps }) => [parent, steps.map(({ id }) => id)])).toEqual([
      ['3', ['3.1']],
    ]);
    expect(run?.steps[0]?.actionRef.artifact).toBe('trace.json');
  });

  it('keeps what it can of damaged records', async () => {
    const records = [
      { step_id: 1, action: 5, observation: { a: 'b' } },
      7,
      { action: 'pwd' },
      { step_id: '2', action: 'ls' },
    ];
    const reader = createMemoryReader({ 'steps.json': JSON.stringify(records) });
    const [run] = await extractRuns(codetracerStepsFormat, reader, 'steps.json');
    expect(run?.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['', '{"a":"b"}'],
      ['pwd', undefined],
      ['ls', undefined],
    ]);
    expect(run?.diagnostics.filter(({ code }) => code === 'unexpected-shape')).toHaveLength(1);
  });
});
