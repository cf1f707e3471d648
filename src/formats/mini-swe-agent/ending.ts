import { asString, at } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import { kindOfExit } from './exit-status.ts';
import { type MiniMessage, readMiniMessage } from './message.ts';
import { readObservation } from './observation.ts';
import type { MiniHeader } from './schema.ts';
import type { MiniThreadReader } from './thread-reader.ts';

/** The command whose output ends the run, in both spellings that versions know. */
export const SUBMIT_COMMAND = /(?:COMPLETE_TASK_AND_SUBMIT|MINI_SWE_AGENT)_FINAL_OUTPUT/;

export interface EndingInput {
  readonly run: RunBuilder;
  readonly thread: MiniThreadReader;
  readonly header: MiniHeader;
  readonly artifact: string;
  /** The last message, which the thread has not read yet. */
  readonly last: { readonly record: unknown; readonly place: string } | undefined;
  /** Whether the list of messages was read to its end. */
  readonly complete: boolean;
}

/**
 * The end of a run. The harness appends one message that no command printed: the submission, or the text of what ended
 * the run (role `exit` since v2, `user` before). It is no observation; any other last message is read like the rest.
 */
export function readEnding(input: EndingInput): void {
  const { run, thread, header, artifact, last } = input;
  const message = last && readMiniMessage(last.record);
  const isEnd = message !== undefined && isEndMessage(message, input);
  if (last && !isEnd) thread.read(last.record, last.place);
  const end = isEnd && last ? { message, place: { artifact, pointer: `${last.place}/content` } } : undefined;
  const { info } = header;
  const status = info?.exit_status ?? asString(end?.message.extra.exit_status);
  if (status !== undefined) run.exitStatus = status;
  const submitted = status === 'Submitted' || (status === undefined && end !== undefined);
  if (submitted) acceptSubmit(run, thread);
  takeSubmission(input, end, submitted);
  keepTraceback(input, end);
  const detail = info?.exception_str ?? asString(end?.message.extra.exception_str) ?? end?.message.text ?? '';
  const kind = status === undefined ? undefined : kindOfExit(status, detail);
  if (kind !== undefined && status !== undefined) {
    const text = detail.trim() === '' || detail === status ? status : `${status}: ${detail}`;
    run.exceptions.push({
      kind,
      message: text,
      place: end?.place ?? { artifact, pointer: '/info/exit_status' },
    });
  }
}

/** Where the harness failed: the exception's message is only its last line. */
function keepTraceback({ run, header, artifact }: EndingInput, end: End | undefined): void {
  const own = asString(at(end?.message.extra, 'traceback'));
  const text = own ?? asString(header.info?.traceback);
  if (text === undefined || text.trim() === '') return;
  const place =
    own !== undefined && end
      ? { artifact, pointer: end.place.pointer.replace(/\/content$/, '/extra/traceback') }
      : { artifact, pointer: '/info/traceback' };
  run.message({ role: 'environment', kind: 'notice', text, place });
}

function isEndMessage(message: MiniMessage, { header, thread, complete }: EndingInput): boolean {
  if (message.role === 'exit') return true;
  if (message.role !== 'user') return false;
  const { info } = header;
  if (info?.exit_status !== undefined && message.text === info.submission) return true;
  if (!complete || readObservation(message.text).recognized) return false;
  if (info?.exit_status !== undefined) {
    return info.exit_status === 'Submitted' || info.exit_status === 'LimitsExceeded';
  }
  return thread.awaiting !== undefined && SUBMIT_COMMAND.test(thread.lastCommand);
}

/**
 * The submitting command did run, though its result was never formatted: versions that show something for it show the
 * padding for calls that were not reached.
 */
function acceptSubmit(run: RunBuilder, thread: MiniThreadReader): void {
  if (thread.awaiting) {
    run.result(thread.awaiting, { status: 'ok' });
    return;
  }
  const { turn } = run.calls.at(-1) ?? {};
  for (let i = run.calls.length - 1; i >= 0 && run.calls[i]?.turn === turn; i--) {
    const call = run.calls[i];
    if (call?.result?.status !== 'rejected' || !SUBMIT_COMMAND.test(call.facts.action)) continue;
    const { observation, place } = call.result;
    call.result = {
      status: 'ok',
      ...(observation !== undefined && { observation }),
      ...(place && { place }),
    };
    return;
  }
}

type End = { readonly message: MiniMessage; readonly place: { artifact: string; pointer: string } };

function takeSubmission(
  { run, header, artifact }: EndingInput,
  end: End | undefined,
  submitted: boolean,
): void {
  const recorded = header.info?.submission;
  const own = asString(at(end?.message.extra, 'submission'));
  // v1 writes the text of an exception into `submission`; only what was submitted is one.
  const patch = submitted || (own !== undefined && own !== '');
  const text = patch ? (recorded ?? own ?? end?.message.text) : undefined;
  if (text !== undefined) {
    const place = recorded === undefined && end ? end.place : { artifact, pointer: '/info/submission' };
    run.submission = { text, place };
  }
  // Also where the submission was changed after the run: what the run ended with stays readable.
  if (end && end.message.text !== '' && end.message.text !== text) {
    run.message({ role: 'environment', kind: 'notice', text: end.message.text, place: end.place });
  }
}
