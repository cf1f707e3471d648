import { z } from 'zod';
import { asArray, isObject, type JsonObject } from '../../base/json.ts';

/** What every record has around its message. Wrong types read as absent. */
export const chatRecord = z.looseObject({
  uuid: z.string(),
  sessionId: z.string(),
  type: z.enum(['user', 'assistant', 'tool_result', 'system']),
  subtype: z.string().optional().catch(undefined),
  cwd: z.string().optional().catch(undefined),
  version: z.string().optional().catch(undefined),
  model: z.string().optional().catch(undefined),
  agentId: z.string().optional().catch(undefined),
  agentName: z.string().optional().catch(undefined),
  isSidechain: z.boolean().optional().catch(undefined),
});
export type ChatRecord = z.infer<typeof chatRecord>;

/** Whether a record is of a chat: a message in parts, or an event that only this log has. */
export function isChatRecord(value: JsonObject): boolean {
  if (!chatRecord.safeParse(value).success) return false;
  if (isObject(value.message)) return Array.isArray(value.message.parts);
  return value.type === 'system' && typeof value.subtype === 'string' && 'systemPayload' in value;
}

/** The parts of a record's message. */
export function partsOf(record: JsonObject): readonly unknown[] {
  return (isObject(record.message) ? asArray(record.message.parts) : undefined) ?? [];
}
