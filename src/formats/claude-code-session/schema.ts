import { z } from 'zod';

/** A line of a session file: a message with its place in the tree of messages, or a note of the CLI. */
export const sessionRecord = z.looseObject({
  type: z.string(),
  sessionId: z.string(),
  uuid: z.string(),
});

/** `subagents/agent-<id>.meta.json`, which newer versions write. */
export const agentMeta = z.looseObject({
  agentType: z.string().optional(),
  toolUseId: z.string().optional(),
});
