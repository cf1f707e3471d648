import { z } from 'zod';
import { asString, isObject, type JsonObject } from '../../base/json.ts';

/** `metadata.json` of a session folder. Wrong types read as absent. */
export const sessionMetadata = z.looseObject({
  llm_model: z.string().optional().catch(undefined),
  created_at: z.string().optional().catch(undefined),
  accumulated_cost: z.number().optional().catch(undefined),
});

/** What an evaluation wrote about itself into each row of its `output.jsonl`. */
export const rowMetadata = z.looseObject({
  model_name: z.string().optional().catch(undefined),
  eval_output_dir: z.string().optional().catch(undefined),
  llm_config: z
    .looseObject({ model: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Keys under which a document or a row holds its events. */
export const HISTORY_KEYS = ['history', 'trajectory', 'events'] as const;

const SOURCES: readonly unknown[] = ['agent', 'user', 'environment'];

/** Names in the oldest histories, which have nothing else in common with later events. */
const BARE_NAMES: readonly unknown[] = [
  'message',
  'run',
  'run_ipython',
  'read',
  'write',
  'edit',
  'browse',
  'finish',
  'null',
];

/**
 * Whether a record is an event of the stream. Elements of other frameworks' trajectories that hold action AND
 * observation are none; neither are the newer SDK's events, which have a `kind`, and chat messages with a `role`.
 */
export function isEvent(value: unknown): value is JsonObject {
  if (!isObject(value) || typeof value.kind === 'string') return false;
  const action = isName(value.action);
  const observation = isName(value.observation);
  if (action === observation) return false;
  if (SOURCES.includes(value.source) || isObject(value.args) || isObject(value.extras)) return true;
  const isOther =
    Object.hasOwn(value, 'role') || Object.hasOwn(value, 'event') || Object.hasOwn(value, 'type');
  return !isOther && BARE_NAMES.includes(action ? value.action : value.observation);
}

/** Names of actions and observations are short words; other formats put whole texts under these keys. */
function isName(value: unknown): boolean {
  const name = asString(value);
  return name !== undefined && /^[a-z_]{1,40}$/.test(name);
}
