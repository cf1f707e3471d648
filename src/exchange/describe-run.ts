import { hashText } from '../base/hash.ts';
import type { MessageNote, ThreadNote } from '../model/exchange-note.ts';
import type { Branch, Message, Run } from '../model/run.ts';
import { buildTimeline } from '../model/timeline.ts';
import type { Usage } from '../model/usage.ts';
import { branchThread, findTaskMessage, mainThread, orderBranches } from './plan-thread.ts';

/** What an export notes of the run as a whole. */
export function noteRun(run: Run): ThreadNote {
  const { agent, model, task, initialCwd, startedAt, endedAt } = run;
  const isMessage = findTaskMessage(run) !== undefined;
  return {
    version: 1,
    ...(agent && { name: agent.name }),
    ...(agent?.version !== undefined && { agentVersion: agent.version }),
    ...(model !== undefined && { model }),
    ...(initialCwd !== undefined && { initialCwd }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(task?.id !== undefined && { taskId: task.id }),
    ...(task?.text !== undefined && !isMessage && { taskText: task.text }),
  };
}

/** The same order of fields, whoever recorded them. */
export function noteUsage(usage: Usage): NonNullable<ThreadNote['usage']> {
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens, costUsd } = usage;
  return { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens, costUsd };
}

export function noteBranch({ name, prompt }: Branch): ThreadNote {
  return { version: 1, ...(name !== undefined && { name }), ...(prompt !== undefined && { prompt }) };
}

export function noteMessage(message: Message, task: Message | undefined): MessageNote {
  return { role: message.role, kind: message.kind, ...(message === task && { task: true as const }) };
}

/**
 * 32 hexadecimal digits that follow from what was done, said and shown: equal runs get equal names wherever they lie.
 * Only what every conversation holds goes in, so that a run which came back has its name again.
 */
export function contentName(run: Run): string {
  let first = 0;
  let second = 1;
  for (const text of listContent(run)) {
    first = hashText(text, first);
    second = hashText(text, second);
  }
  const name = first.toString(16).padStart(16, '0') + second.toString(16).padStart(16, '0');
  // A name of zeros alone is no name of a trace.
  return /^0+$/.test(name) ? '1'.padStart(32, '0') : name;
}

function* listContent(run: Run): Generator<string> {
  yield [run.task?.id ?? '', run.task?.text ?? '', run.model ?? '', run.startedAt ?? ''].join(SEPARATOR);
  for (const { id, tool, action, observation, thought } of buildTimeline(run)) {
    yield [id, tool, action, observation ?? '', thought ?? ''].join(SEPARATOR);
  }
  for (const thread of [mainThread(run), ...orderBranches(run).map(branchThread)]) {
    for (const { role, text } of thread.messages) yield [role, text].join(SEPARATOR);
    yield* thread.finalTexts;
  }
}

const SEPARATOR = '\u0000';
