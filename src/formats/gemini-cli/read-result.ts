import { asArray, asObject, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { renderAction } from '../shared/render-action.ts';

type Facts = Pick<ResultFacts, 'observation' | 'rawOutput' | 'images' | 'exitCode' | 'status'>;

/** Words with which a call says that the user did not let it run. */
const REFUSED =
  /^\[Operation Cancelled\] Reason: User (?:did not allow|denied)|User (?:denied|rejected|declined)/i;
const CANCELLED = /^\[Operation Cancelled\]|^(?:User|Tool call) cancelled/i;
/** The shell tool's report: a line each for exit code, signal, background processes. Some files write `\n` in letters. */
const EXIT_CODE = /(?:\n|\\n|^)Exit Code: (-?\d{1,10})(?=\n|\\n|$)/g;

/** The parts of a `functionResponse`: what the agent was shown, and whether the tool failed. */
export function readResponse(response: unknown, shell: boolean): Facts {
  const failure = asString(at(response, 'error'));
  const shown = failure ?? textOf(response);
  if (shown === undefined) return { status: 'unknown' };
  const exitCode = shell ? exitCodeOf(shown) : undefined;
  return {
    observation: shown,
    ...(exitCode !== undefined && { exitCode }),
    status: statusOf(shown, failure !== undefined, exitCode),
  };
}

function statusOf(shown: string, failed: boolean, exitCode: number | undefined): StepStatus {
  const head = shown.slice(0, 300);
  if (REFUSED.test(head)) return 'rejected';
  if (CANCELLED.test(head)) return 'interrupted';
  if (/^(?:Error: )?Command timed out after/.test(head)) return 'timeout';
  if (failed) return 'error';
  if (exitCode !== undefined && exitCode !== 0) return 'error';
  return 'ok';
}

function exitCodeOf(text: string): number | undefined {
  // The report stands at the end, below what the command printed.
  let code: number | undefined;
  for (const match of text.slice(-600).matchAll(EXIT_CODE)) code = Number(match[1]);
  return code;
}

/** A response is an object whose `output` is the text; other tools put theirs under names of their own. */
function textOf(response: unknown): string | undefined {
  if (typeof response === 'string') return response;
  const fields = asObject(response);
  if (!fields || Object.keys(fields).length === 0) return undefined;
  const text = asString(fields.output) ?? asString(fields.content) ?? asString(fields.result);
  return text ?? renderAction('', fields).trimStart();
}

/** The result of a recorded call: what the model got, else what the screen showed. */
export function readCallResult(call: JsonObject, shell: boolean): Facts | undefined {
  const responses = partsOf(call.result)
    .map((part) => asObject(part.functionResponse))
    .filter((response) => response !== undefined);
  const images = partsOf(call.result).flatMap(imageOf);
  const own = responses.map((response) => readResponse(response.response, shell));
  const texts = own.flatMap(({ observation }) => observation ?? []);
  const display = asString(call.resultDisplay);
  const failure = asString(call.error);
  const observation = texts.length > 0 ? texts.join('\n') : (failure ?? display);
  const status = statusOfCall(call, own);
  if (observation === undefined && (status === undefined || status === 'unknown')) return undefined;
  // The record's own error may say more than what the model was told.
  const isLonger = failure !== undefined && observation !== undefined && failure.length > observation.length;
  const exitCode = own.find((facts) => facts.exitCode !== undefined)?.exitCode;
  return {
    ...(observation !== undefined && { observation }),
    ...(isLonger && { rawOutput: failure }),
    ...(images.length > 0 && { images }),
    ...(exitCode !== undefined && { exitCode }),
    status: status ?? 'unknown',
  };
}

/** The recorded status says whether the tool worked; whether the command did stands in its report. */
function statusOfCall(call: JsonObject, own: readonly Facts[]): StepStatus | undefined {
  const told = own.find(({ status }) => status !== 'ok' && status !== 'unknown')?.status;
  switch (call.status) {
    case 'success':
      return told ?? 'ok';
    case 'error':
      return told ?? 'error';
    case 'cancelled':
      return told === 'rejected' ? told : 'interrupted';
    default:
      return told ?? own[0]?.status;
  }
}

/** A content's parts: a list, one part, or plain text. */
export function partsOf(value: unknown): readonly JsonObject[] {
  if (typeof value === 'string') return value === '' ? [] : [{ text: value }];
  if (isObject(value)) return [value];
  return (asArray(value) ?? []).map((part) =>
    typeof part === 'string' ? { text: part } : (asObject(part) ?? {}),
  );
}

/** What an image or another file in a part is called: its place, or its type where the data stand inline. */
export function imageOf(part: JsonObject): string[] {
  const inline = asString(at(part, 'inlineData', 'mimeType'));
  const uri = asString(at(part, 'fileData', 'fileUri'));
  return [uri, inline && `inline ${inline}`].filter(
    (image) => image !== undefined && image !== '',
  ) as string[];
}
