import { asBoolean, asNumber, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { StepStatus } from '../../model/step.ts';
import type { Origin } from '../claude-code/record.ts';
import type { CallNote } from '../shared/call-notes.ts';
import { readContent } from '../shared/content-text.ts';
import { factsField, readPatchFacts } from '../shared/file-facts.ts';
import { renderAction } from '../shared/render-action.ts';
import { shellText } from './read-call.ts';
import { statusOfItem } from './read-output.ts';

/** Events that say how a call ended, by kind; the same facts stand in finished items of a turn under other names. */
const ENDINGS: Readonly<Record<string, (event: JsonObject) => Partial<CallNote>>> = {
  exec_command_end: endOfCommand,
  CommandExecution: endOfCommand,
  patch_apply_end: endOfPatch,
  FileChange: endOfPatch,
  mcp_tool_call_end: endOfMcpCall,
  McpToolCall: endOfMcpCall,
  dynamic_tool_call_response: endOfDynamicCall,
  web_search_end: endOfSearch,
  Extension: endOfSearch,
  WebSearch: endOfSearch,
  view_image_tool_call: () => ({}),
  image_generation_end: (event) => ({ status: statusOfItem(event) }),
  collab_agent_spawn_end: () => ({}),
  collab_agent_interaction_end: () => ({}),
  collab_waiting_end: () => ({}),
  collab_close_end: () => ({}),
};

/** What an event or a finished item says of the call that it belongs to; undefined when its kind says nothing of calls. */
export function readCallNote(
  kind: string,
  event: JsonObject,
  origin: Origin,
): { readonly id: string | undefined; readonly note: CallNote } | undefined {
  const read = Object.hasOwn(ENDINGS, kind) ? ENDINGS[kind] : undefined;
  if (!read) return undefined;
  const facts = read(event);
  const exitCode = facts.exitCode;
  const byCode: StepStatus | undefined = exitCode === undefined ? undefined : exitCode === 0 ? 'ok' : 'error';
  const status = facts.status ?? byCode;
  const id = asString(event.call_id) ?? asString(event.callId) ?? asString(event.id);
  return {
    id,
    note: {
      ...facts,
      ...(status !== undefined && { status }),
      ...(status === 'ok' && factsField(readPatchFacts(event.changes, origin.place))),
      ...(origin.time !== undefined && { endedAt: origin.time }),
      text: describe(kind, event, facts.rawOutput),
      place: origin.place,
    },
  };
}

function endOfCommand(event: JsonObject): Partial<CallNote> {
  const raw = asString(event.aggregated_output) ?? joined(event);
  const code = asNumber(event.exit_code);
  const declined = event.status === 'declined';
  return {
    ...(raw !== undefined && { rawOutput: raw }),
    ...(code !== undefined && code >= 0 && { exitCode: code }),
    ...(declined && { status: 'rejected' as const }),
  };
}

function joined(event: JsonObject): string | undefined {
  const parts = [asString(event.stdout), asString(event.stderr)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.filter((part) => part !== '').join('\n');
}

function endOfPatch(event: JsonObject): Partial<CallNote> {
  const raw = joined(event);
  const success =
    asBoolean(event.success) ?? (event.status === undefined ? undefined : event.status === 'completed');
  const status =
    event.status === 'declined' ? 'rejected' : success === undefined ? undefined : success ? 'ok' : 'error';
  return {
    ...(raw !== undefined && { rawOutput: raw }),
    ...(status !== undefined && { status }),
  };
}

function endOfMcpCall(event: JsonObject): Partial<CallNote> {
  const { result } = event;
  const failure = asString(at(result, 'Err')) ?? asString(at(event, 'error', 'message'));
  if (failure !== undefined) return { rawOutput: failure, status: 'error' };
  const ok = at(result, 'Ok') ?? result;
  const text = readContent(at(ok, 'content')).text;
  const failed = asBoolean(at(ok, 'isError')) === true || event.status === 'failed';
  return { rawOutput: text, status: failed ? 'error' : 'ok' };
}

function endOfDynamicCall(event: JsonObject): Partial<CallNote> {
  const failure = asString(event.error);
  const text = readContent(event.content_items).text;
  const failed = failure !== undefined || asBoolean(event.success) === false;
  return { rawOutput: failure ?? text, status: failed ? 'error' : 'ok' };
}

/** Pages that a search found: the only record of what the service showed the model. */
function endOfSearch(event: JsonObject): Partial<CallNote> {
  const results = Array.isArray(event.results) ? event.results : [];
  const pages = results.filter(isObject).map((page) => {
    const parts = [page.title, page.url, page.snippet].map(asString);
    return parts.filter((part) => part !== undefined && part !== '').join('\n');
  });
  return pages.length === 0 ? {} : { rawOutput: pages.join('\n\n') };
}

/** An event as text: what ran, and what came of it. */
function describe(kind: string, event: JsonObject, output: string | undefined): string {
  const asked =
    shellText(event.command) ?? asString(event.query) ?? asString(event.path) ?? asString(event.prompt);
  const tool = asString(at(event, 'invocation', 'tool')) ?? asString(event.tool);
  const args = at(event, 'invocation', 'arguments') ?? event.arguments ?? event.changes;
  const call = tool === undefined ? asked : renderAction(tool, args);
  return [kind, call ?? (args === undefined ? undefined : renderAction('', args).trimStart()), output]
    .filter((part) => part !== undefined && part !== '')
    .join('\n');
}
