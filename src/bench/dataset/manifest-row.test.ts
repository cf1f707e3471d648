import { describe, expect, it } from 'vitest';
import { isManifestRow, readManifestRow } from './manifest-row.ts';

const ROW = {
  traj_id: 'a-b-1',
  agent: 'A',
  model: 'M',
  task_name: 'mend',
  difficulty: 'hard',
  category: 'tools',
  solved: false,
  step_count: 9,
  stages: [
    { stage_id: 1, start_step_id: 1, end_step_id: 4 },
    { stage_id: 2, start_step_id: 5, end_step_id: 9 },
  ],
  incorrect_stages: [
    { stage_id: 2, incorrect_step_ids: [7, 5, 7], unuseful_step_ids: [], steps: [] },
    { stage_id: 1, incorrect_step_ids: [], unuseful_step_ids: [3], steps: null },
  ],
  artifact_path: 'bench_artifacts/full/a.tar.zst',
};

describe('readManifestRow', () => {
  it('gives labels, place and count', () => {
    expect(readManifestRow({ ...ROW, some_new_column: { x: 1 } }, 'codetracebench/verified')).toMatchObject({
      kind: 'row',
      name: 'a-b-1',
      artifact: 'bench_artifacts/full/a.tar.zst',
      steps: 9,
      quotes: [],
      labels: {
        readings: [
          {
            incorrect: [5, 7],
            unuseful: [3],
            stages: [
              { id: 1, start: 1, end: 4 },
              { id: 2, start: 5, end: 9 },
            ],
            responsibleStages: [2],
          },
        ],
        solved: false,
        steps: 9,
        traits: {
          set: 'codetracebench/verified',
          task: 'mend',
          agent: 'A',
          model: 'M',
          difficulty: 'hard',
          category: 'tools',
        },
      },
    });
  });

  it('reads nested columns that are JSON texts', () => {
    const step = {
      step_id: 5,
      action_ref: JSON.stringify({ path: 'a/b', content: 'make all' }),
      observation_ref: null,
    };
    const group = { stage_id: 2, incorrect_step_ids: '[5, 7]', steps: JSON.stringify([step]) };
    const row = readManifestRow(
      { ...ROW, stages: JSON.stringify(ROW.stages), incorrect_stages: JSON.stringify([group]) },
      's',
    );
    expect(row).toMatchObject({
      labels: { readings: [{ incorrect: [5, 7], unuseful: [], responsibleStages: [2] }] },
      quotes: [{ step: 5, of: 'action', path: 'a/b', content: 'make all' }],
    });
  });

  it('leaves unknown what a row does not say', () => {
    const row = readManifestRow({ ...ROW, solved: null, stages: undefined, agent: null }, 's');
    if (row.kind !== 'row') throw new Error(row.reason);
    expect(row.labels).not.toHaveProperty('solved');
    expect(row.labels.traits).not.toHaveProperty('agent');
    expect(row.labels.readings[0]).not.toHaveProperty('stages');
    expect(row.labels.readings[0]).not.toHaveProperty('onset');
  });

  it.each([
    [{ traj_id: '' }, 'no traj_id'],
    [{ step_count: '9' }, 'step_count'],
    [{ step_count: 0 }, 'step_count'],
    [{ artifact_path: '../../etc/passwd' }, 'artifact_path'],
    [{ artifact_path: '/etc/passwd' }, 'artifact_path'],
    [{ artifact_path: null }, 'artifact_path'],
    [{ incorrect_stages: null }, 'incorrect_stages is no list'],
    [{ incorrect_stages: '[{' }, 'incorrect_stages is no list'],
    [{ incorrect_stages: [{ incorrect_step_ids: [10] }] }, 'names no steps of 1 to 9'],
    [{ incorrect_stages: [{ incorrect_step_ids: ['7'] }] }, 'names no steps of 1 to 9'],
    [{ incorrect_stages: [7] }, 'names no steps of 1 to 9'],
    [{ stages: [{ stage_id: 1, start_step_id: 3, end_step_id: 12 }] }, 'a stage does not lie within 1 to 9'],
  ])('refuses %j', (change, reason) => {
    expect(readManifestRow({ ...ROW, ...change }, 's')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
  });

  it('refuses what is no row at all', () => {
    for (const value of [null, 3, 'x', [], {}]) expect(readManifestRow(value, 's').kind).toBe('refused');
    expect(isManifestRow(ROW)).toBe(true);
    expect(isManifestRow({ artifact: 'x', annotations: [] })).toBe(false);
  });
});
