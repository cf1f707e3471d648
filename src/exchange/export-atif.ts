import type { JsonObject } from '../base/json.ts';
import { exportedArguments, NOTE_KEY, noteStep, type ThreadNote } from '../model/exchange-note.ts';
import type { StepId } from '../model/ids.ts';
import type { Branch, Message, Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Usage } from '../model/usage.ts';
import { contentName, noteBranch, noteMessage, noteRun } from './describe-run.ts';
import type { Exported } from './exported.ts';
import { findLosses } from './find-losses.ts';
import {
  branchThread,
  findTaskMessage,
  mainThread,
  orderBranches,
  planThread,
  type Thread,
} from './plan-thread.ts';
import { writeItems } from './write-json.ts';

const VERSION = 'ATIF-v1.7';

/**
 * A run as an ATIF trajectory: a step per answer of the model with its calls and their results, a step per message,
 * sub-agents as embedded trajectories. What the format has no field for stands in `extra.codetracer`.
 */
export function exportAtif(run: Run): Exported {
  return { target: 'atif', parts: renderTrajectory(run), losses: findLosses(run, 'atif') };
}

/** Names of the embedded trajectories by the step that started them. */
type Names = ReadonlyMap<StepId | undefined, readonly string[]>;

function* renderTrajectory(run: Run): Generator<string> {
  const branches = orderBranches(run).map((branch, index) => ({ branch, name: `sub-agent-${index + 1}` }));
  const names = new Map<StepId | undefined, string[]>();
  for (const { branch, name } of branches)
    names.set(branch.parent, [...(names.get(branch.parent) ?? []), name]);
  const head = headOf(
    noteRun(run),
    { session_id: contentName(run) },
    run.agent?.name ?? 'unknown',
    run.model,
  );
  yield `${head},\n"steps":[`;
  yield* writeItems(renderSteps(mainThread(run), names, findTaskMessage(run)));
  yield ']';
  const metrics = finalMetrics(run.usage);
  if (metrics) yield `,\n"final_metrics":${JSON.stringify(metrics)}`;
  if (branches.length > 0) {
    yield ',\n"subagent_trajectories":[';
    for (const [index, { branch, name }] of branches.entries()) {
      yield* renderBranch(branch, name, names, index === 0 ? '\n' : ',\n');
    }
    yield ']';
  }
  yield '}\n';
}

function* renderBranch(branch: Branch, name: string, names: Names, separator: string): Generator<string> {
  yield `${separator}${headOf(noteBranch(branch), { trajectory_id: name }, branch.name ?? 'sub-agent')},\n"steps":[`;
  yield* writeItems(renderSteps(branchThread(branch), names, undefined));
  yield ']}';
}

/** The members of a trajectory before its steps, still open. */
function headOf(note: ThreadNote, ids: JsonObject, name: string, model?: string): string {
  const agent = {
    name,
    version: note.agentVersion ?? 'unknown',
    ...(model !== undefined && { model_name: model }),
  };
  const head = { schema_version: VERSION, ...ids, agent, extra: { [NOTE_KEY]: note } };
  return JSON.stringify(head).slice(0, -1);
}

function* renderSteps(thread: Thread, names: Names, task: Message | undefined): Generator<JsonObject> {
  let number = 0;
  for (const item of planThread(thread)) {
    const step_id = ++number;
    if (item.kind === 'message') {
      const { message } = item;
      const note = { message: noteMessage(message, task) };
      yield { step_id, source: sourceOf(message), message: message.text, extra: { [NOTE_KEY]: note } };
    } else if (item.kind === 'final') {
      yield {
        step_id,
        source: 'agent',
        message: item.text,
        extra: { [NOTE_KEY]: { turn: { final: true } } },
      };
    } else yield { step_id, ...renderTurn(item.steps, item.sameTurn, names) };
  }
}

function sourceOf({ role }: Message): string {
  return role === 'user' ? 'user' : role === 'assistant' ? 'agent' : 'system';
}

function renderTurn(steps: readonly [Step, ...Step[]], sameTurn: boolean, names: Names): JsonObject {
  const [first] = steps;
  const metrics = stepMetrics(first.usage);
  const results = steps.flatMap((step) => renderResult(step, names.get(step.id)));
  return {
    source: 'agent',
    ...(first.startedAt !== undefined && { timestamp: isoTime(first.startedAt) }),
    message: first.thought ?? '',
    tool_calls: steps.map((step) => ({
      tool_call_id: callId(step),
      function_name: step.tool,
      arguments: exportedArguments(step),
    })),
    ...(results.length > 0 && { observation: { results } }),
    ...(metrics && { metrics }),
    extra: { [NOTE_KEY]: { turn: sameTurn ? { sameTurn } : {}, calls: steps.map(noteStep) } },
  };
}

function renderResult(step: Step, branches: readonly string[] | undefined): JsonObject[] {
  if (step.observation === undefined && !branches) return [];
  return [
    {
      source_call_id: callId(step),
      ...(step.observation !== undefined && { content: step.observation }),
      ...(branches && { subagent_trajectory_ref: branches.map((trajectory_id) => ({ trajectory_id })) }),
    },
  ];
}

function callId({ id }: Step): string {
  return `call-${id}`;
}

/** Times outside of what dates can say are left to the note. */
function isoTime(millis: number): string | undefined {
  return Math.abs(millis) <= 8.64e15 ? new Date(millis).toISOString() : undefined;
}

function stepMetrics(usage: Usage | undefined): JsonObject | undefined {
  if (!usage) return undefined;
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens, costUsd } = usage;
  const extra = { cache_creation_input_tokens: cacheWriteTokens, reasoning_tokens: reasoningTokens };
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    cached_tokens: cachedInputTokens,
    cost_usd: costUsd,
    ...((cacheWriteTokens ?? reasoningTokens) !== undefined && { extra }),
  };
}

function finalMetrics(usage: Usage | undefined): JsonObject | undefined {
  if (!usage) return undefined;
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens, costUsd } = usage;
  const extra = {
    total_cache_creation_input_tokens: cacheWriteTokens,
    total_reasoning_tokens: reasoningTokens,
  };
  return {
    total_prompt_tokens: inputTokens,
    total_completion_tokens: outputTokens,
    total_cached_tokens: cachedInputTokens,
    total_cost_usd: costUsd,
    ...((cacheWriteTokens ?? reasoningTokens) !== undefined && { extra }),
  };
}
