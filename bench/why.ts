/**
 * How long `why` takes on a run of 100,000 steps once it is loaded, by kind of target, beside a naive walk over all
 * records: `npx tsx bench/why.ts [steps]`. Answers rest on indexes that are made when first asked for: that first
 * question is timed apart. Aim: under 50 ms each.
 */

import { diagnose } from '../src/diagnosis/diagnose.ts';
import type { Run } from '../src/model/run.ts';
import type { StateHistory } from '../src/model/state.ts';
import type { Analysis } from '../src/query/analysis.ts';
import { answerWhy } from '../src/query/why/answer-why.ts';
import { buildHistory } from '../src/state/build-history.ts';
import { buildTree } from '../src/tree/build-tree.ts';
import { makeStateRun, stateRunEffects } from './lib/state-run.ts';
import { printTable } from './lib/table.ts';

const steps = Number(process.argv[2] ?? 100_000);
const QUESTIONS = 200;

/** Small and repeatable. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = makeRandom(7);
const pick = (most: number): number => Math.floor(random() * most);

/** Questions per kind. */
function makeTargets(run: Run, history: StateHistory): ReadonlyMap<string, () => string> {
  const path = (): string => history.paths[pick(history.paths.length)] ?? '';
  // A step at which the file is there for sure: the last tenth of the run.
  const late = (): number =>
    Math.floor(run.steps.length * 0.9) + pick(Math.floor(run.steps.length * 0.1)) + 1;
  const anyTest = [...history.at(history.records.length - 1).tests.keys()];
  return new Map<string, () => string>([
    ['file:line@step', () => `file:${path()}:${1 + pick(25)}@${late()}`],
    ['file:from-to@step', () => `file:${path()}:1-25@${late()}`],
    ['file@step', () => `file:${path()}@${late()}`],
    ['error', () => `error:${1 + pick(history.errors.length)}`],
    ['step', () => `step:${1 + pick(run.steps.length)}`],
    ['cwd', () => 'cwd'],
    ['outcome', () => 'outcome'],
    ...(anyTest.length > 0
      ? [['test@step', () => `test:${anyTest[pick(anyTest.length)]}@${late()}`] as const]
      : []),
    [
      'package@step',
      () => `package:package-${pick(Math.min(50, Math.floor((steps * 0.9) / 500)))}@${late()}`,
    ],
  ]);
}

/** What answers without an index would do: look at every record for those that touched what the target names. */
function walkNaively({ history }: Analysis, target: string): number {
  const name = target
    .replace(/@\d+$/, '')
    .replace(/^\w+:/, '')
    .replace(/:[\d-]+$/, '');
  let found = 0;
  for (const record of history.records) {
    const { action, observation } = record.step;
    if (record.changed.includes(name) || record.read.includes(name)) found++;
    else if (action.includes(name) || observation?.includes(name)) found++;
  }
  return found;
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
}

const run = makeStateRun(steps);
const began = performance.now();
const history = buildHistory(run, stateRunEffects(run));
const tree = buildTree(run, history);
const built = performance.now();
const diagnosis = diagnose(run, history, tree);
const diagnosed = performance.now();
const analysis: Analysis = { run, history, tree, diagnosis };
console.log(
  `${steps} steps: states and tree ${(built - began).toFixed(0)} ms, diagnosis (with its graph) ${(diagnosed - built).toFixed(0)} ms\n`,
);
const rows: (string | number)[][] = [
  ['target', 'questions', 'first ms', 'p50 ms', 'p95 ms', 'max ms', 'naive p50 ms'],
];
for (const [kind, makeTarget] of makeTargets(run, history)) {
  const times: number[] = [];
  const targets = Array.from({ length: QUESTIONS }, makeTarget);
  for (const target of targets) {
    const start = performance.now();
    answerWhy(analysis, target);
    times.push(performance.now() - start);
  }
  const first = times[0] ?? 0;
  const naive = targets.slice(0, 5).map((target) => {
    const start = performance.now();
    walkNaively(analysis, target);
    return performance.now() - start;
  });
  const sorted = times.slice(1).toSorted((a, b) => a - b);
  rows.push([
    kind,
    QUESTIONS,
    first.toFixed(2),
    percentile(sorted, 0.5),
    percentile(sorted, 0.95),
    percentile(sorted, 1),
    percentile(
      naive.toSorted((a, b) => a - b),
      0.5,
    ),
  ]);
}
printTable(rows);
