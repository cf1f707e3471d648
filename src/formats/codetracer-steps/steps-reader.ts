import { asString } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { type RecordedRef, readStepRecord, type StepRecord } from './schema.ts';

/** The turn of a thread that is being read: steps of one parallel group share it. */
interface Turn {
  group: string | undefined;
}

/** Reads records into the run; those of sub-agents stand flat under a main step, and their ids say below which step they ran. */
export class StepsReader {
  private readonly run: RunBuilder;
  private readonly turns = new Map<ThreadBuilder, Turn>();
  private readonly steps = new Map<string, PendingStep>();
  private readonly branches = new Map<string, ThreadBuilder>();

  constructor(run: RunBuilder) {
    this.run = run;
  }

  read(value: unknown, place: SourceRef): void {
    const record = readStepRecord(value);
    if (!record) {
      this.run.log.fold('unexpected-shape', 'warning', 'a record is no step', place);
      return;
    }
    this.add(record, this.run, place);
    for (const [index, below] of (record.subagent_steps ?? []).entries()) {
      const at = { ...place, pointer: `${place.pointer ?? ''}/subagent_steps/${index}` };
      const step = readStepRecord(below);
      if (step) this.add(step, this.threadOf(String(step.step_id ?? '')), at);
      else this.run.log.fold('unexpected-shape', 'warning', 'a record is no step', at);
    }
  }

  /** The thread of a sub-agent's step: `7.2` belongs below step 7, `orphan.1` to an agent that no known step started. */
  private threadOf(id: string): ThreadBuilder {
    const parent = id.slice(0, Math.max(0, id.lastIndexOf('.')));
    const known = this.branches.get(parent);
    if (known) return known;
    const branch = this.run.branch(this.steps.get(parent));
    this.branches.set(parent, branch);
    return branch;
  }

  private add(record: StepRecord, thread: ThreadBuilder, place: SourceRef): void {
    const { thinking, parallel_group, tool_type, arguments: args } = record;
    const group =
      parallel_group === undefined || parallel_group === null ? undefined : String(parallel_group);
    const turn = this.turns.get(thread);
    if (!turn || group === undefined || turn.group !== group) thread.beginTurn();
    this.turns.set(thread, { group });
    thread.think(thinking ?? undefined, { ...place, pointer: `${place.pointer ?? ''}/thinking` });
    const step = thread.call({
      tool: tool_type ?? 'bash',
      action: record.action ?? '',
      ...(args && { args }),
      place: within(place, 'action', record.action_ref),
    });
    if (record.step_id !== undefined) this.steps.set(String(record.step_id), step);
    const observation = readObservation(record.observation);
    const { exit_code, raw_output, images } = record;
    const status: StepStatus | undefined = record.status;
    const isPending = (status ?? 'pending') === 'pending' && observation === undefined;
    if (isPending && exit_code === undefined && raw_output === undefined && !images) return;
    thread.result(step, {
      ...(observation !== undefined && { observation }),
      ...(raw_output !== undefined && { rawOutput: raw_output }),
      ...(images && { images }),
      ...(exit_code !== undefined && { exitCode: exit_code }),
      ...(status && { status }),
      // What we wrote without a place has none: nothing was shown that stands anywhere.
      ...((record.observation_ref || !record.action_ref) && {
        place: within(place, 'observation', record.observation_ref),
      }),
    });
  }
}

/** Where the artifact behind the steps holds it, as far as we wrote that; else where it stands here. */
function within(place: SourceRef, key: string, recorded: RecordedRef | undefined): SourceRef {
  if (!recorded) return { ...place, pointer: `${place.pointer ?? ''}/${key}` };
  const { artifact, pointer, line, castEvents, bytes } = recorded;
  return {
    artifact,
    ...(pointer !== undefined && { pointer }),
    ...(line !== undefined && { line }),
    ...(castEvents && { castEvents }),
    ...(bytes && { bytes }),
  };
}

/** Null was not recorded. Some tools write an observation as an object. */
function readObservation(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return asString(value) ?? JSON.stringify(value);
}
