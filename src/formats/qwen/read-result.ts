import { asArray, asObject, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';

/** Texts of a call that the user or an abort stopped. */
const DECLINED = /did not allow|declined|rejected by (?:the )?user/i;

/**
 * Facts of a function's response. `outcome` is the copy for the screen beside it (`toolCallResult`): it says how the call
 * ended, and may hold more of the output than the model was given.
 */
export function readResult(
  tool: string,
  response: JsonObject | undefined,
  outcome: JsonObject | undefined,
): ResultFacts {
  const shown = readResponse(response?.response);
  const display = asString(outcome?.resultDisplay);
  const observation = shown ?? display ?? asString(at(outcome, 'error', 'message'));
  const images = readImages(asArray(response?.parts) ?? []);
  const exitCode = tool === 'run_shell_command' ? readExitCode(observation ?? '') : undefined;
  const longer = display !== undefined && observation !== undefined && display.length > observation.length;
  return {
    ...(observation !== undefined && { observation }),
    ...(longer && { rawOutput: display }),
    ...(images.length > 0 && { images }),
    ...(exitCode !== undefined && { exitCode }),
    status: readStatus(response, outcome, observation ?? '', exitCode),
  };
}

/** What the model was given: `output`, or `error`; anything else as it stands. */
function readResponse(response: unknown): string | undefined {
  if (typeof response === 'string') return response;
  if (!isObject(response)) return undefined;
  const text = asString(response.output) ?? asString(response.error) ?? asString(response.content);
  if (text !== undefined) return text;
  return Object.keys(response).length > 0 ? JSON.stringify(response) : undefined;
}

export function readImages(parts: readonly unknown[]): string[] {
  return parts.flatMap((part) => {
    const data = asObject(at(part, 'inlineData')) ?? asObject(at(part, 'fileData'));
    if (!data) return [];
    return [asString(data.fileUri) ?? `inline ${asString(data.mimeType) ?? 'data'}`];
  });
}

/** A line that the shell tool writes behind the output; `(none)` when the command was stopped. */
function readExitCode(text: string): number | undefined {
  const match = /(?:^|\n)Exit Code: (\d{1,3})(?:\n|$)/.exec(text.slice(-1000));
  return match ? Number(match[1]) : undefined;
}

function readStatus(
  response: JsonObject | undefined,
  outcome: JsonObject | undefined,
  text: string,
  exitCode: number | undefined,
): StepStatus {
  const status = asString(outcome?.status);
  if (status === 'cancelled') return DECLINED.test(text.slice(0, 500)) ? 'rejected' : 'interrupted';
  if (text.startsWith('Command timed out after ')) return 'timeout';
  if (status === 'error' || (exitCode !== undefined && exitCode !== 0)) return 'error';
  if (status === 'success') return 'ok';
  if (typeof at(response, 'response', 'error') === 'string') return 'error';
  return typeof at(response, 'response', 'output') === 'string' ? 'ok' : 'unknown';
}
