import { stepNumber } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import type { SourceRef } from '../model/source-ref.ts';
import type { Step } from '../model/step.ts';
import { buildTimeline } from '../model/timeline.ts';

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
  const groups = new GroupCounter();
  let current: { main: Step; group: number; below: StepRecordFile[] } | undefined;
  for (const step of buildTimeline(run)) {
    const group = groups.next(step);
    if (step.id.includes('.')) {
      current?.below.push(renderStep(step, group, []));
      continue;
    }
    if (current) yield renderStep(current.main, current.group, current.below);
    current = { main: step, group, below: [] };
  }
  if (current) yield renderStep(current.main, current.group, current.below);
}

/**
 * Numbers the turns that have steps, without gaps, so that whoever reads the file counts alike. Sub-agents of one call
 * stand in one list and are counted on.
 */
class GroupCounter {
  private readonly threads = new Map<string, { turn: number; ordinal: number; group: number }>();

  next({ id, turn, ordinal }: Step): number {
    const thread = id.slice(0, Math.max(0, id.lastIndexOf('.')));
    const last = this.threads.get(thread);
    const goesOn = last?.turn === turn && last.ordinal < ordinal;
    const group = (last?.group ?? 0) + (goesOn ? 0 : 1);
    this.threads.set(thread, { turn, ordinal, group });
    return group;
  }
}

function renderStep(step: Step, group: number, below: readonly StepRecordFile[]): StepRecordFile {
  return {
    step_id: stepNumber(step.id),
    action: step.action,
    observation: step.observation ?? null,
    ...(step.thought !== undefined && { thinking: step.thought }),
    ...(step.parallelGroup !== undefined && { parallel_group: group }),
    tool_type: step.tool,
    ...(step.args && { arguments: step.args }),
    ...(step.rawOutput !== undefined && { raw_output: step.rawOutput }),
    ...(step.images && { images: step.images }),
    status: step.status,
    ...(step.exitCode !== undefined && { exit_code: step.exitCode }),
    action_ref: renderRef(step.actionRef),
    ...(step.observationRef && { observation_ref: renderRef(step.observationRef) }),
    ...(below.length > 0 && { subagent_steps: below }),
  };
}

/** A place with its members in one order, whichever format made it. */
function renderRef({ artifact, pointer, line, castEvents, bytes }: SourceRef): SourceRef {
  return {
    artifact,
    ...(pointer !== undefined && { pointer }),
    ...(line !== undefined && { line }),
    ...(castEvents && { castEvents }),
    ...(bytes && { bytes }),
  };
}
