import type { JsonObject } from '../base/json.ts';
import { exportedArguments, NOTE_KEY, noteStep, type ThreadNote } from '../model/exchange-note.ts';
import type { StepId } from '../model/ids.ts';
import type { Branch, Message, Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Usage } from '../model/usage.ts';
import { contentName, noteBranch, noteMessage, noteRun } from './describe-run.ts';
import { ATIF_VERSION, type Exported } from './exported.ts';
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

const YEAR_0 = -62_167_219_200_000;
const YEAR_10_000 = 253_402_300_800_000;

/**
 * A run as an ATIF trajectory: a step per answer of the model with its calls and their results, a step per message,
 * sub-agents as embedded trajectories. What the format has no field for stands in `extra.codetracer`.
 */
export function exportAtif(run: Run): Exported {
  return { target: 'atif', parts: renderTrajectory(run), losses: findLosses(run, 'atif') };
}

/** A sub-agent's trajectory inside the one of the agent that started it. */
interface Embedded {
  readonly branch: Branch;
  /** Unlike any other in the document. */
  readonly name: string;
}

/** The embedded trajectories by the step that started them; those that no step started under none. */
type Embeddings = ReadonlyMap<StepId | undefined, readonly Embedded[]>;

function embedBranches(run: Run): Embeddings {
  const byParent = new Map<StepId | undefined, Embedded[]>();
  for (const [index, branch] of orderBranches(run).entries()) {
    const list = byParent.get(branch.parent);
    const embedded = { branch, name: `sub-agent-${index + 1}` };
    if (list) list.push(embedded);
    else byParent.set(branch.parent, [embedded]);
  }
  return byParent;
}

function* renderTrajectory(run: Run): Generator<string> {
  const all = embedBranches(run);
  const head = headOf(
    noteRun(run),
    { session_id: contentName(run) },
    run.agent?.name ?? 'unknown',
    run.model,
  );
  yield `${head},\n"steps":[`;
  yield* writeItems(renderSteps(mainThread(run), all, findTaskMessage(run)));
  yield ']';
  const metrics = finalMetrics(run.usage);
  if (metrics) yield `,\n"final_metrics":${JSON.stringify(metrics)}`;
  yield* renderEmbedded([...embeddedIn(run.steps, all), ...(all.get(undefined) ?? [])], all);
  yield '}\n';
}

function embeddedIn(steps: readonly Step[], all: Embeddings): readonly Embedded[] {
  return steps.flatMap(({ id }) => all.get(id) ?? []);
}

/** Each in the trajectory that started it, where references are looked up; a stack, since they may nest to any depth. */
function* renderEmbedded(top: readonly Embedded[], all: Embeddings): Generator<string> {
  const open = [{ list: top, next: 0 }];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const item = level.list[level.next];
    if (!item) {
      open.pop();
      if (level.list.length > 0) yield ']';
      if (open.length > 0) yield '}';
      continue;
    }
    yield level.next === 0 ? ',\n"subagent_trajectories":[\n' : ',\n';
    level.next++;
    yield* renderBranch(item, all);
    open.push({ list: embeddedIn(item.branch.steps, all), next: 0 });
  }
}

/** A sub-agent's trajectory, still open. */
function* renderBranch({ branch, name }: Embedded, all: Embeddings): Generator<string> {
  yield `${headOf(noteBranch(branch), { trajectory_id: name }, branch.name ?? 'sub-agent')},\n"steps":[`;
  yield* writeItems(renderSteps(branchThread(branch), all, undefined));
  yield ']';
}

/** The members of a trajectory before its steps, still open. */
function headOf(note: ThreadNote, ids: JsonObject, name: string, model?: string): string {
  const agent = {
    name,
    version: note.agentVersion ?? 'unknown',
    ...(model !== undefined && { model_name: model }),
  };
  const head = { schema_version: ATIF_VERSION, ...ids, agent, extra: { [NOTE_KEY]: note } };
  return JSON.stringify(head).slice(0, -1);
}

function* renderSteps(thread: Thread, all: Embeddings, task: Message | undefined): Generator<JsonObject> {
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
    } else yield { step_id, ...renderTurn(item.steps, item.sameTurn, all) };
  }
  // A trajectory without any step is none by the rules.
  if (number === 0)
    yield { step_id: 1, source: 'system', message: '', extra: { [NOTE_KEY]: { empty: true } } };
}

function sourceOf({ role }: Message): string {
  return role === 'user' ? 'user' : role === 'assistant' ? 'agent' : 'system';
}

function renderTurn(steps: readonly [Step, ...Step[]], sameTurn: boolean, all: Embeddings): JsonObject {
  const [first] = steps;
  const metrics = stepMetrics(first.usage);
  const results = steps.flatMap((step) => renderResult(step, all.get(step.id)));
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

function renderResult(step: Step, branches: readonly Embedded[] | undefined): JsonObject[] {
  if (step.observation === undefined && !branches) return [];
  return [
    {
      source_call_id: callId(step),
      ...(step.observation !== undefined && { content: step.observation }),
      ...(branches && { subagent_trajectory_ref: branches.map(({ name }) => ({ trajectory_id: name })) }),
    },
  ];
}

function callId({ id }: Step): string {
  return `call-${id}`;
}

/** Times that ISO 8601 has no four-digit year for are left to the note. */
function isoTime(millis: number): string | undefined {
  return millis >= YEAR_0 && millis < YEAR_10_000 ? new Date(millis).toISOString() : undefined;
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
