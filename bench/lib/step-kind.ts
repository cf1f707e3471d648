import type { Context, MainStep } from '../../src/diagnosis/context.ts';

/** What a step does to the work, in a few words: for tables of errors. */
export function kindOfStep(step: MainStep, { steps }: Context): string {
  if (step.sources.length > 0) return 'changes the work';
  if (step.ordinal === steps.length) return 'ends the run without a change';
  if (step.onlyNotes) return 'notes';
  if (step.scratch.length > 0) return 'writes beside the work';
  return step.verifies ? 'runs or checks' : 'looks';
}
