import type { StepId } from '../../../src/model/ids.ts';
import type { StepRecord } from '../../../src/model/state.ts';
import type { Analysis } from '../../../src/query/analysis.ts';
import type { RecordedStep, Recording } from '../recorder/recording.ts';

/** A step as it was recorded, beside the record that the reconstruction has of it. */
export interface Pair {
  readonly index: number;
  readonly step: RecordedStep;
  /** The step before. */
  readonly before: RecordedStep | undefined;
  readonly record: StepRecord;
}

/**
 * Pairs recorded steps with those of the run, by number; where the format keeps sub-agents apart, a helper's steps are
 * children of the one that asked. A log that lost a step or made one up is an error of its own.
 */
export function align({ steps }: Recording, { run, history }: Analysis): Pair[] {
  const apart = run.branches.length > 0;
  let main = 0;
  let below = 0;
  const pairs: Pair[] = [];
  for (const [index, step] of steps.entries()) {
    const isChild = apart && step.deed.helper === true;
    if (isChild) below++;
    else {
      main++;
      below = 0;
    }
    const id = (isChild ? `${main}.${below}` : `${main}`) as StepId;
    const position = history.position(id);
    const record = position === undefined ? undefined : history.records[position];
    if (!record) throw new Error(`step ${id} of the recording is not in the run`);
    const { command } = step.done;
    if (command !== undefined && record.step.action.trim() !== command.trim())
      throw new Error(
        `step ${id} ran ${JSON.stringify(record.step.action)} and not ${JSON.stringify(command)}`,
      );
    pairs.push({ index, step, before: steps[index - 1], record });
  }
  return pairs;
}
