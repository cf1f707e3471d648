/**
 * Fits the head that ranks steps as onset: `npx tsx bench/fit-onset.ts [--write] [--seeds 5] [--curve]`.
 * A conditional logit over the signals, on the runs of labelled/runs with an onset and, with less weight, on the
 * point-of-no-return sets. The penalty is chosen inside the training folds; folds are by task over all sets, dealt out anew
 * per seed. Prints the cross-validated share (mean over the seeds, and the spread between them) beside the constant
 * rules. `--write` puts the head fitted on everything, with the digests of the labels and the figures, into
 * src/diagnosis/weights/onset.json. `--curve` fits on parts of the training runs, too: what more labels would bring.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONSTANT_RULES } from '../src/bench/rules/constant-rules.ts';
import { LABELLED } from '../test/support/corpus.ts';
import { type ChoiceGroup, fitChoice } from './lib/fit-choice.ts';
import type { FittedHead } from './lib/fit-linear.ts';
import { loadOnsetExamples, type OnsetExample } from './lib/onset-examples.ts';
import {
  compareWithRules,
  type HeldOut,
  ONSET_COLUMNS,
  scoreHeldOut,
  tabulateErrors,
  tabulateSignals,
} from './lib/onset-tables.ts';
import { printTable } from './lib/table.ts';
import { dealFolds } from './lib/task-folds.ts';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean' },
    curve: { type: 'boolean' },
    seeds: { type: 'string', default: '3' },
  },
});
const OTHERS = 'point-of-no-return, all';
const FOLDS = 5;
const INNER_FOLDS = 4;
const PENALTIES = [1, 4];
/** Labels of the point-of-no-return sets are another annotator's of another thing, on shortened records. */
const OTHER_SETS = 0.5;
/** Shares of the target that go to the second reading's onset and to the steps called incorrect. */
const SECOND = 0.3;
const INCORRECT = 0.3;

function targetOf({ steps, onset, secondOnset, incorrect }: OnsetExample): number[] {
  const target = steps.map(() => 0);
  const add = (step: number, share: number): void => {
    target[step - 1] = (target[step - 1] ?? 0) + share;
  };
  const toIncorrect = incorrect.length > 0 ? INCORRECT : 0;
  const toSecond = secondOnset === undefined ? 0 : SECOND * (1 - toIncorrect);
  for (const step of incorrect) add(step, toIncorrect / incorrect.length);
  if (secondOnset !== undefined) add(secondOnset, toSecond);
  add(onset, 1 - toIncorrect - toSecond);
  return target;
}

function fit(examples: readonly OnsetExample[], names: readonly string[], l2: number): FittedHead {
  const groups = examples.map(
    (example): ChoiceGroup => ({
      steps: example.steps,
      target: targetOf(example),
      weight: example.set === 'runs' ? 1 : OTHER_SETS,
    }),
  );
  return fitChoice(groups, names, { l2 });
}

function pick({ weights }: FittedHead, { steps }: OnsetExample): number {
  const scores = steps.map((step) =>
    Object.entries(step).reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, 0),
  );
  return scores.indexOf(Math.max(...scores)) + 1;
}

const near = (k: number, pairs: readonly { example: OnsetExample; predicted: number }[]): number =>
  pairs.filter(({ example, predicted }) => Math.abs(predicted - example.onset) <= k).length;

/** The penalty that does best inside these examples: mean of exact and within 2 on `runs`. */
function choosePenalty(examples: readonly OnsetExample[], names: readonly string[], seed: number): number {
  let best = { l2: PENALTIES[0] ?? 0.1, score: -1 };
  for (const l2 of PENALTIES) {
    const pairs = crossValidate(examples, INNER_FOLDS, seed + 1000, (train) => fit(train, names, l2)).filter(
      ({ example }) => example.set === 'runs',
    );
    const score = near(0, pairs) + near(2, pairs);
    if (score > best.score) best = { l2, score };
  }
  return best.l2;
}

function crossValidate(
  examples: readonly OnsetExample[],
  folds: number,
  seed: number,
  train: (examples: readonly OnsetExample[]) => FittedHead,
): { example: OnsetExample; predicted: number }[] {
  const foldOf = dealFolds(
    examples.map(({ task }) => task),
    folds,
    seed,
  );
  const heads = Array.from({ length: folds }, (_, fold) =>
    train(examples.filter(({ task }) => foldOf(task) !== fold)),
  );
  return examples.flatMap((example) => {
    const head = heads[foldOf(example.task)];
    return head ? [{ example, predicted: pick(head, example) }] : [];
  });
}

/** The runs of a part of the tasks, the same part for the same seed. */
function takeTasks(train: readonly OnsetExample[], part: number, seed: number): OnsetExample[] {
  const inTwenty = dealFolds(
    train.map(({ task }) => task),
    20,
    seed,
  );
  return train.filter(({ task }) => inTwenty(task) < part * 20);
}

const examples = await loadOnsetExamples();
if (examples.length === 0) throw new Error('no labelled runs on this machine (set CODETRACER_LABELLED)');
const names = [
  ...new Set(examples.flatMap(({ steps }) => steps.flatMap((step) => Object.keys(step)))),
].sort();
const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed);
const outcomes = seeds.map((seed) =>
  crossValidate(examples, FOLDS, seed, (train) => fit(train, names, choosePenalty(train, names, seed))),
);

const heldOut = examples.map(
  (example, index): HeldOut => ({
    example,
    predicted: outcomes.flatMap((outcome) => outcome[index]?.predicted ?? []),
  }),
);

const RULES = CONSTANT_RULES.map(({ name }) => name).filter((name) => name !== 'uniform-chance');
const figures: Record<string, Record<string, number>> = {};
for (const set of [...new Set(examples.map((example) => example.set)), OTHERS]) {
  const own = heldOut.filter(({ example }) =>
    set === OTHERS ? example.set !== 'runs' : example.set === set,
  );
  const { shares, spread } = scoreHeldOut(own);
  figures[set] = {
    runs: own.length,
    ...Object.fromEntries(ONSET_COLUMNS.map((column, i) => [column, shares[i] ?? 0])),
    ...Object.fromEntries(ONSET_COLUMNS.map((column, i) => [`${column}, spread`, spread[i] ?? 0])),
  };
  console.log(
    `\n${set}, ${own.length} runs; in brackets the spread over ${seeds.length} dealings of the folds\n`,
  );
  printTable([
    ['onset', ...ONSET_COLUMNS, 'exact, difference', 'within 2, difference'],
    [
      'fitted, cross-validated',
      ...shares.map((value, i) => `${value.toFixed(3)} (${(spread[i] ?? 0).toFixed(3)})`),
      '',
      '',
    ],
    ...compareWithRules(own, RULES),
  ]);
}
const labelledRuns = heldOut.filter(({ example }) => example.set === 'runs');
for (const [title, classOf] of [
  ['labelled step', (example: OnsetExample) => example.kind],
  ['cause', (example: OnsetExample) => example.cause],
] as const) {
  console.log('');
  printTable(tabulateErrors(title, labelledRuns, classOf));
}

console.log('');
printTable(tabulateSignals(labelledRuns.map(({ example }) => example)));

if (values.curve) {
  console.log('');
  printTable([
    ['share of the training tasks', ...ONSET_COLUMNS],
    ...[0.25, 0.5, 0.75, 1].map((part) => {
      const dealt = seeds.map((seed) =>
        crossValidate(examples, FOLDS, seed, (train) =>
          fit(takeTasks(train, part, seed), names, PENALTIES[0] ?? 1),
        ),
      );
      const own = examples.flatMap((example, index) =>
        example.set === 'runs'
          ? [{ example, predicted: dealt.flatMap((outcome) => outcome[index]?.predicted ?? []) }]
          : [],
      );
      return [String(part), ...scoreHeldOut(own).shares.map((value) => value.toFixed(3))];
    }),
  ]);
}

if (values.write) {
  const l2 = choosePenalty(examples, names, 0);
  const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  const points = join(LABELLED, 'point-of-no-return');
  const weights = {
    about:
      'Fitted by bench/fit-onset.ts; see docs/localization.md. Figures are cross-validated in folds by task.',
    labels: {
      runs: digest(join(LABELLED, 'runs', 'labels.jsonl')),
      ...Object.fromEntries(
        readdirSync(points)
          .filter((name) => name.endsWith('.jsonl'))
          .sort()
          .map((name) => [name, digest(join(points, name))]),
      ),
    },
    folds: FOLDS,
    seeds: seeds.length,
    l2,
    figures,
    ...fit(examples, names, l2),
  };
  const path = new URL('../src/diagnosis/weights/onset.json', import.meta.url);
  writeFileSync(path, `${JSON.stringify(weights, null, 2)}\n`);
  console.log('wrote src/diagnosis/weights/onset.json');
}
