import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchSystems } from '../../src/app/bench/bench-systems.ts';
import { loadDataset } from '../../src/app/bench/load-dataset.ts';
import { runBenchmark } from '../../src/app/bench/run-benchmark.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { CODE } from './bench-support.ts';
import { fixtureFile } from './pack.ts';

/**
 * Two sets of labels that agree in nothing over the same artifacts: what systems answer must be the same to the byte. That
 * also catches what no search for planted texts can: numbers, truths, and what is left out because of a label.
 */
interface Labels {
  readonly onset: number;
  readonly incorrect: readonly number[];
  readonly unuseful: readonly number[];
  readonly solved: boolean;
  readonly word: string;
}

const ONE: Labels = { onset: 2, incorrect: [2, 3], unuseful: [5], solved: false, word: 'first' };
const OTHER: Labels = { onset: 4, incorrect: [], unuseful: [1, 2, 4], solved: true, word: 'second' };

const TRAJECTORY = 'acme__ledger-7.traj.json';

function labelledRun(labels: Labels): string {
  const { onset, incorrect, unuseful, solved, word } = labels;
  const stages = [
    { kind: 'inspect', start: 1, end: onset },
    { kind: 'implement', start: onset + 1, end: 5 },
  ];
  const reading = { onset, incorrect, unuseful, chain: incorrect, stages, cause: word, confidence: word };
  const evidence = [{ step: onset, quote: word }];
  return JSON.stringify({
    artifact: `a/${TRAJECTORY}`,
    format: word,
    task: word,
    steps: 5,
    solved,
    annotations: [{ ...reading, why: word, better: word, evidence }],
  });
}

function manifestRow(labels: Labels): string {
  const { onset, incorrect, unuseful, solved, word } = labels;
  return JSON.stringify({
    traj_id: 'trial-1',
    agent: word,
    model: word,
    task_name: word,
    difficulty: word,
    category: word,
    solved,
    step_count: 5,
    stages: [
      { stage_id: 1, start_step_id: 1, end_step_id: onset },
      { stage_id: 2, start_step_id: onset + 1, end_step_id: 5 },
    ],
    incorrect_stages: [{ stage_id: 1, incorrect_step_ids: incorrect, unuseful_step_ids: unuseful }],
    artifact_path: `a/${TRAJECTORY}`,
  });
}

function pointRow(labels: Labels, edited: number): string {
  const steps = Array.from({ length: 5 }, (_, index) => ({
    step: index + 1,
    tool: index === edited ? 'edit' : 'open',
    path: `src/part${index}.py`,
    args: JSON.stringify({
      command: index === edited ? 'edit 1:2\nx = 1\nend_of_edit' : `open src/part${index}.py`,
    }),
    reason: `Look at part ${index}.`,
  }));
  return JSON.stringify({
    packet_id: 'N1',
    set: 'nebius',
    key: { instance_id: labels.word, model: labels.word },
    label: { label: labels.onset, note: labels.word },
    n_steps: 5,
    steps,
    success_steps: steps.slice(0, labels.onset),
  });
}

/** What every system answers on labelled runs of all three kinds, by file, without the times. */
async function answerAll(labels: Labels, edited = 3): Promise<Record<string, string>> {
  const home = await makeTemporaryFolder();
  const traj = await fixtureFile(`mini-swe-agent/v1-submitted/${TRAJECTORY}`);
  const files = {
    [`corpus/a/${TRAJECTORY}`]: traj,
    'data/runs/labels.jsonl': `${labelledRun(labels)}\n`,
    'data/manifest/bench_manifest.jsonl': `${manifestRow(labels)}\n`,
    [`data/manifest/a/${TRAJECTORY}`]: traj,
    'data/points/nebius.jsonl': `${pointRow(labels, edited)}\n`,
  };
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), content);
  }
  const dataset = await loadDataset([join(home, 'data')], { corpus: join(home, 'corpus') });
  expect(dataset.refusals).toEqual([]);
  expect([...dataset.labels.values()].map(({ readings }) => readings[0]?.onset)).toContain(labels.onset);
  const folder = join(home, 'out');
  const systems = benchSystems();
  const { counts } = await runBenchmark(dataset, { folder, systems, paths: [], code: CODE });
  expect(counts).toMatchObject({ cases: 3, done: 3, computed: 3 * systems.length });
  return Object.fromEntries(
    systems.map(({ name }) => [
      name,
      readFileSync(join(folder, 'predictions', `${name}.jsonl`), 'utf8').replace(
        /"milliseconds":[\d.e-]+/g,
        '"milliseconds":0',
      ),
    ]),
  );
}

describe('answers of every system', () => {
  it('are the same to the byte whatever the labels say', async () => {
    const answers = await answerAll(ONE);
    expect(Object.keys(answers).length).toBeGreaterThan(20);
    expect(await answerAll(OTHER)).toEqual(answers);
    // They are not the same whatever the run is.
    expect((await answerAll(ONE, 1))['first-named-write']).not.toBe(answers['first-named-write']);
  });
});
