import { z } from 'zod';
import type { JsonObject } from '../../base/json.ts';

/** A line of a rollout: what is written since September 2025. */
export const rolloutLine = z.looseObject({
  type: z.enum([
    'session_meta',
    'turn_context',
    'response_item',
    'event_msg',
    'compacted',
    'world_state',
    'inter_agent_communication_metadata',
  ]),
  payload: z.looseObject({}),
});

/** First line of earlier files: the session's facts without a type. */
const header = z.looseObject({ id: z.string(), timestamp: z.string() });

export function isHeader(record: JsonObject): boolean {
  const isMore = ['type', 'role', 'content', 'message'].some((key) => record[key] !== undefined);
  return !isMore && header.safeParse(record).success;
}

/** An event of `codex exec --json`. */
export const streamEvent = z.looseObject({
  type: z.enum([
    'thread.started',
    'turn.started',
    'turn.completed',
    'turn.failed',
    'item.started',
    'item.updated',
    'item.completed',
    'error',
  ]),
});
