import { asString, asText, at, isObject, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { Attachments } from './attachments.ts';
import { classifyError, classifyLimit } from './ending.ts';

/** Follows the times of a sample's events. */
export function readMoment(run: RunBuilder, event: JsonObject): void {
  const begun = toMillis(event.timestamp);
  const ended = toMillis(event.completed) ?? begun;
  if (begun !== undefined) run.startedAt ??= begun;
  if (ended !== undefined && (run.endedAt === undefined || ended > run.endedAt)) run.endedAt = ended;
}

/** Events that are texts around the conversation, and what ended it; false for a kind that is not known. */
export function readNotice(
  run: RunBuilder,
  kind: string,
  event: JsonObject,
  attachments: Attachments,
  place: SourceRef,
): boolean {
  const add = (kind: 'notice' | 'interruption' | 'compaction', text: string | undefined): void => {
    if (text !== undefined && text.trim() !== '') {
      run.message({ role: 'environment', kind, text: attachments.text(text), place });
    }
  };
  switch (kind) {
    case 'input':
      add('notice', asString(event.input));
      return true;
    case 'info':
      add('notice', asString(event.data) ?? JSON.stringify(attachments.resolve(event.data)));
      return true;
    case 'approval':
      // An approved call runs as if nobody had been asked.
      if (event.decision !== 'approve') {
        const words = ['decision', 'approver', 'explanation'].map((key) => asString(event[key]) ?? '');
        add('notice', `approval: ${words.filter((word) => word !== '').join(', ')}`);
      }
      return true;
    case 'compaction':
      add('compaction', `compaction: ${asString(event.type) ?? 'the history was shortened'}`);
      return true;
    case 'interrupt':
      add('interruption', asString(event.message) ?? 'the run was interrupted');
      return true;
    case 'sample_limit': {
      const message = asString(event.message) ?? `limit: ${asText(event.type) ?? 'of an unknown kind'}`;
      run.exceptions.push({ kind: classifyLimit(event.type), message, place });
      return true;
    }
    case 'error': {
      const message = asString(at(event, 'error', 'message'));
      if (message === undefined || run.exceptions.some((known) => known.message === message)) return true;
      run.exceptions.push({ kind: classifyError(message), message, place });
      return true;
    }
    default:
      return !isObject(event);
  }
}
