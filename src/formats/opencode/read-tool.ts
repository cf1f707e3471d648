import { asArray, asNumber, asObject, asString, at, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { CallFacts, ResultFacts } from '../../model/thread-builder.ts';
import { factsField, readFileDiff } from '../shared/file-facts.ts';
import { placeIn } from '../shared/place-in.ts';
import { renderAction } from '../shared/render-action.ts';

/** The call in a part of type `tool`. */
export function readCall(part: JsonObject, place: SourceRef): CallFacts {
  const tool = asString(part.tool) ?? 'unknown';
  const state = asObject(part.state);
  const args = asObject(state?.input);
  const startedAt = toMillis(at(state, 'time', 'start'));
  const command = tool === 'bash' ? asString(args?.command) : undefined;
  return {
    tool,
    action: command ?? renderAction(tool, args ?? asString(state?.raw)),
    ...(args && { args }),
    ...(startedAt !== undefined && { startedAt }),
    place: placeIn(place, 'state', 'input'),
  };
}

/** Its result; undefined while the call waits or runs, unless it has printed something by then. */
export function readResult(part: JsonObject, place: SourceRef): ResultFacts | undefined {
  const state = asObject(part.state);
  const printed = asString(at(state, 'metadata', 'output'));
  const status = asString(state?.status);
  if (!state || status === 'pending' || status === 'running') {
    return printed === undefined || printed === '' ? undefined : { rawOutput: printed, status: 'pending' };
  }
  const field = status === 'error' && typeof state.error === 'string' ? 'error' : 'output';
  const observation = asString(state[field]);
  const exitCode = asNumber(at(state, 'metadata', 'exit')) ?? asNumber(at(state, 'metadata', 'exitCode'));
  const endedAt = toMillis(at(state, 'time', 'end'));
  const images = (asArray(state.attachments) ?? []).map(describeFile);
  const longer = printed !== undefined && printed.length > (observation?.length ?? 0);
  return {
    ...(observation !== undefined && { observation }),
    ...(longer && { rawOutput: printed }),
    ...(images.length > 0 && { images }),
    ...(status !== 'error' &&
      factsField(readFileDiff(at(state, 'metadata', 'filediff'), placeIn(place, 'state', 'metadata')))),
    ...(exitCode !== undefined && { exitCode }),
    status: readStatus(status, observation ?? '', exitCode),
    ...(endedAt !== undefined && { endedAt }),
    place: placeIn(place, 'state', field),
  };
}

function readStatus(status: string | undefined, text: string, exitCode: number | undefined): StepStatus {
  const end = text.slice(-500);
  if (status === 'error') {
    if (/\b(?:rejected|dismissed|denied)\b/i.test(text.slice(0, 300))) return 'rejected';
    return /\babort/i.test(end) ? 'interrupted' : 'error';
  }
  if (/terminated command after exceeding timeout|Command terminated after timeout/.test(end))
    return 'timeout';
  if (/User aborted the command/.test(end)) return 'interrupted';
  if (exitCode !== undefined && exitCode !== 0) return 'error';
  return status === 'completed' || status === 'success' ? 'ok' : 'unknown';
}

/** A file by its name or address; inline data by its type alone. */
export function describeFile(file: unknown): string {
  const url = asString(at(file, 'url'));
  if (url === undefined || url.startsWith('data:')) {
    return `inline ${asString(at(file, 'filename')) ?? asString(at(file, 'mime')) ?? 'file'}`;
  }
  return url;
}

/** The session of the sub-agent that a call of `task` started. */
export function readDelegate(part: JsonObject): string | undefined {
  if (part.tool !== 'task') return undefined;
  const metadata = at(part, 'state', 'metadata');
  const named = asString(at(metadata, 'sessionId')) ?? asString(at(metadata, 'sessionID'));
  if (named !== undefined) return named;
  const output = asString(at(part, 'state', 'output')) ?? '';
  return /(?:session_id|task_id): (ses_\w{1,60})/.exec(output)?.[1];
}
