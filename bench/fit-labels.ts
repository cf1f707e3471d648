/**
 * Fits the label heads (incorrect, unuseful) on the labelled runs: `npx tsx bench/fit-labels.ts [--seeds N] [--write]`.
 * Every figure is cross-validated in folds by task, with the penalty chosen inside the training folds (nested);
 * `--seeds` deals the folds anew N times (5 unless told) and prints the mean and the spread. `--write` fits on all runs
 * and puts weights, figures and the labels' digest into src/diagnosis/weights/{incorrect,unuseful}.json.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseLabels } from '../src/diagnosis/choose-steps.ts';
import { LABELLED } from '../test/support/corpus.ts';
import { loadExamples } from './lib/label-examples.ts';
import {
  crossValidate,
  FLOOR,
  fitLabelHead,
  LABEL_KINDS,
  type LabelKind,
  type Predicted,
} from './lib/label-heads.ts';
import { compareWithRules, scoreByFormat, scoreLabels, scoreSecondReader } from './lib/label-tables.ts';
import { printTable } from './lib/table.ts';

const FOLDS = 5;
const seedFlag = process.argv.indexOf('--seeds');
const seeds = seedFlag < 0 ? 5 : Number(process.argv[seedFlag + 1]);
const examples = await loadExamples();
if (examples.length === 0) throw new Error('no labelled runs on this machine (set CODETRACER_LABELLED)');

const runs = Array.from({ length: seeds }, (_, seed) => {
  const wrong = crossValidate('incorrect', examples, FOLDS, seed);
  const idle = crossValidate('unuseful', examples, FOLDS, seed);
  const pairs: Record<LabelKind, Predicted[]> = { incorrect: [], unuseful: [] };
  for (const [index, example] of examples.entries()) {
    // As in a diagnosis. That its onset counts as incorrect too is left out: the onset's weights may have seen these runs.
    const labels = chooseLabels(wrong[index] ?? [], idle[index] ?? [], { incorrect: FLOOR, unuseful: FLOOR });
    const marked = (kind: LabelKind): number[] =>
      labels.flatMap((label, at) => (label === kind ? [at + 1] : []));
    for (const kind of LABEL_KINDS)
      pairs[kind].push({ predicted: marked(kind), actual: example.readings[0][kind] });
  }
  return pairs;
});
const [first] = runs;
if (!first) throw new Error('--seeds must be 1 or more');

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const figures = Object.fromEntries(
  LABEL_KINDS.map((kind) => {
    const scores = runs.map((pairs) => scoreLabels(pairs[kind]));
    const macro = scores.map((score) => score.macroF1);
    const centre = mean(macro);
    return [
      kind,
      {
        macroF1: centre.toFixed(3),
        spread: Math.sqrt(mean(macro.map((value) => (value - centre) ** 2))).toFixed(3),
        precision: mean(scores.map((score) => score.precision)).toFixed(3),
        recall: mean(scores.map((score) => score.recall)).toFixed(3),
        markedWithoutLabels: mean(scores.map((score) => score.markedWithoutLabels)).toFixed(3),
      },
    ] as const;
  }),
);
printTable([
  [
    'cross-validated',
    `macro F1 (${seeds} seeds)`,
    'spread',
    'micro precision',
    'micro recall',
    'steps marked per run without labels',
  ],
  ...LABEL_KINDS.map((kind) => [kind, ...Object.values(figures[kind] ?? {})]),
]);
for (const kind of LABEL_KINDS) {
  console.log(`\n${kind}, folds of seed 0, difference to each rule with a 95% interval over tasks:\n`);
  printTable(compareWithRules(kind, examples, first[kind]));
  console.log('');
  printTable(scoreByFormat(kind, examples, first[kind]));
  console.log(`\n${scoreSecondReader(kind, examples, first[kind])}`);
}

if (process.argv.includes('--write')) {
  const digest = createHash('sha256')
    .update(readFileSync(join(LABELLED, 'runs', 'labels.jsonl')))
    .digest('hex');
  for (const kind of LABEL_KINDS) {
    const weights = {
      about:
        'Fitted by bench/fit-labels.ts; see docs/localization.md. Figures are cross-validated in folds by task.',
      labelsSha256: digest,
      runs: examples.length,
      folds: FOLDS,
      seeds,
      figures: figures[kind],
      ...fitLabelHead(kind, examples, 0),
    };
    const path = new URL(`../src/diagnosis/weights/${kind}.json`, import.meta.url);
    writeFileSync(path, `${JSON.stringify(weights, null, 2)}\n`);
    console.log(`wrote src/diagnosis/weights/${kind}.json`);
  }
}
