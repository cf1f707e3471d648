import { z } from 'zod';
import { asArray, asString, at, isObject, type JsonObject, pointer } from '../../base/json.ts';
import type { Millis } from '../../model/ids.ts';
import { toMillis } from '../../model/ids.ts';
import type { Usage } from '../../model/usage.ts';
import { readUsage } from '../shared/read-usage.ts';
import { readMessage, readView, type ViewMessage } from './view.ts';

/** What stands around the messages of a logged call. Wrong types read as absent. */
const envelope = z.looseObject({
  timestamp: z.union([z.number(), z.string()]).optional().catch(undefined),
  cost: z.number().nullish().catch(undefined),
});

/** One call of the model: the view that it was given and its answer. */
export interface LoggedCall {
  /** The history as the model was shown it; grows from call to call, until it is condensed. */
  readonly view: readonly ViewMessage[];
  /** What the model answered; several items where the interface splits text, reasoning and calls. */
  readonly answer: readonly ViewMessage[];
  readonly timestamp?: Millis;
  readonly usage?: Usage;
  readonly model?: string;
  /** Whether the call offered tools: the condenser's and other helpers' calls do not. */
  readonly hasTools: boolean;
  readonly hasSystem: boolean;
}

/** Lists of messages, the best form first: with structured calls rather than with calls as text. */
const VIEWS = ['fncall_messages', 'raw_messages', 'messages', 'input'] as const;

/** A logged call; undefined for any other document. */
export function readLoggedCall(document: unknown): LoggedCall | undefined {
  if (!isObject(document)) return undefined;
  const key = VIEWS.find((name) => (asArray(document[name]) ?? []).some(isObject));
  if (key === undefined || !Object.hasOwn(document, 'response')) return undefined;
  const { data } = envelope.safeParse(document);
  const timestamp = toMillis(data?.timestamp);
  const cost = data?.cost ?? undefined;
  const recorded = readUsage(at(document, 'response', 'usage'));
  const usage = cost !== undefined && cost > 0 ? { ...recorded, costUsd: cost } : recorded;
  const model = asString(at(document, 'response', 'model'));
  const tools = asArray(document.tools) ?? asArray(at(document, 'kwargs', 'tools'));
  const view = [...readInstructions(document), ...readView(asArray(document[key]) ?? [], key)];
  return {
    view,
    answer: readAnswer(document),
    ...(timestamp !== undefined && { timestamp }),
    ...(usage && { usage }),
    ...(model !== undefined && { model }),
    hasTools: (tools ?? []).length > 0,
    hasSystem: view.some((message) => message.role === 'system'),
  };
}

/** The responses interface keeps the system prompt beside the items. */
function readInstructions(document: JsonObject): ViewMessage[] {
  const text = asString(document.instructions);
  if (text === undefined || text === '') return [];
  return [readMessage({ role: 'system', content: text }, pointer('instructions'))];
}

function readAnswer(document: JsonObject): ViewMessage[] {
  for (const key of ['fncall_response', 'response', 'raw_response']) {
    const message = at(document, key, 'choices', 0, 'message');
    if (!isObject(message) || (message.content === undefined && message.tool_calls === undefined)) continue;
    const answer = readMessage({ ...message, role: 'assistant' }, pointer(key, 'choices', 0, 'message'));
    // Some versions wrote the structured calls as `{}`; the raw answer has them as text.
    if (answer.calls.length > 0 || !lostCalls(message) || key === 'raw_response') return [answer];
    const raw = at(document, 'raw_response', 'choices', 0, 'message');
    if (!isObject(raw)) return [answer];
  }
  return readView(asArray(at(document, 'response', 'output')) ?? [], 'response', 'output').filter(
    (item) => item.role === 'assistant',
  );
}

function lostCalls(message: JsonObject): boolean {
  return (asArray(message.tool_calls) ?? []).length > 0;
}
