import { asArray, asBoolean, asObject, asString, at, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { CallFacts, ResultFacts } from '../../model/thread-builder.ts';
import { describeRequest } from '../openhands/describe-call.ts';
import { readShellResult } from '../openhands/read-shell-result.ts';
import { type ContentText, readContent } from '../shared/content-text.ts';
import { factsField, readOpenHandsFacts } from '../shared/file-facts.ts';
import { parseArguments } from '../shared/render-action.ts';

/** What the agent said with an answer: reasoning first, then its words. */
export function readThoughts(event: JsonObject): string[] {
  const message = asObject(event.llm_message);
  const blocks = asArray(event.thinking_blocks) ?? asArray(message?.thinking_blocks) ?? [];
  const item = asObject(event.responses_reasoning_item) ?? asObject(message?.responses_reasoning_item);
  const reasoning = [...(asArray(item?.summary) ?? []), ...(asArray(item?.content) ?? [])];
  return [
    ...blocks.map((block) => asString(at(block, 'thinking'))),
    asString(event.reasoning_content) ?? asString(message?.reasoning_content),
    ...reasoning.map((part) => asString(part) ?? asString(at(part, 'text'))),
    readContent(event.thought ?? message?.content).text,
  ].flatMap((text) => (text === undefined || text.trim() === '' ? [] : [text]));
}

/**
 * The arguments of a call: the executed action without its class name, and the model's own summary of it, which stands
 * beside the action. A call that did not validate has no action; then what the model wrote stands for it.
 */
export function readArguments(event: JsonObject): JsonObject | undefined {
  const action = asObject(event.action);
  if (!action)
    return parseArguments(
      at(event, 'tool_call', 'arguments') ?? at(event, 'tool_call', 'function', 'arguments'),
    );
  const { kind: _kind, ...args } = action;
  const summary = asString(event.summary);
  return summary === undefined || summary === '' || 'summary' in args ? args : { ...args, summary };
}

export function readCall(event: JsonObject, place: SourceRef): CallFacts {
  const tool = asString(event.tool_name) ?? asString(at(event, 'tool_call', 'name')) ?? 'unknown';
  const args = readArguments(event);
  const startedAt = toMillis(event.timestamp);
  return {
    tool,
    action: describeRequest(tool, args),
    ...(args && { args }),
    ...(startedAt !== undefined && { startedAt }),
    place,
  };
}

/** Text of an observation: content blocks, or the fields of older versions. */
function readText(observation: JsonObject): ContentText {
  const content = readContent(observation.content);
  if (content.text !== '' || content.images.length > 0) return content;
  for (const field of ['output', 'error', 'message']) {
    const value = observation[field];
    const text = asString(value) ?? (Array.isArray(value) ? readContent(value).text : undefined);
    if (text !== undefined && text !== '') return { text, images: [] };
  }
  return content;
}

export function readResult(event: JsonObject, args: unknown, place: SourceRef): ResultFacts {
  const observation = asObject(event.observation) ?? {};
  const { text, images } = readText(observation);
  const shell = readShellResult(observation);
  const endedAt = toMillis(event.timestamp);
  return {
    observation: text,
    ...(images.length > 0 && { images }),
    ...(observation.is_error !== true && factsField(readOpenHandsFacts(observation, args, place))),
    ...(shell.exitCode !== undefined && { exitCode: shell.exitCode }),
    status: readStatus(observation, shell.status),
    ...(shell.recordedCwd !== undefined && { recordedCwd: shell.recordedCwd }),
    ...(endedAt !== undefined && { endedAt }),
    place,
  };
}

function readStatus(observation: JsonObject, shell: StepStatus): StepStatus {
  if (shell !== 'unknown') return shell;
  const failed = asBoolean(observation.is_error);
  if (failed === true || (typeof observation.error === 'string' && observation.error !== '')) return 'error';
  // A command without an exit code still runs: that it is no error says nothing.
  const isCommand = Object.hasOwn(observation, 'exit_code') || Object.hasOwn(observation, 'metadata');
  return failed === false && !isCommand ? 'ok' : 'unknown';
}
