/**
 * Fits linear heads of the diagnosis on the labelled runs: `npx tsx bench/fit.ts [--write]`.
 * Prints figures that are cross-validated in folds by task, beside the weights that are in use. `--write` puts the
 * label heads, fitted on all runs, with their figures and the digest of the labels, into
 * src/diagnosis/weights/fitted.json. The onset head is fitted for comparison only: with a hundred onsets it does not
 * beat the weights that were set from the meaning of the signals.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../src/app/analyze.ts';
import { hashText } from '../src/base/hash.ts';
import { type LinearHead, rankSteps, scoreSignals, sigmoid } from '../src/diagnosis/score.ts';
import { SIGNALS } from '../src/diagnosis/signals/signal-rule.ts';
import { DEFAULT_WEIGHTS } from '../src/diagnosis/weights/default.ts';
import type { Signal } from '../src/model/diagnosis.ts';
import { LABELLED } from '../test/support/corpus.ts';
import { type Features, type FittedHead, fitChoice, fitLogistic } from './lib/fit-linear.ts';
import { type Annotation, readLabelledRun, readLabels } from './lib/labelled-runs.ts';
import { macroF1, scoreOnsets } from './lib/onset-metrics.ts';
import { printTable, share } from './lib/table.ts';

const FOLDS = 5;
const ONSET_L2 = 0.01;
const LABEL_L2 = 0.004;

interface Example {
  readonly task: string;
  readonly label: Annotation;
  readonly solved: boolean;
  /** Signals by ordinal - 1. */
  readonly steps: readonly (readonly Signal[])[];
}

async function loadExamples(): Promise<Example[]> {
  const examples: Example[] = [];
  for (const row of readLabels()) {
    const label = row.annotations[0];
    if (!label) continue;
    const { run, diagnosis } = analyze(await readLabelledRun(row));
    const steps = run.steps.map((step) => diagnosis.signals.get(step.id) ?? []);
    examples.push({ task: row.task, label, solved: row.solved, steps });
  }
  return examples;
}

function toFeatures(signals: readonly Signal[]): Features {
  return Object.fromEntries(signals.map(({ name, value }) => [name, value]));
}

const NAMES = Object.keys(SIGNALS);

function fitOnset(examples: readonly Example[]): FittedHead {
  const groups = examples.flatMap(({ label, steps }) =>
    label.onset === null ? [] : [{ examples: steps.map(toFeatures), chosen: label.onset - 1 }],
  );
  return fitChoice(groups, NAMES, { l2: ONSET_L2 });
}

type LabelKind = 'incorrect' | 'unuseful';

interface Thresholded extends FittedHead {
  readonly threshold: number;
}

/** Each run counts the same, whatever its length, as in the macro F1 that is measured. */
function fitLabel(kind: LabelKind, examples: readonly Example[]): Thresholded {
  const labelled = examples.filter(({ label }) => label[kind].length > 0);
  const rows = labelled.flatMap(({ label, steps }) => {
    const positive = new Set(label[kind]);
    return steps.map((signals, index) => ({
      features: toFeatures(signals),
      positive: positive.has(index + 1),
      weight: 1 / steps.length,
    }));
  });
  const head = fitLogistic(rows, NAMES, { l2: LABEL_L2 });
  let best = { threshold: 0.5, score: -1 };
  for (let threshold = 0.1; threshold <= 0.7; threshold += 0.02) {
    const score = macroF1(labelled.map((example) => predictLabel({ ...head, threshold }, kind, example)));
    if (score > best.score) best = { threshold: Math.round(threshold * 100) / 100, score };
  }
  return { ...head, threshold: best.threshold };
}

function predictLabel(
  head: Thresholded,
  kind: LabelKind,
  { label, steps }: Example,
): { predicted: number[]; actual: readonly number[] } {
  const predicted = steps.flatMap((signals, index) =>
    sigmoid(scoreSignals(head, signals)) >= head.threshold ? [index + 1] : [],
  );
  return { predicted, actual: label[kind] };
}

function predictOnset(head: LinearHead, { steps }: Example): number | undefined {
  const table = new Map(steps.map((signals, index) => [index + 1, signals]));
  return rankSteps(head, table, [...table.keys()])[0]?.ordinal;
}

const examples = await loadExamples();
if (examples.length === 0) throw new Error('no labelled runs on this machine (set CODETRACER_LABELLED)');
const foldOf = (example: Example): number => hashText(example.task) % FOLDS;
const onsets: { predicted: number | undefined; actual: number }[] = [];
const labels: Record<LabelKind, { predicted: number[]; actual: readonly number[] }[]> = {
  incorrect: [],
  unuseful: [],
};
for (let fold = 0; fold < FOLDS; fold++) {
  const train = examples.filter((example) => foldOf(example) !== fold);
  const held = examples.filter((example) => foldOf(example) === fold);
  const onset = fitOnset(train);
  const heads = { incorrect: fitLabel('incorrect', train), unuseful: fitLabel('unuseful', train) };
  for (const example of held) {
    if (example.label.onset !== null)
      onsets.push({ predicted: predictOnset(onset, example), actual: example.label.onset });
    for (const kind of ['incorrect', 'unuseful'] as const)
      labels[kind].push(predictLabel(heads[kind], kind, example));
  }
}
const inUse = examples.flatMap((example) =>
  example.label.onset === null
    ? []
    : [{ predicted: predictOnset(DEFAULT_WEIGHTS.onset, example), actual: example.label.onset }],
);
const row = (name: string, pairs: typeof onsets): string[] => {
  const { exact, within1, within2, within5, runs } = scoreOnsets(pairs);
  return [name, ...[exact, within1, within2, within5].map((hits) => share(hits, runs))];
};
printTable([
  ['onset', 'exact', 'within 1', 'within 2', 'within 5'],
  row('fitted, cross-validated', onsets),
  row('set by hand (in use)', inUse),
]);
const figures = {
  incorrectF1: macroF1(labels.incorrect).toFixed(3),
  unusefulF1: macroF1(labels.unuseful).toFixed(3),
};
console.log('');
printTable([['macro F1, cross-validated', 'value'], ...Object.entries(figures)]);

if (process.argv.includes('--write')) {
  const digest = createHash('sha256')
    .update(readFileSync(join(LABELLED, 'runs', 'labels.jsonl')))
    .digest('hex');
  const weights = {
    about: 'Fitted by bench/fit.ts; see docs/localization.md. Figures are cross-validated in folds by task.',
    labelsSha256: digest,
    runs: examples.length,
    folds: FOLDS,
    figures,
    incorrect: fitLabel('incorrect', examples),
    unuseful: fitLabel('unuseful', examples),
  };
  writeFileSync(
    new URL('../src/diagnosis/weights/fitted.json', import.meta.url),
    `${JSON.stringify(weights, null, 2)}\n`,
  );
  console.log('wrote src/diagnosis/weights/fitted.json');
}
