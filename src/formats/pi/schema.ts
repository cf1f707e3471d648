import { z } from 'zod';
import { isObject, type JsonObject } from '../../base/json.ts';

/** First line of a session. Version 1 has no `version`, and names the model here. Wrong types read as absent. */
export const sessionHeader = z.looseObject({
  type: z.literal('session'),
  id: z.string().optional().catch(undefined),
  version: z.number().optional().catch(undefined),
  cwd: z.string().optional().catch(undefined),
});

const ROLES = new Set([
  'user',
  'assistant',
  'toolResult',
  'bashExecution',
  'custom',
  'hookMessage',
  'branchSummary',
  'compactionSummary',
]);

/** Whether a record is an entry with a message of pi: no other log has these roles in this envelope. */
export function isMessageEntry(value: JsonObject): boolean {
  if (value.type !== 'message' || !isObject(value.message)) return false;
  return typeof value.message.role === 'string' && ROLES.has(value.message.role);
}
