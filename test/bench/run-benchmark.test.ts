import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchManifestSchema, readManifest } from '../../src/app/bench/bench-manifest.ts';
import { readRunFolder } from '../../src/app/bench/read-run-folder.ts';
import { runBenchmark } from '../../src/app/bench/run-benchmark.ts';
import type { SystemInput } from '../../src/bench/system.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { CODE, makeDataset, makeSystem } from './bench-support.ts';

/** The predictions of a folder, without the times. */
function readPredictions(folder: string): Record<string, string> {
  const home = join(folder, 'predictions');
  return Object.fromEntries(
    readdirSync(home).map((name) => [
      name,
      readFileSync(join(home, name), 'utf8').replace(/"milliseconds":[\d.]+/g, '"milliseconds":0'),
    ]),
  );
}

describe('runBenchmark', () => {
  it('writes a line per case and system, and a manifest after its schema', async () => {
    const folder = await makeTemporaryFolder();
    const systems = [makeSystem('one'), makeSystem('two', { kind: 'codetracer', outcome: 'known' })];
    const manifest = await runBenchmark(makeDataset(3), { folder, systems, paths: ['x'], code: CODE });
    const files = readPredictions(folder);
    expect(Object.keys(files).sort()).toEqual(['one.jsonl', 'two.jsonl']);
    const lines = (files['one.jsonl'] ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ id, steps }) => [id, steps])).toEqual([
      ['case-1', 6],
      ['case-2', 7],
      ['case-3', 8],
    ]);
    expect(manifest.state).toBe('complete');
    expect(manifest.counts).toMatchObject({ cases: 3, done: 3, computed: 6, reused: 0 });
    expect(manifest.systems.map(({ name, answered }) => [name, answered])).toEqual([
      ['one', 3],
      ['two', 3],
    ]);
    expect(benchManifestSchema.parse(await readManifest(folder))).toEqual(manifest);
  });

  it('analyses a run once for each of the two ways in which systems see it', async () => {
    const seen: SystemInput[] = [];
    const systems = [
      makeSystem('a', {}, seen),
      makeSystem('b', { outcome: 'known' }, seen),
      makeSystem('c', {}, seen),
    ];
    const folder = await makeTemporaryFolder();
    await runBenchmark(makeDataset(1), { folder, systems, paths: [], code: CODE });
    expect(new Set(seen.map(({ analysis }) => analysis)).size).toBe(2);
    expect(seen[0]?.analysis).toBe(seen[2]?.analysis);
    expect(seen[0]?.analysis.run.outcome).toMatchObject({ kind: 'unknown', checks: [] });
    expect(seen[1]?.analysis.run.outcome.kind).toBe('failed');
  });

  it('ends where it is interrupted, and a second call gives what one alone would have given', async () => {
    const systems = [makeSystem('one'), makeSystem('two', { settings: { step: 4 } })];
    const whole = await makeTemporaryFolder();
    await runBenchmark(makeDataset(5), { folder: whole, systems, paths: [], code: CODE });
    const folder = await makeTemporaryFolder();
    let asked = 0;
    const isInterrupted = (): boolean => ++asked > 2;
    const first = await runBenchmark(makeDataset(5), {
      folder,
      systems,
      paths: [],
      code: CODE,
      isInterrupted,
    });
    expect(first.state).toBe('interrupted');
    expect(first.counts).toMatchObject({ done: 2, pending: 3, computed: 4 });
    // What a killed process leaves: half a line.
    appendFileSync(join(folder, 'predictions', 'one.jsonl'), '{"id":"case-3","key":"0f');
    const second = await runBenchmark(makeDataset(5), { folder, systems, paths: [], code: CODE });
    expect(second.state).toBe('complete');
    expect(second.counts).toMatchObject({ done: 5, computed: 6, reused: 4 });
    expect(readPredictions(folder)).toEqual(readPredictions(whole));
  });

  it('does not even open cases that are answered', async () => {
    const folder = await makeTemporaryFolder();
    const options = { folder, systems: [makeSystem('one')], paths: [], code: CODE };
    const first = await runBenchmark(makeDataset(3), options);
    const open = (): Promise<never> => Promise.reject(new Error('it was opened'));
    const second = await runBenchmark(makeDataset(3, { open }), options);
    expect(second.counts).toMatchObject({ done: 3, computed: 0, reused: 3 });
    expect(second.cases).toEqual(first.cases);
  });

  it.each([
    ['other settings', { settings: { step: 9 } }, CODE, {}],
    ['other code', {}, { ...CODE, digest: 'newer code' }, {}],
    ['another artifact', {}, CODE, { digest: async () => 'changed' }],
  ])('works answers out again after %s, one line for each case', async (_, change, code, source) => {
    const folder = await makeTemporaryFolder();
    await runBenchmark(makeDataset(3), { folder, systems: [makeSystem('one')], paths: [], code: CODE });
    const before = readPredictions(folder)['one.jsonl'] ?? '';
    const systems = [makeSystem('one', change)];
    const again = await runBenchmark(makeDataset(3, source), { folder, systems, paths: [], code });
    expect(again.counts).toMatchObject({ computed: 3, reused: 0 });
    const after = readPredictions(folder)['one.jsonl'] ?? '';
    expect(after.split('\n')).toHaveLength(4);
    expect(after).not.toBe(before);
  });

  it('measures no answer of older code: not on cases that it did not get to, nor where a system broke', async () => {
    const folder = await makeTemporaryFolder();
    const options = { folder, systems: [makeSystem('one')], paths: [], code: CODE };
    await runBenchmark(makeDataset(4), options);
    let asked = 0;
    const breaking = makeSystem('one', {
      predict(input) {
        if (input.analysis.run.id === 'case-2') throw new Error('no idea');
        return makeSystem('one').predict(input);
      },
    });
    const manifest = await runBenchmark(makeDataset(4), {
      ...options,
      systems: [breaking],
      code: { ...CODE, digest: 'newer code' },
      isInterrupted: () => ++asked > 3,
    });
    expect(manifest.systems.map(({ answered, computed, failed }) => [answered, computed, failed])).toEqual([
      [2, 2, 1],
    ]);
    const { entrants } = await readRunFolder(folder);
    expect(entrants[0]?.predictions.map(({ id }) => id)).toEqual(['case-1', 'case-3']);
  });

  it('keeps what it has when fewer cases are asked for', async () => {
    const folder = await makeTemporaryFolder();
    const options = { folder, systems: [makeSystem('one')], paths: [], code: CODE };
    await runBenchmark(makeDataset(4), options);
    const few = await runBenchmark(makeDataset(4), { ...options, limit: 2, sample: 7 });
    expect(few.counts).toMatchObject({ cases: 2, computed: 0, reused: 2 });
    expect((readPredictions(folder)['one.jsonl'] ?? '').trim().split('\n')).toHaveLength(4);
  });

  it('lists refused cases and broken systems, and goes on', async () => {
    const folder = await makeTemporaryFolder();
    const dataset = makeDataset(2);
    const refused = {
      ...dataset.cases[0],
      open: async () => ({ kind: 'refused', reason: '6 steps, not 9' }),
    };
    const broken = makeSystem('broken', {
      predict() {
        throw new Error('no idea');
      },
    });
    const manifest = await runBenchmark(
      { ...dataset, cases: [refused as (typeof dataset.cases)[number], ...dataset.cases.slice(1)] },
      { folder, systems: [broken, makeSystem('one')], paths: [], code: CODE },
    );
    expect(manifest.cases.map(({ state, reason }) => [state, reason])).toEqual([
      ['refused', '6 steps, not 9'],
      ['failed', 'broken: no idea'],
    ]);
    expect(manifest.systems.map(({ answered, failed }) => [answered, failed])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('refuses a folder of other labels, and one whose lines were changed', async () => {
    const folder = await makeTemporaryFolder();
    const options = { folder, systems: [makeSystem('one')], paths: [], code: CODE };
    await runBenchmark(makeDataset(2), options);
    const other = { ...makeDataset(2), files: [{ path: 'labels.jsonl', sha256: 'others', bytes: 1 }] };
    await expect(runBenchmark(other, options)).rejects.toMatchObject({ code: 'usage' });
    const path = join(folder, 'predictions', 'one.jsonl');
    writeFileSync(path, `{"half":\n${readFileSync(path, 'utf8')}`);
    await expect(runBenchmark(makeDataset(2), options)).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('what a system is given', () => {
  it('holds nothing of the labels', async () => {
    const MARK = 'LABEL-MARKER-8271';
    const seen: SystemInput[] = [];
    const folder = await makeTemporaryFolder();
    const dataset = makeDataset(2);
    for (const labels of dataset.labels.values()) {
      Object.assign(labels, { readings: [{ onset: 3, cause: MARK }], traits: { set: MARK, task: MARK } });
    }
    const systems = [makeSystem('spy', {}, seen), makeSystem('spy-2', { outcome: 'known' }, seen)];
    await runBenchmark(dataset, { folder, systems, paths: [], code: CODE });
    expect(seen).toHaveLength(4);
    for (const input of seen) {
      expect(Object.keys(input).sort()).toEqual(['analysis', 'context']);
      expect(findText({ ...input, context: input.context }, MARK)).toBe(false);
    }
    // The walk itself finds what is there.
    expect(findText({ deep: new Map([['a', new Set([{ b: [MARK] }])]]) }, MARK)).toBe(true);
    expect(findText([...dataset.labels.values()], MARK)).toBe(true);
  });
});

/** Whether a text is part of any string that can be reached from a value. */
function findText(root: unknown, text: string): boolean {
  const seen = new Set<unknown>();
  const work: unknown[] = [root];
  while (work.length > 0) {
    const value = work.pop();
    if (typeof value === 'string' && value.includes(text)) return true;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Map) work.push(...value.keys(), ...value.values());
    else if (value instanceof Set) work.push(...value);
    for (const key of Reflect.ownKeys(value)) work.push(key, Reflect.get(value, key));
  }
  return false;
}
