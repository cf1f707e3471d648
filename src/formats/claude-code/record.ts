import { asString, isObject, type JsonObject, pointer } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/** Where a record stands and when it was written. */
export interface Origin {
  /** Place of the record as a whole. */
  readonly place: SourceRef;
  readonly time?: Millis;
}

/** Place of a value inside a record. */
export function placeIn(origin: Origin, ...path: readonly (string | number)[]): SourceRef {
  return { ...origin.place, pointer: (origin.place.pointer ?? '') + pointer(...path) };
}

/** An origin with the time that the record states itself, else the one it came with. */
export function withOwnTime(record: JsonObject, origin: Origin): Origin {
  const time = toMillis(record.timestamp);
  return time === undefined ? origin : { ...origin, time };
}

/** Content of a message as blocks; plain text is one text block. Anything else is no block. */
export function contentBlocks(content: unknown): readonly JsonObject[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) return [];
  return content.map((block): JsonObject => {
    if (typeof block === 'string') return { type: 'text', text: block };
    return isObject(block) ? block : {};
  });
}

/** Path of a block inside its record: text that stands there without a list is no list's element. */
export function blockPath(message: JsonObject, index: number, field?: string): (string | number)[] {
  if (typeof message.content === 'string') return ['message', 'content'];
  const listed = !Array.isArray(message.content) || typeof message.content[index] !== 'string';
  return ['message', 'content', index, ...(field !== undefined && listed ? [field] : [])];
}

/** `tool_result`, and the results of tools that the model's service runs itself (`web_search_tool_result`). */
export function isResultBlock(block: JsonObject): boolean {
  return asString(block.type)?.endsWith('tool_result') ?? false;
}

/** `tool_use`, and the service's `server_tool_use` and `mcp_tool_use`. */
export function isCallBlock(block: JsonObject): boolean {
  return asString(block.type)?.endsWith('tool_use') ?? false;
}
