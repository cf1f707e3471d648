import { describe, expect, it } from 'vitest';
import { partsOf } from '../../test/support/diagnose-noted.ts';
import { type LabelHeads, labelSteps } from './label-steps.ts';

const HEADS: LabelHeads = {
  incorrect: { bias: -4, weights: { 'source-write': 6, 'largest-write': 1 }, floor: 0.1 },
  unuseful: {
    bias: -4,
    weights: { 'finds-nothing': 7, 'source-write': 6, lists: 0.5 },
    floor: 0.1,
  },
};

const RUN = `
  cwd: /app
  1 > ls
  src
  2 > find . -name "*.cfg"
  3 > sed -i 's/a/b/' src/core.py
  4 > cat src/core.py
  b = 1
`;

describe('labelSteps', () => {
  const { context, table } = partsOf(RUN);
  const labels = labelSteps(context, table, HEADS, undefined);

  it('labels the likely steps, in order, each with the likelier label', () => {
    expect(labels.map(({ step, kind }) => [step, kind])).toEqual([
      ['2', 'unuseful'],
      ['3', 'incorrect'],
    ]);
  });

  it('says what raises the belief, most telling first, with quotes from the step', () => {
    const [idle, wrong] = labels;
    expect(idle?.signals.map(({ name }) => name)).toEqual(['finds-nothing', 'lists']);
    expect(wrong?.signals.map(({ name }) => name)).toEqual(['source-write', 'largest-write']);
    expect(wrong?.evidence.map(({ step, field, quote }) => [step, field, quote])).toEqual([
      ['3', 'action', "sed -i 's/a/b/' src/core.py"],
    ]);
    expect(wrong?.belief).toBeCloseTo(1 / (1 + Math.exp(-3)), 3);
  });

  it('takes the onset for incorrect whatever its belief, with a quote of its own', () => {
    const last = context.steps[3];
    const [onset] = labelSteps(context, table, HEADS, last).filter(({ step }) => step === '4');
    expect(onset).toMatchObject({ kind: 'incorrect', signals: [] });
    expect(onset?.evidence.map(({ quote }) => quote)).toEqual(['cat src/core.py']);
  });
});
