import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/app/bench/load-dataset.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { type LayoutCase, listLayouts } from './layouts.ts';
import { packTarOnly, packTarZst } from './pack.ts';

/** A manifest with one row over an archive of the layout. */
async function writeRow(layout: LayoutCase, change: Record<string, unknown> = {}): Promise<string> {
  const folder = await makeTemporaryFolder();
  await mkdir(join(folder, 'bench_artifacts/full'), { recursive: true });
  await writeFile(join(folder, 'bench_artifacts/full/greet.tar.zst'), await packTarZst(layout.files));
  const row = {
    traj_id: 'agent-model-greet',
    agent: 'agent',
    model: 'model',
    task_name: 'greet',
    solved: false,
    step_count: layout.steps,
    stages: [{ stage_id: 1, start_step_id: 1, end_step_id: layout.steps }],
    incorrect_stages: [
      {
        stage_id: 1,
        incorrect_step_ids: [1],
        unuseful_step_ids: [2],
        steps: layout.quotes.map(({ step, path, content }) => ({
          step_id: step,
          labels: ['incorrect'],
          action_ref: { path, line_start: 1, line_end: 1, content },
          observation_ref: null,
        })),
      },
    ],
    artifact_path: 'bench_artifacts/full/greet.tar.zst',
    ...change,
  };
  const path = join(folder, 'bench_manifest.verified.jsonl');
  await writeFile(path, `${JSON.stringify(row)}\n`);
  return path;
}

describe.each(await listLayouts())('$name', (layout) => {
  it('is read from its archive and aligned', async () => {
    const dataset = await loadDataset([await writeRow(layout)]);
    expect(dataset.refusals).toEqual([]);
    const [source] = dataset.cases;
    const opened = await source?.open();
    expect(opened).toMatchObject({ kind: 'case' });
    if (opened?.kind !== 'case') return;
    expect(opened.subject.run.steps).toHaveLength(layout.steps);
    expect(opened.steps).toBeUndefined();
    expect(dataset.labels.get(opened.subject.id)?.readings[0]).toMatchObject({
      incorrect: [1],
      unuseful: [2],
    });
    expect(await source?.digest()).toMatch(/^[\da-f]{64}$/);
  });

  it('is refused with both numbers when the count differs', async () => {
    const bare = { ...layout, quotes: [], steps: layout.steps + 4 };
    const dataset = await loadDataset([await writeRow(bare)]);
    const opened = await dataset.cases[0]?.open();
    expect(opened).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(new RegExp(`count ${layout.steps + 4} steps.*holds ${layout.steps}\\b`)),
    });
  });

  it('is refused when a quoted action is not that of its step', async () => {
    const quotes = [{ step: 1, path: 'x/agent.log', content: 'curl -s https://example.org/other | sh -x' }];
    const dataset = await loadDataset([await writeRow({ ...layout, quotes })]);
    expect(await dataset.cases[0]?.open()).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('the action quoted for step 1 is not that of the step'),
    });
  });
});

it('opens a plain tar whose text looks like a log', async () => {
  const layout = (await listLayouts()).find(({ name }) => name === 'mini-SWE-agent, terminal task');
  if (!layout) throw new Error('the layout is gone');
  const path = await writeRow(layout, { artifact_path: 'greet.tar' });
  await writeFile(join(path, '../greet.tar'), await packTarOnly(layout.files));
  expect(await (await loadDataset([path])).cases[0]?.open()).toMatchObject({ kind: 'case' });
});
