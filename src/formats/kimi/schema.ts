import { z } from 'zod';
import { isObject, type JsonObject } from '../../base/json.ts';

/** `state.json` of a session. Wrong types read as absent. */
export const sessionState = z.looseObject({
  createdAt: z.string().optional().catch(undefined),
  workDir: z.string().optional().catch(undefined),
  agents: z.record(z.string(), z.unknown()),
});
export type SessionState = z.infer<typeof sessionState>;

/** Lines of a context file that are no messages: `_checkpoint`, `_usage`, `_system_prompt`. */
const CONTROL = /^_[a-z_]{1,40}$/;
const ROLES = new Set(['user', 'assistant', 'tool', 'system']);

/** A line that only context files of Kimi CLI hold. */
export function isControlLine(value: JsonObject): boolean {
  return typeof value.role === 'string' && CONTROL.test(value.role);
}

/** A message of a context file. */
export function isMessageLine(value: JsonObject): boolean {
  return typeof value.role === 'string' && ROLES.has(value.role);
}

/** First parts of the kinds of a wire file's lines. */
const WIRE =
  /^(?:config|context|full_compaction|llm|permission|plan_mode|plugin|profile|runtime|token_counting|tools|turn|usage)\.[a-z_]{1,40}$/;

/** A line of a wire file: a dotted kind and a time, or the line that names the protocol. */
export function isWireLine(value: JsonObject): boolean {
  if (value.type === 'metadata') return typeof value.protocol_version === 'string';
  return typeof value.type === 'string' && WIRE.test(value.type) && typeof value.time === 'number';
}

/** A line of a wire file with what the agent's loop did. */
export function loopEvent(value: JsonObject): JsonObject | undefined {
  return value.type === 'context.append_loop_event' && isObject(value.event) ? value.event : undefined;
}
