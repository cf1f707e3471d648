import { asNumber, asObject, asString, isObject, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { CallFacts, ResultFacts } from '../../model/thread-builder.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';
import type { Attachments } from './attachments.ts';
import { readContent } from './content.ts';

/** Tools whose action is one text that runs as it stands; the argument's name depends on who wrote the tool. */
const VERBATIM =
  /^(?:bash|shell|sh|python|ipython|execute_bash|execute_python|run|exec)(?:_session|_tool)?$/i;
const VERBATIM_ARGUMENTS = ['cmd', 'command', 'code'];

/** A call as the model wrote it, or as a tool event repeats it: both have `function` and `arguments`. */
export function readCall(call: JsonObject, attachments: Attachments, place: SourceRef): CallFacts {
  const tool = asString(call.function) ?? asString(call.name) ?? 'unknown';
  const args = parseArguments(attachments.resolve(call.arguments));
  const startedAt = toMillis(call.timestamp);
  return {
    tool,
    action: describeAction(tool, args),
    ...(args && { args }),
    ...(startedAt !== undefined && { startedAt }),
    place,
  };
}

function describeAction(tool: string, args: JsonObject | undefined): string {
  if (args && VERBATIM.test(tool)) {
    const keys = Object.keys(args).filter((key) => VERBATIM_ARGUMENTS.includes(key));
    const text = keys.length === 1 ? asString(args[keys[0] ?? '']) : undefined;
    if (text !== undefined) return text;
  }
  return renderAction(tool, args);
}

/** What a tool event says of the execution; undefined while it waits for it. */
export function readToolEvent(
  event: JsonObject,
  attachments: Attachments,
  place: SourceRef,
): ResultFacts | undefined {
  if (event.pending === true) return undefined;
  const shown = readShown(event.result, event.error, attachments);
  const endedAt = toMillis(event.completed);
  const failed = event.failed === true;
  return { ...shown, ...(failed && { status: 'error' }), ...(endedAt !== undefined && { endedAt }), place };
}

/** What the model is shown of a result: its content, and the error's message where there is one. */
export function readShown(result: unknown, error: unknown, attachments: Attachments): ResultFacts {
  const value = typeof result === 'number' || typeof result === 'boolean' ? String(result) : result;
  const { text, images } = readContent(value, attachments);
  const message = isObject(error) ? asString(error.message) : undefined;
  const texts = [text, message === undefined ? '' : attachments.text(message)].filter((part) => part !== '');
  return {
    observation: texts.join('\n'),
    ...(images.length > 0 && { images }),
    status: readStatus(error),
  };
}

function readStatus(error: unknown): StepStatus {
  if (!isObject(error)) return 'ok';
  if (error.type === 'timeout') return 'timeout';
  return error.type === 'approval' ? 'rejected' : 'error';
}

/** A call that the model's service ran by itself; its result stands in the same block. */
export function readServed(
  block: JsonObject,
  attachments: Attachments,
  place: SourceRef,
): { readonly call: CallFacts; readonly result: ResultFacts } {
  const call = readCall({ ...block, function: block.name ?? block.tool_type }, attachments, place);
  const error = asString(block.error);
  const shown = readShown(block.result, error === undefined ? undefined : { message: error }, attachments);
  return { call, result: { ...shown, place } };
}

/** A command that a tool ran in the sandbox. */
export interface SandboxRun {
  readonly exitCode: number | undefined;
  readonly output: string;
}

export function readSandboxRun(event: JsonObject, attachments: Attachments): SandboxRun | undefined {
  if (event.action !== 'exec') return undefined;
  const output = attachments.text(asString(event.output) ?? '');
  return { exitCode: asNumber(event.result), output };
}

/** A result with what the sandbox knows of it: the exit code of the one command that the tool ran. */
export function withSandbox(result: ResultFacts, runs: readonly SandboxRun[]): ResultFacts {
  const [run] = runs;
  if (!run || runs.length > 1) return result;
  const { exitCode, output } = run;
  const isKept = output.trim() === '' || (result.observation ?? '').includes(output.trim());
  const status = result.status === 'ok' && exitCode !== undefined && exitCode !== 0 ? 'error' : result.status;
  return {
    ...result,
    ...(!isKept && { rawOutput: output }),
    ...(exitCode !== undefined && { exitCode }),
    ...(status && { status }),
  };
}

/** The message of a model event's answer. */
export function answerOf(event: JsonObject): JsonObject | undefined {
  const choices = asObject(event.output)?.choices;
  return Array.isArray(choices) ? asObject(asObject(choices[0])?.message) : undefined;
}
