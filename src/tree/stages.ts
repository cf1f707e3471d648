import type { Run } from '../model/run.ts';
import { STAGE_KINDS, type Stage } from '../model/stage.ts';
import type { StepRecord } from '../model/state.ts';
import { observeStages } from './stage-features.ts';
import { findPath, type StageModel } from './stage-model.ts';
import { STAGE_WEIGHTS } from './weights/stage-weights.ts';

/**
 * Stages over the main agent's steps: contiguous, covering all. They are the path of purposes that scores best: what is
 * observed on each step speaks for purposes, and changing purpose costs, less where it is usual.
 */
export function segmentStages(
  run: Run,
  records: readonly StepRecord[],
  model: StageModel = STAGE_WEIGHTS,
): Stage[] {
  const main = records.filter((record) => !record.step.id.includes('.'));
  if (main.length === 0 || main.length !== run.steps.length) return [];
  return joinEqual(findPath(model, observeStages(main)));
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
