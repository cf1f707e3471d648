import { asArray, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { readContent } from '../shared/content-text.ts';

/** The shell tools say at the end of their output how the command ended. */
const EXITED = /(?:^|\n)<exited with exit code (-?\d{1,10})>\s*$|(?:^|\n)exit code: (-?\d{1,10})\s*$/;
const REFUSED =
  /\b(?:user (?:rejected|denied|declined)|rejected by (?:the )?user|permission (?:was )?denied by|denied by (?:policy|the user))/i;

/**
 * What a call's end says: the text for the model and how it ended; of shells also the longer text for the screen, which
 * other tools fill with a diff.
 */
export function readResult(
  data: JsonObject,
  shell: boolean,
): Pick<ResultFacts, 'observation' | 'rawOutput' | 'images' | 'exitCode' | 'status'> {
  const { result } = data;
  const failure = asString(at(data, 'error', 'message')) ?? asString(data.error);
  const blocks = readContent(at(result, 'contents'));
  const shown = textOf(result) ?? failure;
  const images = blocks.images;
  const detailed = asString(at(result, 'detailedContent'));
  const code = shown === undefined ? undefined : EXITED.exec(shown.slice(-200));
  const exitCode = code ? Number(code[1] ?? code[2]) : undefined;
  const isMore = shell && detailed !== undefined && shown !== undefined && detailed.length > shown.length;
  return {
    ...(shown !== undefined && { observation: shown }),
    ...(isMore && { rawOutput: detailed }),
    ...(images.length > 0 && { images }),
    ...(exitCode !== undefined && { exitCode }),
    status: statusOf(data, shown ?? '', exitCode),
  };
}

function textOf(result: unknown): string | undefined {
  if (typeof result === 'string') return result;
  const text = asString(at(result, 'content')) ?? asString(at(result, 'textResultForLlm'));
  if (text !== undefined) return text;
  const list = isObject(result) ? asArray(result.content) : undefined;
  return list ? readContent(list).text : undefined;
}

function statusOf(data: JsonObject, shown: string, exitCode: number | undefined): StepStatus {
  const code = asString(at(data, 'error', 'code')) ?? '';
  if (/reject|denied/i.test(code) || (data.success === false && REFUSED.test(shown.slice(0, 300))))
    return 'rejected';
  if (/timeout/i.test(code)) return 'timeout';
  if (/abort|cancel/i.test(code)) return 'interrupted';
  if (data.success === false) return 'error';
  if (exitCode !== undefined) return exitCode === 0 ? 'ok' : 'error';
  return data.success === true ? 'ok' : 'unknown';
}
