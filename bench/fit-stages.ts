/**
 * Fits the chain that cuts runs into stages on the labelled runs: `npx tsx bench/fit-stages.ts [--write] [--seeds n]`.
 * Prints figures that are cross-validated in five folds by task (no task is in two folds), over several ways to deal
 * them out, with mean and spread, each format by itself, and the confusion. `--write` fits on all runs and puts the weights with
 * the figures and the labels' digest into src/tree/weights/stages.json. Same data, same weights.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashText } from '../src/base/hash.ts';
import { STAGE_KINDS } from '../src/model/stage.ts';
import { findPath } from '../src/tree/stage-model.ts';
import { LABELLED } from '../test/support/corpus.ts';
import { fitStageChain, loadStageExamples, type StageExample } from './lib/stage-chain.ts';
import { StageTally } from './lib/stage-tally.ts';
import { printTable } from './lib/table.ts';

const FOLDS = 5;
const seedsAt = process.argv.indexOf('--seeds');
const seeds = seedsAt < 0 ? 3 : Number(process.argv[seedsAt + 1]);
if (!(seeds >= 1))
  throw new Error('--seeds takes a number from 1: weights are not written without their figures');
const examples = await loadStageExamples();
const whole = new StageTally();
const perFormat = new Map<string, StageTally>();
const perSeed: StageTally[] = [];
for (let seed = 0; seed < seeds; seed++) {
  const tally = new StageTally();
  const foldOf = ({ task }: StageExample): number => hashText(task, seed) % FOLDS;
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fitStageChain(examples.filter((example) => foldOf(example) !== fold));
    for (const example of examples) {
      const [truth] = example.readings;
      if (foldOf(example) !== fold || !truth) continue;
      const predicted = findPath(model, example.features);
      const format = perFormat.get(example.format) ?? new StageTally();
      perFormat.set(example.format, format);
      for (const one of [tally, whole, format]) one.add(predicted, truth);
    }
  }
  perSeed.push(tally);
}

const spread = (values: readonly number[]): string => {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return `${mean.toFixed(3)} ± ${Math.sqrt(variance).toFixed(3)}`;
};
const figures = {
  rightKind: spread(perSeed.map(({ kind }) => kind)),
  boundaryF1: spread(perSeed.map(({ f1 }) => f1)),
};
if (seeds > 0) {
  printTable([
    [`cross-validated, ${seeds} × ${FOLDS} folds`, 'right kind', 'boundary F1', 'precision', 'recall'],
    whole.row('all'),
    ...[...perFormat].map(([name, tally]) => tally.row(name)),
    ['mean ± spread', figures.rightKind, figures.boundaryF1, '', ''],
  ]);
  console.log('');
  printTable([
    ['labelled \\ found, share', ...STAGE_KINDS],
    ...whole.confusion.map((row, kind) => {
      const total = row.reduce((sum, value) => sum + value, 0);
      return [STAGE_KINDS[kind] ?? '', ...row.map((value) => (value / Math.max(1, total)).toFixed(2))];
    }),
  ]);
}

if (process.argv.includes('--write')) {
  const labels = readFileSync(join(LABELLED, 'runs', 'labels.jsonl'));
  const { step, ...chain } = fitStageChain(examples);
  const about = {
    about:
      'Fitted by bench/fit-stages.ts; see docs/stages.md. One weight per kind, in the order of the kinds.',
    kinds: STAGE_KINDS,
    labelsSha256: createHash('sha256').update(labels).digest('hex'),
    runs: examples.length,
    figures,
    ...chain,
  };
  const lines = Object.entries(about).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  const weights = Object.entries(step).map(
    ([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`,
  );
  const text = `{\n${lines.join(',\n')},\n  "step": {\n${weights.join(',\n')}\n  }\n}\n`;
  writeFileSync(new URL('../src/tree/weights/stages.json', import.meta.url), text);
  console.log(
    `wrote src/tree/weights/stages.json: ${weights.length} observations, ${text.length} characters`,
  );
}
