/**
 * Onset localization on the labelled runs beside constant rules: `npx tsx bench/localize.ts [--no-outcome]`.
 * Onset over the runs that have one (first reading); F1 over runs with labels of that kind. The label heads were fitted
 * on these runs: their honest figures are the cross-validated ones of bench/fit.ts.
 */
import { analyze } from '../src/app/analyze.ts';
import { buildContext } from '../src/diagnosis/context.ts';
import { CONSTANT_RULES } from './lib/constant-rules.ts';
import { readLabelledRun, readLabels } from './lib/labelled-runs.ts';
import { macroF1, type OnsetScore, scoreOnsets } from './lib/onset-metrics.ts';
import { printTable, share } from './lib/table.ts';

const withholdOutcome = process.argv.includes('--no-outcome');
const rows = readLabels();
if (rows.length === 0) throw new Error('no labelled runs on this machine (set CODETRACER_LABELLED)');

const onsets = new Map<string, { predicted: number | undefined; actual: number }[]>();
const add = (name: string, predicted: number | undefined, actual: number): void => {
  const list = onsets.get(name) ?? [];
  list.push({ predicted, actual });
  onsets.set(name, list);
};
const incorrect: { predicted: number[]; actual: readonly number[] }[] = [];
const unuseful: { predicted: number[]; actual: readonly number[] }[] = [];
const incorrectAll: { predicted: number[]; actual: readonly number[] }[] = [];
const incorrectLast: { predicted: number[]; actual: readonly number[] }[] = [];
const unusefulAll: { predicted: number[]; actual: readonly number[] }[] = [];
const verdicts = { failed: 0, found: 0, solved: 0, accused: 0 };
let milliseconds = 0;
let steps = 0;

for (const row of rows) {
  const run = await readLabelledRun(row);
  const start = performance.now();
  const analysis = analyze(run, { withholdOutcome });
  milliseconds += performance.now() - start;
  steps += run.steps.length;
  const { diagnosis } = analysis;
  const label = row.annotations[0];
  if (!label) continue;
  const numbers = (ids: readonly string[]): number[] => ids.map(Number);
  const all = Array.from({ length: run.steps.length }, (_, index) => index + 1);
  incorrect.push({ predicted: numbers(diagnosis.incorrect), actual: label.incorrect });
  unuseful.push({ predicted: numbers(diagnosis.unuseful), actual: label.unuseful });
  incorrectAll.push({ predicted: all, actual: label.incorrect });
  incorrectLast.push({ predicted: all.slice(-1), actual: label.incorrect });
  unusefulAll.push({ predicted: all, actual: label.unuseful });
  const accused = diagnosis.verdict.kind === 'decisive-failure' ? 1 : 0;
  if (row.solved) {
    verdicts.solved++;
    verdicts.accused += accused;
  } else {
    verdicts.failed++;
    verdicts.found += accused;
  }
  if (label.onset === null) continue;
  // A run without a verdict still has a best candidate; localization and verdict are measured apart.
  add('codetracer', Number(diagnosis.alternatives[0]?.step), label.onset);
  const context = buildContext(analysis.run, analysis.history, analysis.tree);
  for (const { name, predict } of CONSTANT_RULES) add(name, predict(context), label.onset);
}

const cells = (score: OnsetScore): string[] =>
  [score.exact, score.within1, score.within2, score.within5].map((hits) => share(hits, score.runs));
printTable([
  ['onset', 'exact', 'within 1', 'within 2', 'within 5', 'runs'],
  ...[...onsets].map(([name, pairs]) => [name, ...cells(scoreOnsets(pairs)), pairs.length]),
]);
console.log('');
printTable([
  ['macro F1', 'incorrect', 'unuseful'],
  ['codetracer', macroF1(incorrect).toFixed(3), macroF1(unuseful).toFixed(3)],
  ['all steps', macroF1(incorrectAll).toFixed(3), macroF1(unusefulAll).toFixed(3)],
  ['last step', macroF1(incorrectLast).toFixed(3), '-'],
]);
console.log('');
console.log(
  `verdict${withholdOutcome ? ' (outcome withheld)' : ''}: ${verdicts.found} of ${verdicts.failed} failed runs found, ${verdicts.accused} of ${verdicts.solved} solved runs accused`,
);
console.log(
  `analysis after extraction: ${((milliseconds / steps) * 100).toFixed(1)} ms per 100 steps (${steps} steps)`,
);
