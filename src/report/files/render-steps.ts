import { stepNumber } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { buildTimeline } from '../../model/timeline.ts';

/** One record of `steps.json`. Fields that were not recorded are absent. */
export interface StepRecordFile {
  readonly step_id: number | string;
  readonly action: string;
  readonly observation: string | null;
  readonly thinking?: string;
  readonly parallel_group?: number;
  readonly tool_type: string;
  readonly arguments?: unknown;
  readonly raw_output?: string;
  readonly images?: readonly string[];
  readonly status: string;
  readonly exit_code?: number;
  readonly action_ref: unknown;
  readonly observation_ref?: unknown;
  readonly subagent_steps?: readonly StepRecordFile[];
}

/**
 * The records of `steps.json`: the main agent's steps in order; steps of sub-agents stand, flat and in execution order,
 * under the main step that they ran for.
 */
export function* renderSteps(run: Run): Generator<StepRecordFile> {
  let current: { main: Step; below: StepRecordFile[] } | undefined;
  for (const step of buildTimeline(run)) {
    if (step.id.includes('.')) {
      current?.below.push(renderStep(step, []));
      continue;
    }
    if (current) yield renderStep(current.main, current.below);
    current = { main: step, below: [] };
  }
  if (current) yield renderStep(current.main, current.below);
}

function renderStep(step: Step, below: readonly StepRecordFile[]): StepRecordFile {
  return {
    step_id: stepNumber(step.id),
    action: step.action,
    observation: step.observation ?? null,
    ...(step.thought !== undefined && { thinking: step.thought }),
    ...(step.parallelGroup !== undefined && { parallel_group: step.parallelGroup }),
    tool_type: step.tool,
    ...(step.args && { arguments: step.args }),
    ...(step.rawOutput !== undefined && { raw_output: step.rawOutput }),
    ...(step.images && { images: step.images }),
    status: step.status,
    ...(step.exitCode !== undefined && { exit_code: step.exitCode }),
    action_ref: step.actionRef,
    ...(step.observationRef && { observation_ref: step.observationRef }),
    ...(below.length > 0 && { subagent_steps: below }),
  };
}
