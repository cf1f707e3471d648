import type { Run } from './run.ts';
import type { Step } from './step.ts';

/** Everything about a run that must hold and does not, one sentence each; empty for a sound run. */
export function checkIntegrity(run: Run): string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  checkThread(run.steps, '', 0, ids, problems);
  for (const thread of [run, ...run.branches]) {
    if (thread.stepCount !== undefined && thread.stepCount <= thread.steps.length)
      problems.push(`${thread.stepCount} steps are counted where ${thread.steps.length} are kept`);
  }
  const taken = new Map<string, number>();
  for (const branch of run.branches) {
    const parent = branch.parent ?? 'orphan';
    if (branch.parent !== undefined && !ids.has(branch.parent))
      problems.push(`no step ${branch.parent} for a branch`);
    const offset = taken.get(parent) ?? 0;
    checkThread(branch.steps, `${parent}.`, offset, ids, problems);
    taken.set(parent, offset + branch.steps.length);
  }
  for (const { before } of run.messages) {
    if (before !== undefined && !ids.has(before))
      problems.push(`a message stands before step ${before}, which is not there`);
  }
  return problems;
}

function checkThread(
  steps: readonly Step[],
  prefix: string,
  offset: number,
  ids: Set<string>,
  problems: string[],
): void {
  const perTurn = new Map<number, number>();
  for (const step of steps) perTurn.set(step.turn, (perTurn.get(step.turn) ?? 0) + 1);
  let turn = 0;
  for (const [index, step] of steps.entries()) {
    const id = `${prefix}${offset + index + 1}`;
    if (step.id !== id) problems.push(`step ${step.id} stands where ${id} belongs`);
    if (ids.has(step.id)) problems.push(`two steps are called ${step.id}`);
    ids.add(step.id);
    if (step.ordinal !== index + 1) problems.push(`step ${step.id} has ordinal ${step.ordinal}`);
    if (step.turn < turn) problems.push(`step ${step.id} goes back to turn ${step.turn}`);
    turn = step.turn;
    const isParallel = (perTurn.get(step.turn) ?? 0) > 1;
    if (isParallel !== (step.parallelGroup !== undefined))
      problems.push(`step ${step.id}: wrong parallel group`);
    if (step.status === 'pending' && step.observation !== undefined)
      problems.push(`step ${step.id} is pending with a result`);
  }
}
