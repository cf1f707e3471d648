import type { StepId } from './ids.ts';
import type { Branch, Run } from './run.ts';
import type { Step } from './step.ts';

/** All steps of a run in execution order: a call that started a sub-agent comes before the sub-agent's steps. */
export function buildTimeline(run: Pick<Run, 'steps' | 'branches'>): Step[] {
  const byParent = new Map<StepId | undefined, Branch[]>();
  for (const branch of run.branches) {
    const siblings = byParent.get(branch.parent);
    if (siblings) siblings.push(branch);
    else byParent.set(branch.parent, [branch]);
  }
  const timeline: Step[] = [];
  // A stack of iterators instead of recursion: sub-agents may nest without bound.
  const orphans = byParent.get(undefined) ?? [];
  const roots = [run, ...orphans].map(({ steps }) => steps[Symbol.iterator]());
  const stack: Iterator<Step>[] = roots.toReversed();
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.next();
    if (next.done) {
      stack.pop();
      continue;
    }
    timeline.push(next.value);
    for (const branch of (byParent.get(next.value.id) ?? []).toReversed())
      stack.push(branch.steps[Symbol.iterator]());
  }
  return timeline;
}

/** How many steps ran in sub-agents. */
export function countSubagentSteps(run: Pick<Run, 'branches'>): number {
  return run.branches.reduce((sum, branch) => sum + (branch.stepCount ?? branch.steps.length), 0);
}
