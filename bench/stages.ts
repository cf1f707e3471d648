/**
 * Stages against the labelled runs: share of steps with the right kind, and how many boundaries are found within one
 * step, beside two baselines (the best-scoring purpose of each step alone, and fixed quarters of the run) and the
 * second reader: `npx tsx bench/stages.ts`. The weights in use were fitted on these runs: bench/fit-stages.ts prints
 * what they score on runs that they have not seen.
 */
import { STAGE_KINDS, type StageKind } from '../src/model/stage.ts';
import type { StepRecord } from '../src/model/state.ts';
import { isScratchPath } from '../src/state/scratch-path.ts';
import { segmentStages } from '../src/tree/stages.ts';
import { scorePurpose } from '../src/tree/step-purpose.ts';
import { kindsOf, readStageRuns } from './lib/stage-runs.ts';
import { StageTally } from './lib/stage-tally.ts';
import { printTable } from './lib/table.ts';

/** What the effects of each step speak for, without a look at its neighbours. */
function eachAlone(main: readonly StepRecord[]): number[] {
  const changed = new Set<string>();
  let changedSource = false;
  return main.map((record, index) => {
    const scores = scorePurpose(record, { changedSource, changed, left: main.length - index });
    for (const path of record.changed) changed.add(path);
    changedSource ||= record.changed.some((path) => !isScratchPath(path, true));
    const best = STAGE_KINDS.map((kind) => scores[kind] ?? 0);
    const top = Math.max(...best);
    return top > 0 ? best.indexOf(top) : STAGE_KINDS.indexOf('inspect');
  });
}

function quarters(count: number): number[] {
  const order: readonly StageKind[] = ['inspect', 'reproduce', 'implement', 'verify'];
  return Array.from({ length: count }, (_, index) => {
    const kind = index === count - 1 ? 'submit' : (order[Math.floor((index * 4) / count)] ?? 'verify');
    return STAGE_KINDS.indexOf(kind);
  });
}

const tallies = new Map<string, StageTally>();
function tally(name: string): StageTally {
  const known = tallies.get(name) ?? new StageTally();
  tallies.set(name, known);
  return known;
}

let milliseconds = 0;
let steps = 0;
const runs = await readStageRuns();
for (const { run, records, main, readings } of runs) {
  const [truth, second] = readings;
  if (!truth) continue;
  const start = performance.now();
  const mine = kindsOf(segmentStages(run, records), main.length);
  milliseconds += performance.now() - start;
  steps += main.length;
  tally('chain (fitted on these runs)').add(mine, truth);
  tally('each step alone').add(eachAlone(main), truth);
  tally('fixed quarters').add(quarters(main.length), truth);
  if (second) {
    tally('second reader (where there is one)').add(second, truth);
    tally('chain (on those)').add(mine, truth);
  }
}
console.log(
  `${runs.length} labelled runs, ${steps} steps, ${((1000 * milliseconds) / steps).toFixed(0)} µs per step`,
);
printTable([
  ['', 'right kind', 'boundary F1', 'precision', 'recall'],
  ...[...tallies].map(([name, own]) => own.row(name)),
]);
