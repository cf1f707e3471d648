/**
 * Stages against the labelled runs: share of steps with the right kind, and how many boundaries are found within one
 * step, beside two baselines: the best-scoring purpose of each step alone, and fixed quarters of the run.
 * Run: npx tsx bench/stages.ts   (CODETRACER_CORPUS and CODETRACER_LABELLED say where the data are)
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRuns } from '../src/app/read-runs.ts';
import { STAGE_KINDS, type Stage, type StageKind } from '../src/model/stage.ts';
import { buildHistory } from '../src/state/build-history.ts';
import { scoreSteps, segmentStages } from '../src/tree/stages.ts';
import { CORPUS, LABELLED } from '../test/support/corpus.ts';

interface Row {
  readonly artifact: string;
  readonly steps: number;
  readonly annotations: readonly { readonly stages: readonly Stage[] }[];
}

interface Tally {
  right: number;
  steps: number;
  found: number;
  predicted: number;
  labelled: number;
}

function kindsOf(stages: readonly Stage[], count: number): (StageKind | undefined)[] {
  const kinds: (StageKind | undefined)[] = Array.from({ length: count }, () => undefined);
  for (const stage of stages)
    for (let step = stage.start; step <= stage.end; step++) kinds[step - 1] = stage.kind;
  return kinds;
}

/** First steps of all stages but the first; neighbours of the same kind are one stage. */
function boundaries(kinds: readonly (StageKind | undefined)[]): number[] {
  return kinds.flatMap((kind, index) => (index > 0 && kind !== kinds[index - 1] ? [index] : []));
}

function compare(
  tally: Tally,
  predicted: readonly (StageKind | undefined)[],
  truth: readonly (StageKind | undefined)[],
): void {
  tally.steps += truth.length;
  tally.right += truth.filter((kind, index) => kind === predicted[index]).length;
  const [mine, theirs] = [boundaries(predicted), boundaries(truth)];
  const free = new Set(theirs);
  for (const boundary of mine) {
    const near = [boundary, boundary - 1, boundary + 1].find((candidate) => free.has(candidate));
    if (near === undefined) continue;
    free.delete(near);
    tally.found++;
  }
  tally.predicted += mine.length;
  tally.labelled += theirs.length;
}

function quarters(count: number): StageKind[] {
  const order: readonly StageKind[] = ['inspect', 'reproduce', 'implement', 'verify'];
  return Array.from({ length: count }, (_, index) =>
    index === count - 1 ? 'submit' : (order[Math.floor((index * 4) / count)] ?? 'verify'),
  );
}

const tallies = new Map<string, Tally>();
function tally(name: string): Tally {
  const known = tallies.get(name) ?? { right: 0, steps: 0, found: 0, predicted: 0, labelled: 0 };
  tallies.set(name, known);
  return known;
}

const confusion = new Map<string, number>();
async function main(): Promise<void> {
  const rows = readFileSync(join(LABELLED, 'runs/labels.jsonl'), 'utf8').split('\n').filter(Boolean);
  let left = 0;
  for (const line of rows) {
    const row: Row = JSON.parse(line);
    const [first, second] = row.annotations;
    if (!first) continue;
    let done = false;
    for await (const item of readRuns([join(CORPUS, row.artifact)])) {
      if (item.kind !== 'run' || item.run.steps.length !== row.steps) continue;
      done = true;
      const { run } = item;
      const { records } = buildHistory(run);
      const truth = kindsOf(first.stages, row.steps);
      const mine = kindsOf(segmentStages(run, records), row.steps);
      const alone = scoreSteps(records.filter(({ step }) => !step.id.includes('.'))).map((scores) => {
        const best = Math.max(...scores);
        return best > 0 ? STAGE_KINDS[scores.indexOf(best)] : 'inspect';
      });
      compare(tally('segmentation'), mine, truth);
      compare(tally('each step alone'), alone, truth);
      compare(tally('fixed quarters'), quarters(row.steps), truth);
      if (second) {
        compare(tally('second reader (where there is one)'), kindsOf(second.stages, row.steps), truth);
        compare(tally('segmentation (on those)'), mine, truth);
      }
      for (const [index, kind] of truth.entries()) {
        const key = `${kind} read as ${mine[index]}`;
        if (kind !== mine[index]) confusion.set(key, (confusion.get(key) ?? 0) + 1);
      }
      break;
    }
    if (!done) left++;
  }
  console.log(
    `${rows.length - left} of ${rows.length} labelled runs (${left} could not be read with the labelled number of steps)`,
  );
  for (const [name, { right, steps, found, predicted, labelled }] of tallies) {
    const precision = found / Math.max(1, predicted);
    const recall = found / Math.max(1, labelled);
    const f1 = (2 * precision * recall) / Math.max(1e-9, precision + recall);
    console.log(
      `${name.padEnd(36)} steps ${(right / steps).toFixed(3)}   boundaries: precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`,
    );
  }
  const worst = [...confusion].sort((a, b) => b[1] - a[1]).slice(0, 12);
  console.log(`most frequent confusions: ${worst.map(([key, count]) => `${key} ${count}`).join('; ')}`);
}

await main();
