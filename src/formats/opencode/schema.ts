import { z } from 'zod';
import { isObject, type JsonObject } from '../../base/json.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/** A session as stored. Wrong types read as absent. */
export const sessionInfo = z.looseObject({
  id: z.string(),
  version: z.string().optional().catch(undefined),
  directory: z.string().optional().catch(undefined),
  parentID: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  time: z
    .looseObject({ created: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type SessionInfo = z.infer<typeof sessionInfo>;

/** An object with the place where it stands. */
export interface Placed {
  readonly value: JsonObject;
  readonly place: SourceRef;
}

/** A message with its parts, in order. */
export interface StoredMessage {
  readonly info: Placed;
  readonly parts: readonly Placed[];
}

/** Whether a document is a session: these fields stand together in no other tool's files. */
export function isSession(value: unknown): value is JsonObject {
  const parsed = sessionInfo.safeParse(value);
  if (!isObject(value) || parsed.data?.time?.created === undefined) return false;
  return typeof value.projectID === 'string' || (typeof value.title === 'string' && 'version' in value);
}

/** Whether an object is what a message says of itself. */
export function isMessageInfo(value: unknown): value is JsonObject {
  return (
    isObject(value) && typeof value.id === 'string' && (value.role === 'user' || value.role === 'assistant')
  );
}

/** Whether an object is a part of a message. */
export function isPart(value: unknown): value is JsonObject {
  return isObject(value) && typeof value.type === 'string';
}
