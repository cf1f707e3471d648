import type { Run } from '../model/run.ts';
import { STAGE_KINDS, type Stage, type StageKind } from '../model/stage.ts';
import type { StepRecord } from '../model/state.ts';
import { isScratchPath } from '../state/scratch-path.ts';
import { type Progress, scorePurpose } from './step-purpose.ts';

/** The weights of a segmentation, in units of one step's score. */
export interface StageCosts {
  /** What a change of purpose costs: a single odd step does not make a stage. */
  readonly change: number;
  /** Changes that runs rarely make cost this much more. */
  readonly rareChange: number;
}

/** Chosen on labelled runs by bench/stages.ts. */
export const STAGE_COSTS: StageCosts = { change: 0.7, rareChange: 1 };

/** Purposes that usually follow each one. */
const USUAL: Readonly<Record<StageKind, readonly StageKind[]>> = {
  environment: ['dependency', 'inspect', 'implement', 'verify'],
  dependency: ['environment', 'inspect', 'implement', 'verify'],
  inspect: ['reproduce', 'implement', 'dependency', 'environment'],
  reproduce: ['inspect', 'implement'],
  implement: ['verify', 'inspect', 'dependency', 'submit'],
  verify: ['implement', 'submit', 'inspect'],
  submit: [],
};

/**
 * Stages over the main agent's steps: contiguous, covering all. They maximise the sum of the steps' scores for the
 * purpose of their stage minus the cost of changing purpose (Viterbi's algorithm: linear in the number of steps).
 */
export function segmentStages(
  run: Run,
  records: readonly StepRecord[],
  costs: StageCosts = STAGE_COSTS,
): Stage[] {
  const main = records.filter((record) => !record.step.id.includes('.'));
  const count = run.steps.length;
  if (count === 0 || main.length !== count) return [];
  const scores = scoreSteps(main);
  return joinEqual(bestPath(scores, costs));
}

/** Scores of each main-agent step for every kind, in the order of `STAGE_KINDS`. */
export function scoreSteps(main: readonly StepRecord[]): Float64Array[] {
  let changedSource = false;
  const changed = new Set<string>();
  return main.map((record, index) => {
    const progress: Progress = { changedSource, changed, left: main.length - index };
    const scores = scorePurpose(record, progress);
    for (const path of record.changed) changed.add(path);
    if (record.changed.some((path) => !isScratchPath(path, true))) changedSource = true;
    return Float64Array.from(STAGE_KINDS, (kind) => scores[kind] ?? 0);
  });
}

/** Index of the best kind for each step. */
function bestPath(scores: readonly Float64Array[], costs: StageCosts): number[] {
  const kinds = STAGE_KINDS.length;
  const cost = STAGE_KINDS.map((from) =>
    Float64Array.from(STAGE_KINDS, (to) => {
      if (from === to) return 0;
      return costs.change + (USUAL[from].includes(to) ? 0 : costs.rareChange);
    }),
  );
  const cameFrom: Int8Array[] = [];
  let best = Float64Array.from(scores[0] ?? []);
  for (let step = 1; step < scores.length; step++) {
    const next = new Float64Array(kinds);
    const origin = new Int8Array(kinds);
    for (let to = 0; to < kinds; to++) {
      let top = Number.NEGATIVE_INFINITY;
      for (let from = 0; from < kinds; from++) {
        const value = (best[from] ?? 0) - (cost[from]?.[to] ?? 0);
        if (value > top) {
          top = value;
          origin[to] = from;
        }
      }
      next[to] = top + (scores[step]?.[to] ?? 0);
    }
    cameFrom.push(origin);
    best = next;
  }
  const path: number[] = Array.from({ length: scores.length }, () => 0);
  let at = best.indexOf(Math.max(...best));
  for (let step = scores.length - 1; step >= 0; step--) {
    path[step] = at;
    at = cameFrom[step - 1]?.[at] ?? at;
  }
  return path;
}

function joinEqual(path: readonly number[]): Stage[] {
  const stages: Stage[] = [];
  let start = 0;
  for (let end = 1; end <= path.length; end++) {
    if (end < path.length && path[end] === path[start]) continue;
    const kind = STAGE_KINDS[path[start] ?? 0];
    if (kind !== undefined) stages.push({ kind, start: start + 1, end });
    start = end;
  }
  return stages;
}
