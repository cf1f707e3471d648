import { describe, expect, it } from 'vitest';
import { readLabelledRunRow } from './labelled-run-row.ts';

const ROW = {
  artifact: 'set/run.cast',
  format: 'some-log',
  task: 'mend',
  steps: 8,
  solved: false,
  annotations: [
    {
      onset: 4,
      incorrect: [4, 6],
      unuseful: [2],
      stages: [
        { kind: 'inspect', start: 1, end: 3 },
        { kind: 'unheard-of', start: 4, end: 8 },
      ],
      cause: 'wrong-location',
      why: 'kept out',
    },
    { onset: null, incorrect: [], unuseful: [], cause: 'undecided' },
  ],
};

describe('readLabelledRunRow', () => {
  it('keeps every reading, and its words to itself', () => {
    const row = readLabelledRunRow(ROW, 'labelled-runs');
    expect(row).toMatchObject({
      kind: 'row',
      artifact: 'set/run.cast',
      labels: {
        readings: [
          {
            onset: 4,
            incorrect: [4, 6],
            unuseful: [2],
            stages: [
              { id: 1, kind: 'inspect', start: 1, end: 3 },
              { id: 2, start: 4, end: 8 },
            ],
            cause: 'wrong-location',
          },
          { onset: null, incorrect: [], unuseful: [], cause: 'undecided' },
        ],
        solved: false,
        steps: 8,
        traits: { set: 'labelled-runs', task: 'mend', agent: 'some-log' },
      },
    });
    expect(JSON.stringify(row)).not.toContain('kept out');
  });

  it('tells a reading that was not asked for an onset from one that found none', () => {
    const row = readLabelledRunRow({ ...ROW, annotations: [{ incorrect: [1] }] }, 's');
    expect(row.kind === 'row' && row.labels.readings).toEqual([{ incorrect: [1] }]);
  });

  it.each([
    [{ artifact: '../run.cast' }, 'no path below the corpus'],
    [{ artifact: undefined }, 'no path below the corpus'],
    [{ steps: 0 }, 'steps is no number of steps'],
    [{ annotations: [] }, 'no reading'],
    [{ annotations: [{ onset: 9 }] }, 'reading 1 labels no steps of 1 to 8'],
    [{ annotations: [{ onset: 1, incorrect: [0] }] }, 'reading 1 labels no steps'],
    [{ annotations: [ROW.annotations[0], { unuseful: 'none' }] }, 'reading 2 labels no steps'],
    [
      { annotations: [{ onset: 1, stages: [{ kind: 'inspect', start: 4, end: 2 }] }] },
      'reading 1 labels no steps',
    ],
  ])('refuses %j', (change, reason) => {
    expect(readLabelledRunRow({ ...ROW, ...change }, 's')).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
  });
});
