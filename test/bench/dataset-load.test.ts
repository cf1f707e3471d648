import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parquetWriteFile, type SchemaElement } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/app/bench/load-dataset.ts';
import { CodetracerError } from '../../src/base/error.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { type Files, fixtureFile, packTarZst } from './pack.ts';

const TRAJ = 'mini-swe-agent/v1-submitted/acme__ledger-7.traj.json';

async function write(files: Files): Promise<string> {
  const folder = await makeTemporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const groups = [
  { stage_id: 1, incorrect_step_ids: [4, 5], unuseful_step_ids: [3] },
  { stage_id: 2, incorrect_step_ids: [], unuseful_step_ids: [] },
];
const row = (name: string, change: object = {}): Record<string, unknown> => ({
  traj_id: name,
  task_name: 'ledger',
  solved: false,
  step_count: 5,
  stages: JSON.stringify([{ stage_id: 1, start_step_id: 1, end_step_id: 5 }]),
  incorrect_stages: groups,
  artifact_path: 'bench_artifacts/full/a.tar.zst',
  ...change,
});
const labels = (artifact: string): string =>
  `${JSON.stringify({ artifact, format: 'mini', task: 'ledger', steps: 5, solved: false, annotations: [{ onset: 4, incorrect: [4], unuseful: [] }] })}\n`;
const point = (packet: string): string =>
  `${JSON.stringify({ packet_id: packet, set: 'mine', key: {}, label: { label: 1 }, steps: [{ step: 1, tool: 'submit' }] })}\n`;

async function writeAll(): Promise<string> {
  const traj = await fixtureFile(TRAJ);
  return write({
    'rows/bench_manifest.full.jsonl': `${JSON.stringify(row('one'))}\n${JSON.stringify(row('two', { step_count: 6 }))}\n`,
    'rows/bench_artifacts/full/a.tar.zst': await packTarZst({ 'acme__ledger-7.traj.json': traj }),
    'runs/labels.jsonl': labels('a/acme__ledger-7.traj.json'),
    'corpus/a/acme__ledger-7.traj.json': traj,
    'points/mine.jsonl': point('P1'),
    'README.md': 'nothing labelled\n',
    'other.jsonl': '{"command": "ls", "effect": "explore"}\n',
  });
}

describe('loadDataset', () => {
  it('recognises all that a folder holds, with digests, and opens what fits', async () => {
    const folder = await writeAll();
    const dataset = await loadDataset([folder]);
    expect(dataset.files.map(({ path }) => path).sort()).toEqual([
      'points/mine.jsonl',
      'rows/bench_manifest.full.jsonl',
      'runs/labels.jsonl',
    ]);
    for (const { path, sha256, bytes } of dataset.files) {
      const content = await readFile(join(folder, path));
      expect({ sha256, bytes }).toEqual({
        sha256: createHash('sha256').update(content).digest('hex'),
        bytes: content.length,
      });
    }
    expect([...dataset.labels.values()].map(({ traits }) => traits.set).sort()).toEqual([
      'codetracebench/bench_manifest.full',
      'codetracebench/bench_manifest.full',
      'labelled-runs',
      'point-of-no-return/mine',
    ]);
    const opened = await Promise.all(
      dataset.cases.map(async (source) => [source.name, (await source.open()).kind]),
    );
    expect(Object.fromEntries(opened)).toEqual({
      one: 'case',
      two: 'refused',
      'a/acme__ledger-7.traj.json': 'case',
      'point-of-no-return/mine/P1': 'case',
    });
    const ids = dataset.cases.map(({ id }) => id);
    expect(ids.every((id) => /^case-[\da-z]{11}$/.test(id) && dataset.labels.has(id))).toBe(true);
    expect((await loadDataset([folder])).cases.map(({ id }) => id)).toEqual(ids);
  });

  it('digests what a subject is made from', async () => {
    const folder = await writeAll();
    const read = async (): Promise<(string | undefined)[]> =>
      Promise.all((await loadDataset([join(folder, 'runs')])).cases.map((source) => source.digest()));
    const before = await read();
    expect(before).toEqual(await read());
    await writeFile(join(folder, 'corpus/a/acme__ledger-7.traj.json'), '{}');
    expect(await read()).not.toEqual(before);
  });

  it('counts and names every row that can not be used', async () => {
    const folder = await write({
      'manifest.jsonl': [
        JSON.stringify(row('gone')),
        'no json',
        '',
        JSON.stringify(row('gone-too', { incorrect_stages: 'no list' })),
        JSON.stringify(row('far', { artifact_path: '../x.tar.zst' })),
      ].join('\n'),
      'points.jsonl': point('P1') + point('P1'),
    });
    const dataset = await loadDataset([folder]);
    expect(dataset.cases).toHaveLength(1);
    expect(dataset.refusals.map(({ place, reason }) => `${place} ${reason}`)).toEqual([
      expect.stringMatching(/^manifest\.jsonl:1 gone: its artifact .* is not there$/),
      'manifest.jsonl:2 it is no valid JSON',
      expect.stringMatching(/^manifest\.jsonl:4 gone-too: incorrect_stages is no list$/),
      expect.stringMatching(/^manifest\.jsonl:5 far: artifact_path/),
      expect.stringMatching(/^points\.jsonl:2 .*was read before/),
    ]);
  });

  it('refuses a listed file that can not be read: it may have held labels', async () => {
    const folder = await makeTemporaryFolder();
    await writeFile(join(folder, 'bench_manifest.parquet'), 'no Parquet');
    await expect(loadDataset([folder])).rejects.toMatchObject({
      code: 'unknown-format',
      message: expect.stringMatching(/bench_manifest\.parquet: .*PAR1/),
    });
    const point = { packet_id: 'N1', label: { label: 1 }, steps: [{ step: 1, tool: 'open', args: '{}' }] };
    await writeFile(join(folder, 'points.jsonl'), `${JSON.stringify(point)}\n`);
    const { cases, refusals } = await loadDataset([folder]);
    expect(cases).toHaveLength(1);
    expect(refusals).toMatchObject([{ place: 'bench_manifest.parquet' }]);
  });

  it('gives labels alone where no artifact is wanted', async () => {
    const folder = await write({
      'manifest.jsonl': JSON.stringify(row('gone')),
      'runs/labels.jsonl': labels('nowhere/a.json'),
    });
    const dataset = await loadDataset([folder], { artifacts: false });
    expect(dataset.refusals).toEqual([]);
    expect(dataset.labels.size).toBe(2);
    for (const source of dataset.cases) expect((await source.open()).kind).toBe('refused');
  });

  it('finds artifacts in the corpus that is named, beside the labels, or above them', async () => {
    const traj = await fixtureFile(TRAJ);
    const folder = await write({
      'deep/set/labels.jsonl': labels('a.traj.json'),
      'deep/a.traj.json': traj,
      'else/a.traj.json': traj,
    });
    const path = join(folder, 'deep/set/labels.jsonl');
    expect((await loadDataset([path])).cases).toHaveLength(1);
    expect((await loadDataset([path], { corpus: join(folder, 'else') })).cases).toHaveLength(1);
    await expect(loadDataset([path], { corpus: join(folder, 'none') })).rejects.toMatchObject({
      code: 'unreadable',
    });
  });

  it('says what is missing', async () => {
    const folder = await write({ 'a.jsonl': '{"x": 1}\n' });
    await expect(loadDataset([join(folder, 'none')])).rejects.toMatchObject({ code: 'unreadable' });
    for (const path of [folder, join(folder, 'a.jsonl')]) {
      const failure = await loadDataset([path]).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(CodetracerError);
      expect(failure).toMatchObject({ code: 'unknown-format', hint: expect.stringContaining('manifest') });
    }
    await writeFile(join(folder, 'bad.parquet'), 'PAR1 and nothing of it PAR1');
    await expect(loadDataset([join(folder, 'bad.parquet')])).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('reads the same labels from JSON lines, a JSON list, and Parquet with nested columns', async () => {
    const folder = await writeAll();
    const rows = [row('one'), row('two', { solved: true })];
    const at = (name: string): string => join(folder, 'rows', name);
    await mkdir(at('json'));
    await writeFile(at('m.jsonl'), rows.map((one) => JSON.stringify(one)).join('\n'));
    await writeFile(at('json/m.json'), JSON.stringify(rows, undefined, 1));
    await mkdir(at('parquet'));
    writeParquet(at('parquet/m.parquet'), rows);
    const read = async (path: string): Promise<unknown> => {
      const { labels: found, refusals } = await loadDataset([path], { artifacts: false });
      expect(refusals).toEqual([]);
      return [...found.values()];
    };
    const expected = await read(at('m.jsonl'));
    expect(expected).toMatchObject([
      { readings: [{ incorrect: [4, 5], unuseful: [3], responsibleStages: [1] }], solved: false },
      { solved: true },
    ]);
    expect(await read(at('json/m.json'))).toEqual(expected);
    expect(await read(at('parquet/m.parquet'))).toEqual(expected);
  });
});

/** A row group per row; `incorrect_stages` as a list of structures, `step_count` and ids as 64-bit integers. */
function writeParquet(filename: string, rows: readonly Record<string, unknown>[]): void {
  const text = (name: string): SchemaElement => ({
    name,
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    repetition_type: 'OPTIONAL',
  });
  const list = (name: string): SchemaElement[] => [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  ];
  const int = (name: string): SchemaElement => ({ name, type: 'INT64', repetition_type: 'OPTIONAL' });
  const wide = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, one: unknown) => (typeof one === 'number' ? BigInt(one) : one));
  const column = (name: string): { name: string; data: unknown[] } => ({
    name,
    data: rows.map((one) => wide(one[name])),
  });
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 7 },
    text('traj_id'),
    text('task_name'),
    { name: 'solved', type: 'BOOLEAN', repetition_type: 'OPTIONAL' },
    int('step_count'),
    text('stages'),
    ...list('incorrect_stages'),
    { name: 'element', repetition_type: 'OPTIONAL', num_children: 3 },
    int('stage_id'),
    ...list('incorrect_step_ids'),
    int('element'),
    ...list('unuseful_step_ids'),
    int('element'),
    text('artifact_path'),
  ];
  const names = [
    'traj_id',
    'task_name',
    'solved',
    'step_count',
    'stages',
    'incorrect_stages',
    'artifact_path',
  ];
  parquetWriteFile({ filename, schema, columnData: names.map(column), rowGroupSize: 1 });
}
