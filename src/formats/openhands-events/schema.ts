import { z } from 'zod';
import { asString, isObject, type JsonObject } from '../../base/json.ts';

/**
 * One event of the stream. Loose: only what every version writes the same way is checked, and every field may be
 * missing in the oldest ones. An event is an action (`action`) or an observation (`observation`), never both.
 */
export const eventSchema = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  timestamp: z.string().optional(),
  source: z.string().nullish(),
  message: z.string().nullish(),
  action: z.string().nullish(),
  observation: z.string().nullish(),
  /** On observations: the id of the action that they answer. */
  cause: z.union([z.number(), z.string()]).nullish(),
  args: z.record(z.string(), z.unknown()).nullish(),
  extras: z.record(z.string(), z.unknown()).nullish(),
});

/** A row of an evaluation's `output.jsonl`: one run. */
export const rowSchema = z.looseObject({
  history: z.array(z.unknown()).nullish(),
  test_result: z.unknown(),
  metrics: z.unknown(),
  error: z.unknown(),
});

/** Keys under which a document or a row holds its events. */
export const HISTORY_KEYS = ['history', 'trajectory', 'events'] as const;

const EVENT_FIELDS = ['source', 'args', 'cause', 'extras', 'timestamp', 'thought', 'command', 'content'];

/**
 * Whether a record is an event of the stream. Elements of other frameworks' trajectories that hold action AND
 * observation are none; neither are the newer SDK's events, which have a `kind`.
 */
export function isEvent(value: unknown): value is JsonObject {
  if (!isObject(value) || typeof value.kind === 'string') return false;
  const action = isName(value.action);
  const observation = isName(value.observation);
  if (action === observation) return false;
  return EVENT_FIELDS.some((field) => Object.hasOwn(value, field));
}

/** Names of actions and observations are short words; other formats put whole texts under these keys. */
function isName(value: unknown): boolean {
  const name = asString(value);
  return name !== undefined && /^[a-z_]{1,40}$/.test(name);
}
