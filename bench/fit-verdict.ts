/**
 * Fits the verdict on the corpus' runs with a known outcome: `npx tsx bench/fit-verdict.ts [--write]`. Prints figures
 * cross-validated in folds by task over several seeds; `--write` puts the head that is fitted on all runs, with these
 * figures and the digest of the outcomes, into src/diagnosis/weights/verdict.json. The outcome is what is fitted to and
 * never an input. `npx tsx bench/verdict.ts` prints the whole curve and everything by group.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areaUnderCurve } from '../src/bench/metrics/verdict-curve.ts';
import { CORPUS } from '../test/support/corpus.ts';
import { printTable } from './lib/table.ts';
import { loadVerdictExamples } from './lib/verdict-examples.ts';
import {
  ACCUSED,
  areaWithinFormats,
  FOLDS,
  fitVerdict,
  foldByTask,
  judgeOutside,
} from './lib/verdict-fit.ts';

const SEEDS = [1, 2, 3, 4, 5];

const examples = await loadVerdictExamples();
if (examples.length === 0) throw new Error('no corpus on this machine (set CODETRACER_CORPUS)');
const failed = examples.filter((one) => one.failed).length;
const solved = examples.length - failed;

const rows = SEEDS.map((seed) => {
  const judged = judgeOutside(examples, foldByTask(examples, seed), seed);
  const count = (bad: boolean): number =>
    judged.filter(({ kind }, index) => kind === 'accused' && examples[index]?.failed === bad).length;
  const beliefs = judged.map(({ belief }) => belief);
  return {
    found: count(true) / failed,
    accused: count(false) / solved,
    area: areaUnderCurve(examples.map((one, index) => ({ belief: beliefs[index] ?? 0, failed: one.failed }))),
    areaWithinFormats: areaWithinFormats(examples, beliefs),
  };
});
const NAMES = ['found', 'accused', 'area', 'areaWithinFormats'] as const;
const figures = Object.fromEntries(
  NAMES.map((name) => {
    const values = rows.map((row) => row[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
    );
    return [name, { mean: Number(mean.toFixed(3)), spread: Number(spread.toFixed(3)) }];
  }),
);
printTable([
  [`cross-validated, ${failed} failed, ${solved} solved`, 'mean over seeds', 'spread'],
  ...Object.entries(figures).map(([name, { mean, spread }]) => [name, mean, spread]),
]);
const { head, l2 } = fitVerdict(examples, 0);
console.log('');
printTable([
  ['fact', 'log-odds'],
  ...Object.entries(head.weights)
    .toSorted(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, 20)
    .map(([name, weight]) => [name, weight]),
]);
if (process.argv.includes('--write')) {
  const digest = createHash('sha256')
    .update(readFileSync(join(CORPUS, 'TRUTH.jsonl')))
    .digest('hex');
  const document = {
    about:
      'Fitted by bench/fit-verdict.ts; see docs/verdict.md. Figures are cross-validated in folds by task.',
    outcomesSha256: digest,
    runs: { failed, solved },
    folds: FOLDS,
    seeds: SEEDS,
    mayAccuse: ACCUSED,
    l2,
    figures,
    head,
  };
  const path = new URL('../src/diagnosis/weights/verdict.json', import.meta.url);
  writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`);
  console.log('wrote src/diagnosis/weights/verdict.json');
}
