import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/app/bench/load-dataset.ts';
import { createStepAnalyzer } from '../../src/effects/create-step-analyzer.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { hasCorpus, LABELLED } from '../support/corpus.ts';

const hasLabels = existsSync(join(LABELLED, 'runs/labels.jsonl'));
if (!hasLabels)
  process.stderr.write(`\n*** LABELLED DATA IS ABSENT: tests over ${LABELLED} are left out ***\n\n`);

describe.runIf(hasLabels)('the labelled data', () => {
  it('are read without a refusal', async () => {
    const dataset = await loadDataset([LABELLED], { artifacts: false });
    expect(dataset.refusals).toEqual([]);
    const sets = new Set([...dataset.labels.values()].map(({ traits }) => traits.set.split('/')[0]));
    expect(sets).toEqual(new Set(['codetracebench', 'labelled-runs', 'point-of-no-return']));
    expect(dataset.labels.size).toBe(dataset.cases.length);
  });

  it.runIf(hasCorpus)('fit a sample of the runs that they label', async () => {
    const { cases } = await loadDataset([join(LABELLED, 'runs')]);
    const sample = cases.filter((_, index) => index % 12 === 0);
    expect(sample.length).toBeGreaterThan(5);
    for (const source of sample) expect(await source.open()).toMatchObject({ kind: 'case' });
  });

  it('give every edit of a shortened record a write to its file', async () => {
    const { cases } = await loadDataset([join(LABELLED, 'point-of-no-return')]);
    let edits = 0;
    const missed: string[] = [];
    for (const source of cases) {
      const opened = await source.open();
      if (opened.kind !== 'case') throw new Error(opened.reason);
      const { run } = opened.subject;
      expect(checkIntegrity(run)).toEqual([]);
      const analyze = createStepAnalyzer();
      for (const step of run.steps) {
        const command = step.args?.['command'];
        const edit =
          /^(?:edit|create|insert|edit_file)$/.test(step.tool) ||
          (step.tool === 'str_replace_editor' && command !== 'view');
        if (!edit) continue;
        edits++;
        const { effects } = analyze(step).requested;
        if (!effects.some(({ kind }) => kind === 'write'))
          missed.push(`${source.name} ${step.id} ${step.action}`);
      }
    }
    expect(edits).toBeGreaterThan(2_000);
    expect(missed).toEqual([]);
  });
});
