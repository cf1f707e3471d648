import { asArray, asObject, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { CallFacts } from '../../model/thread-builder.ts';
import { cleanArguments, describeCall } from '../openhands/describe-call.ts';
import { readContent } from '../shared/content-text.ts';
import { parseArguments } from '../shared/render-action.ts';

/** Fields of an event that are not its arguments, for the oldest events, which have no `args`. */
const ENVELOPE = new Set(['id', 'timestamp', 'source', 'message', 'action', 'cause', 'timeout']);

export function argsOf(event: JsonObject): JsonObject {
  const args = asObject(event.args);
  if (args) return args;
  return Object.fromEntries(Object.entries(event).filter(([key]) => !ENVELOPE.has(key)));
}

/** The model's answer that an action came from; several actions of one answer share its id. */
export function responseOf(event: JsonObject): JsonObject | undefined {
  return asObject(at(event, 'tool_call_metadata', 'model_response'));
}

export function responseMessage(event: JsonObject): unknown {
  return at(responseOf(event), 'choices', 0, 'message');
}

/** What the model itself said before an action, beside the arguments: reasoning and content. */
export function responseTexts(event: JsonObject): (string | undefined)[] {
  const message = responseMessage(event);
  const blocks = asArray(at(message, 'thinking_blocks')) ?? [];
  return [
    ...blocks.map((block) => asString(at(block, 'thinking'))),
    asString(at(message, 'reasoning_content')),
    readContent(at(message, 'content')).text,
  ];
}

/** The arguments that the model wrote for this very call. */
function requestedArguments(event: JsonObject): JsonObject | undefined {
  const id = at(event, 'tool_call_metadata', 'tool_call_id');
  const calls = asArray(at(responseMessage(event), 'tool_calls')) ?? [];
  const own =
    calls.find((call) => isObject(call) && call.id === id) ?? (calls.length === 1 ? calls[0] : undefined);
  return parseArguments(at(own, 'function', 'arguments'));
}

/** Actions whose event keeps less than the call did: the file's text stands only in the call, or under new names. */
const BY_REQUEST = new Set(['read', 'edit', 'write']);

/** A call of the event stream. The tool has the model's name for it (`execute_bash`), else the action's (`run`). */
export function readAction(event: JsonObject, action: string, place: SourceRef): CallFacts {
  const own = argsOf(event);
  const mcp = action === 'mcp' || action === 'call_tool_mcp';
  const tool =
    asString(at(event, 'tool_call_metadata', 'function_name')) ??
    (mcp ? asString(own.name) : undefined) ??
    action;
  const requested = BY_REQUEST.has(action) ? requestedArguments(event) : undefined;
  const executed =
    action === 'think' ? { thought: own.thought } : cleanArguments(mcp ? mcpArguments(own) : own);
  const args = requested && !Object.hasOwn(requested, 'raw') ? cleanArguments(requested) : executed;
  const startedAt = toMillis(event.timestamp);
  return {
    tool,
    action:
      action === 'run' || action === 'run_ipython' ? describeCall(action, own) : describeCall(tool, args),
    args,
    ...(startedAt !== undefined && { startedAt }),
    place,
  };
}

function mcpArguments(own: JsonObject): JsonObject {
  return asObject(own.arguments) ?? own;
}
