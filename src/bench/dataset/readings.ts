import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';

/**
 * One way to number the steps of an artifact: `steps[i]` is our step for the label's step `i + 1`, `null` where the label
 * counts something that is no step here.
 */
export interface StepReading {
  readonly name: string;
  readonly steps: readonly (number | null)[];
  /** The numbers are ours, so that a row needs no quote to be taken. */
  readonly isOurs: boolean;
}

/**
 * The documented ways in which a benchmark may have numbered the steps of a run, our own first. Only OpenHands has
 * several: readers of its events differ on the recall at the start, the finish at the end, and what is no command.
 */
export function listReadings(run: Run): StepReading[] {
  const { steps } = run;
  const ours: StepReading = { name: 'as counted here', steps: ordinals(steps), isOurs: true };
  const others =
    run.format === 'openhands-events'
      ? readEvents(steps)
      : run.format === 'openhands-completions'
        ? readCompletions(steps)
        : [];
  return [ours, ...others];
}

function readEvents(steps: readonly Step[]): StepReading[] {
  const working = ordinals(steps.filter((step) => step.tool !== 'recall'));
  const commands = ordinals(steps.filter(runsSomething));
  return [
    { name: 'the recall left out, the finish counted', steps: [...working, null], isOurs: false },
    { name: 'the recall left out', steps: working, isOurs: false },
    { name: 'commands alone, blank ones left out', steps: commands, isOurs: false },
    { name: 'commands alone and the finish', steps: [...commands, null], isOurs: false },
  ];
}

/** Names of what runs a command, as the model and as the event have them. */
const RUNNERS = new Set(['run', 'run_ipython', 'execute_bash', 'execute_ipython_cell']);

function runsSomething(step: Step): boolean {
  return RUNNERS.has(step.tool) && step.action.trim() !== '';
}

/** The calls of the last response stand in no view of the history; what is before them keeps its number. */
function readCompletions(steps: readonly Step[]): StepReading[] {
  const last = steps.at(-1);
  if (!last) return [];
  const seen = steps.filter((step) => step.turn !== last.turn || step.observation !== undefined);
  if (seen.length === steps.length) return [];
  return [{ name: 'the calls of the last response left out', steps: ordinals(seen), isOurs: true }];
}

function ordinals(steps: readonly Step[]): number[] {
  return steps.map((step) => step.ordinal);
}
