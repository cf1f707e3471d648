import { hashText } from '../base/hash.ts';
import type { MessageNote, ThreadNote } from '../model/exchange-note.ts';
import type { Branch, Message, Run } from '../model/run.ts';
import { buildTimeline } from '../model/timeline.ts';
import { findTaskMessage } from './plan-thread.ts';

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

export function noteBranch({ name, prompt }: Branch): ThreadNote {
  return { version: 1, ...(name !== undefined && { name }), ...(prompt !== undefined && { prompt }) };
}

export function noteMessage(message: Message, task: Message | undefined): MessageNote {
  return { role: message.role, kind: message.kind, ...(message === task && { task: true as const }) };
}

/** 32 hexadecimal digits that follow from what was done and shown: equal runs get equal names wherever they lie. */
export function contentName(run: Run): string {
  let first = 0;
  let second = 1;
  for (const { id, tool, action, observation, thought } of buildTimeline(run)) {
    const text = [id, tool, action, observation ?? '', thought ?? ''].join('\u0000');
    first = hashText(text, first);
    second = hashText(text, second);
  }
  const name = first.toString(16).padStart(16, '0') + second.toString(16).padStart(16, '0');
  // A name of zeros alone is no name of a trace.
  return /^0+$/.test(name) ? '1'.padStart(32, '0') : name;
}
