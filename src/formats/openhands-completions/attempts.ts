import type { Millis } from '../../model/ids.ts';
import type { Usage } from '../../model/usage.ts';
import type { LoggedCall } from './read-document.ts';
import { countSteps, type ViewMessage } from './view.ts';

/** What is kept of a call's file while its whole view, which holds all earlier ones, is let go. */
export interface CallRecord {
  readonly path: string;
  /** Calls in the view that are steps. */
  readonly shown: number;
  /** How many messages the view has. */
  readonly length: number;
  /** The view's last answer and what follows it: results, replies. Empty when there was no answer yet. */
  readonly tail: readonly ViewMessage[];
  readonly answer: readonly ViewMessage[];
  /** The user's messages of a view that has no answers yet. */
  readonly opening: string | undefined;
  readonly timestamp?: Millis;
  readonly usage?: Usage;
  readonly model?: string;
  readonly hasSystem: boolean;
  readonly hasTools: boolean;
}

export function summarizeCall(path: string, call: LoggedCall): CallRecord {
  const { view } = call;
  const lastAnswer = view.findLastIndex((message) => message.role === 'assistant');
  const fresh = !view.some((message) => message.role === 'assistant' || message.role === 'tool');
  const asked = view.filter((message) => message.role === 'user').map((message) => message.text);
  return {
    path,
    shown: countSteps(view),
    length: view.length,
    tail: lastAnswer < 0 ? [] : view.slice(lastAnswer + 1),
    answer: call.answer,
    opening: fresh ? asked.join('\n') : undefined,
    ...(call.timestamp !== undefined && { timestamp: call.timestamp }),
    ...(call.usage && { usage: call.usage }),
    ...(call.model !== undefined && { model: call.model }),
    hasSystem: call.hasSystem,
    hasTools: call.hasTools,
  };
}

export interface Attempt {
  readonly calls: readonly CallRecord[];
  /** Calls of helpers (the condenser, for one) that share the folder and are no turns of the agent. */
  readonly helpers: readonly CallRecord[];
}

/**
 * Attempts in one folder, from its calls in time order: one begins wherever the history starts anew, with no answer
 * in it. The same request sent again before any answer was used is the same attempt.
 */
export function splitAttempts(records: readonly CallRecord[]): readonly Attempt[] {
  const attempts: { calls: CallRecord[]; helpers: CallRecord[] }[] = [];
  const agentHasSystem = records.some((record) => record.hasSystem && record.hasTools);
  for (const record of records) {
    const current = attempts.at(-1);
    const isHelper = agentHasSystem && !record.hasSystem && !record.hasTools && record.opening !== undefined;
    if (current && isHelper) current.helpers.push(record);
    else if (current && !startsAnew(record, current.calls)) current.calls.push(record);
    else if (!isHelper) attempts.push({ calls: [record], helpers: [] });
  }
  return attempts;
}

function startsAnew({ opening }: CallRecord, attempt: readonly CallRecord[]): boolean {
  if (opening === undefined) return false;
  if (attempt.at(-1)?.opening === opening) return false;
  // A history that was condensed to its task and a summary has no answers either, but says more than the task.
  const first = attempt[0]?.opening;
  return first === undefined || !opening.startsWith(`${first}\n`);
}

/** The call whose view shows the most steps; the latest of them, since its results are the most complete. */
export function fullestView(attempt: readonly CallRecord[]): CallRecord | undefined {
  let best: CallRecord | undefined;
  for (const record of attempt) if (!best || record.shown >= best.shown) best = record;
  return best;
}
