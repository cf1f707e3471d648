import type { StepId } from '../model/ids.ts';
import type { Branch, Message, Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';

/** A thread of a run, as the exporters write it: a message, an answer of the model with its calls, or its last words. */
export type PlanItem =
  | { readonly kind: 'message'; readonly message: Message }
  | {
      readonly kind: 'turn';
      /** Goes on with the turn of the item before: a call of it has a thought of its own, or a message stands between. */
      readonly sameTurn: boolean;
      readonly steps: readonly [Step, ...Step[]];
    }
  | { readonly kind: 'final'; readonly text: string };

/** A sub-agent's thread, or the main agent's. */
export type Thread = Pick<Run, 'steps' | 'messages'> & { readonly finalTexts: readonly string[] };

export function mainThread({ steps, messages, finalMessage }: Run): Thread {
  const parts = finalMessage?.parts ?? (finalMessage ? [finalMessage] : []);
  return { steps, messages, finalTexts: parts.map(({ text }) => text) };
}

export function branchThread({ steps, messages = [], finalMessage }: Branch): Thread {
  return { steps, messages, finalTexts: finalMessage === undefined ? [] : [finalMessage] };
}

/** What a thread holds, in order. */
export function* planThread({ steps, messages, finalTexts }: Thread): Generator<PlanItem> {
  const before = new Map<StepId | undefined, Message[]>();
  const own = new Set(steps.map(({ id }) => id));
  for (const message of messages) {
    const at = message.before !== undefined && own.has(message.before) ? message.before : undefined;
    const list = before.get(at);
    if (list) list.push(message);
    else before.set(at, [message]);
  }
  let group: [Step, ...Step[]] | undefined;
  let lastTurn: number | undefined;
  const flush = (): PlanItem[] => {
    if (!group) return [];
    const item: PlanItem = { kind: 'turn', sameTurn: group[0].turn === lastTurn, steps: group };
    lastTurn = group[0].turn;
    group = undefined;
    return [item];
  };
  for (const step of steps) {
    const said = before.get(step.id) ?? [];
    if (group && step.turn === group[0].turn && said.length === 0 && step.thought === undefined) {
      group.push(step);
      continue;
    }
    yield* flush();
    for (const message of said) yield { kind: 'message', message };
    group = [step];
  }
  yield* flush();
  for (const message of before.get(undefined) ?? []) yield { kind: 'message', message };
  for (const text of finalTexts) yield { kind: 'final', text };
}

/**
 * Branches in the order in which a reader meets the calls that started them: those of the main agent, then those of
 * the sub-agents, level by level; then orphans with what is below them.
 */
export function orderBranches({ steps, branches }: Pick<Run, 'steps' | 'branches'>): Branch[] {
  const byParent = new Map<StepId | undefined, Branch[]>();
  for (const branch of branches) {
    const list = byParent.get(branch.parent);
    if (list) list.push(branch);
    else byParent.set(branch.parent, [branch]);
  }
  const ordered: Branch[] = [];
  const below = (from: readonly Step[]): Branch[] => from.flatMap(({ id }) => byParent.get(id) ?? []);
  const walk = (start: readonly Branch[]): void => {
    const queue = [...start];
    for (const branch of queue) {
      ordered.push(branch);
      for (const child of below(branch.steps)) queue.push(child);
    }
  };
  walk(below(steps));
  for (const orphan of byParent.get(undefined) ?? []) walk([orphan]);
  return ordered;
}

/** The message that is the task, where one is. */
export function findTaskMessage({ task, messages }: Run): Message | undefined {
  return task?.text === undefined ? undefined : messages.find(({ text }) => text === task.text);
}
