import { z } from 'zod';
import { isObject, type JsonObject } from '../../base/json.ts';

/** `base_state.json` of a conversation. Wrong types read as absent. */
export const baseState = z.looseObject({
  execution_status: z.string().optional().catch(undefined),
  agent: z
    .looseObject({
      llm: z
        .looseObject({ model: z.string().optional().catch(undefined) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  workspace: z
    .looseObject({ working_dir: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  stats: z.unknown(),
});

const KIND = /^[A-Z]\w{2,60}$/;

/** Kinds without `Event` in their name. */
const OTHER_KINDS = new Set(['Condensation', 'CondensationRequest', 'UserRejectObservation']);

/** Whether a record is an event of the SDK: its `kind` names one. */
export function isSdkEvent(value: unknown): value is JsonObject & { readonly kind: string } {
  if (!isObject(value) || typeof value.kind !== 'string' || !KIND.test(value.kind)) return false;
  return value.kind.endsWith('Event') || OTHER_KINDS.has(value.kind);
}

/** An element of an export for reading: the event's text without its structure. */
export function isTextEvent(value: unknown): value is JsonObject {
  return isObject(value) && typeof value.event_file === 'string' && typeof value.text === 'string';
}

/** Event files of a conversation: `event-00004-<uuid>.json`. */
export const EVENT_FILE = /^event-(\d{1,9})-[\w-]{1,60}\.json$/;
