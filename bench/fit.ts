/**
 * Fits every head of the diagnosis on the labelled runs: `npx tsx bench/fit.ts [--write]`. Prints the label heads
 * (bench/fit-labels.ts, which takes the same flags), then the onset's, all cross-validated in folds by task. The onset head
 * is fitted for comparison only: with a hundred onsets it does not beat the weights that were set from the meaning of the
 * signals.
 */
import './fit-labels.ts';
import { hashText } from '../src/base/hash.ts';
import { type LinearHead, rankSteps } from '../src/diagnosis/score.ts';
import { SIGNALS } from '../src/diagnosis/signals/signal-rule.ts';
import { DEFAULT_WEIGHTS } from '../src/diagnosis/weights/default.ts';
import { type FittedHead, fitChoice } from './lib/fit-linear.ts';
import { type Example, loadExamples, toFeatures } from './lib/label-examples.ts';
import { scoreOnsets } from './lib/onset-metrics.ts';
import { printTable, share } from './lib/table.ts';

const FOLDS = 5;
const ONSET_L2 = 0.01;

const NAMES = Object.keys(SIGNALS);

function fitOnset(examples: readonly Example[]): FittedHead {
  const groups = examples.flatMap(({ readings, steps }) =>
    readings[0].onset === null ? [] : [{ examples: steps.map(toFeatures), chosen: readings[0].onset - 1 }],
  );
  return fitChoice(groups, NAMES, { l2: ONSET_L2 });
}

function predictOnset(head: LinearHead, { steps }: Example): number | undefined {
  const table = new Map(steps.map((signals, index) => [index + 1, signals]));
  return rankSteps(head, table, [...table.keys()])[0]?.ordinal;
}

const examples = await loadExamples();
if (examples.length === 0) throw new Error('no labelled runs on this machine (set CODETRACER_LABELLED)');
const foldOf = (example: Example): number => hashText(example.task) % FOLDS;
const onsets: { predicted: number | undefined; actual: number }[] = [];
for (let fold = 0; fold < FOLDS; fold++) {
  const train = examples.filter((example) => foldOf(example) !== fold);
  const held = examples.filter((example) => foldOf(example) === fold);
  const onset = fitOnset(train);
  for (const example of held) {
    if (example.readings[0].onset !== null)
      onsets.push({ predicted: predictOnset(onset, example), actual: example.readings[0].onset });
  }
}
const inUse = examples.flatMap((example) =>
  example.readings[0].onset === null
    ? []
    : [{ predicted: predictOnset(DEFAULT_WEIGHTS.onset, example), actual: example.readings[0].onset }],
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
