import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/app/analyze.ts';
import type { Dataset } from '../../src/app/bench/dataset.ts';
import { loadDataset } from '../../src/app/bench/load-dataset.ts';
import { readRuns } from '../../src/app/read-runs.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { listLayouts } from './layouts.ts';
import { type Files, fixtureFile, packTarZst } from './pack.ts';

/** Stands in every text that tells a label; that numbers do not get through either, label-noninterference.test.ts shows. */
const MARKER = 'planted-label-marker';
const STEP = 4;

/** Everything that can be reached from a value: own properties, keys and entries of collections, prototypes' getters. */
function reach(root: unknown): { texts: string[]; keys: Set<string> } {
  const texts: string[] = [];
  const keys = new Set<string>();
  const seen = new Set<unknown>();
  const work: unknown[] = [root];
  while (work.length > 0) {
    const here = work.pop();
    if (typeof here === 'string') texts.push(here);
    if ((typeof here !== 'object' && typeof here !== 'function') || here === null || seen.has(here)) continue;
    seen.add(here);
    if (here instanceof Map) work.push(...here.keys(), ...here.values());
    if (here instanceof Set) work.push(...here);
    for (const key of Reflect.ownKeys(here)) {
      if (typeof key === 'string') keys.add(key);
      work.push(Reflect.get(here, key));
    }
  }
  return { texts, keys };
}

/** A system under test that looks at all it is given and says what of a label it found. */
async function spy(dataset: Dataset): Promise<{ opened: number; found: string[]; keys: Set<string> }> {
  const found: string[] = [];
  const keys = new Set<string>();
  let opened = 0;
  for (const source of dataset.cases) {
    const item = await source.open();
    if (item.kind !== 'case') continue;
    opened++;
    const { subject } = item;
    for (const value of [subject, analyze(subject.run)]) {
      const reached = reach(value);
      found.push(...reached.texts.filter((text) => text.includes(MARKER)));
      for (const key of reached.keys) keys.add(key);
    }
  }
  return { opened, found, keys };
}

/** Label files that may lie beside an artifact, or in it, whatever tool left them there. */
const STRAY: Files = Object.fromEntries(
  [
    'labels.jsonl',
    'bench_manifest.verified.jsonl',
    'step_annotations.json',
    'annotation.json',
    'codetracer_labels.json',
    'codetracer_analysis.json',
    'stage_ranges.json',
  ].map((name) => [
    name,
    `${JSON.stringify({ traj_id: MARKER, stage_id: 1, incorrect_step_ids: [STEP], reasoning: MARKER, label: MARKER })}\n`,
  ]),
);

async function write(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

function manifestRow(artifact: string, steps: number, name: string): string {
  return JSON.stringify({
    traj_id: `${name}-${MARKER}`,
    agent: MARKER,
    model: MARKER,
    task_name: MARKER,
    difficulty: MARKER,
    category: MARKER,
    solved: true,
    step_count: steps,
    stages: [{ stage_id: 1, start_step_id: 1, end_step_id: steps, reasoning: MARKER }],
    incorrect_stages: [
      {
        stage_id: 1,
        incorrect_step_ids: [1],
        unuseful_step_ids: [2],
        reasoning: MARKER,
        steps: [
          { step_id: 1, labels: [MARKER], observation_ref: { content: `${MARKER} … 10 more characters` } },
        ],
      },
    ],
    annotation_relpath: MARKER,
    artifact_path: artifact,
  });
}

describe('labels', () => {
  it('are not reached from the subjects of a manifest, whose artifacts hold and neighbour label files', async () => {
    const folder = await makeTemporaryFolder();
    const layouts = await listLayouts();
    const rows: string[] = [];
    for (const [index, { files, steps }] of layouts.entries()) {
      const packed = `bench_artifacts/full/run-${index}.tar.zst`;
      await write(folder, { [packed]: await packTarZst({ ...files, ...STRAY }) });
      rows.push(manifestRow(packed, steps, `packed-${index}`));
      await write(join(folder, `unpacked/run-${index}`), files);
      rows.push(manifestRow(`unpacked/run-${index}`, steps, `unpacked-${index}`));
    }
    for (const place of ['', 'bench_artifacts', 'bench_artifacts/full', 'unpacked'])
      await write(join(folder, place), STRAY);
    await writeFile(join(folder, 'manifest.jsonl'), rows.join('\n'));
    const dataset = await loadDataset([join(folder, 'manifest.jsonl')]);
    const { opened, found, keys } = await spy(dataset);
    expect(opened).toBe(2 * layouts.length);
    expect(found).toEqual([]);
    for (const key of ['readings', 'traits', 'incorrect_stages', 'responsibleStages'])
      expect(keys).not.toContain(key);
    // The spy would see them: the labels themselves hold the marker.
    expect(reach([...dataset.labels]).texts.join(' ')).toContain(MARKER);
  });

  it('are not reached from the subjects of labelled runs', async () => {
    const folder = await makeTemporaryFolder();
    const traj = await fixtureFile('mini-swe-agent/v1-submitted/acme__ledger-7.traj.json');
    await write(folder, {
      'corpus/a/acme__ledger-7.traj.json': traj,
      'runs/labels.jsonl': JSON.stringify({
        artifact: 'a/acme__ledger-7.traj.json',
        format: MARKER,
        task: MARKER,
        steps: 5,
        solved: false,
        annotations: [
          {
            onset: STEP,
            incorrect: [STEP],
            unuseful: [],
            chain: [5],
            stages: [{ kind: 'inspect', start: 1, end: 5 }],
            cause: MARKER,
            confidence: MARKER,
            why: MARKER,
            better: MARKER,
            evidence: [{ step: STEP, quote: MARKER }],
            annotator: MARKER,
          },
        ],
      }),
    });
    await write(join(folder, 'corpus/a'), STRAY);
    await write(join(folder, 'corpus'), STRAY);
    const dataset = await loadDataset([folder]);
    const { opened, found } = await spy(dataset);
    expect(opened).toBe(1);
    expect(found).toEqual([]);
    expect([...dataset.labels.values()][0]?.readings[0]).toMatchObject({ onset: STEP, cause: MARKER });
  });

  it('are not reached from the subjects of points of no return', async () => {
    const folder = await makeTemporaryFolder();
    const step = { step: 1, tool: 'open', path: 'a.py', args: '{"command": "open a.py"}', reason: 'Look.' };
    await write(folder, {
      'set.jsonl': JSON.stringify({
        packet_id: MARKER,
        set: MARKER,
        key: { instance_id: MARKER, model: MARKER, bad_row: MARKER, good_row: MARKER },
        label: { label: 1, note: MARKER, packet_id: MARKER },
        n_steps: 1,
        steps: [{ ...step, note: MARKER, label: MARKER }],
        success_steps: [{ ...step, reason: MARKER, args: MARKER }],
      }),
    });
    const { opened, found, keys } = await spy(await loadDataset([join(folder, 'set.jsonl')]));
    expect(opened).toBe(1);
    expect(found).toEqual([]);
    for (const key of ['success_steps', 'label', 'key', 'packet_id']) expect(keys).not.toContain(key);
  });

  it('are no runs to whoever analyses the files that hold them', async () => {
    const folder = await makeTemporaryFolder();
    await write(folder, {
      'labels.jsonl': `${JSON.stringify({ artifact: 'a', format: 'x', steps: 1, annotations: [{ onset: 1 }] })}\n`,
      'bench_manifest.verified.jsonl': `${manifestRow('a.tar.zst', 3, 'x')}\n`,
      'nebius.jsonl': `${JSON.stringify({ packet_id: 'N1', label: { label: 1 }, steps: [{ step: 1, tool: 'open' }] })}\n`,
      'rows.json': `[${manifestRow('a.tar.zst', 3, 'x')}]`,
    });
    const kinds: string[] = [];
    for await (const item of readRuns([folder])) kinds.push(item.kind);
    expect(kinds).toEqual(['skipped', 'skipped', 'skipped', 'skipped']);
  });
});
