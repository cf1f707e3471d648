import { z } from 'zod';

/** A message of a recorded chat. `model` stands for `gemini` in some early files. */
export const chatMessage = z.looseObject({
  id: z.string(),
  type: z.enum(['user', 'gemini', 'model', 'info', 'warning', 'error']),
});

/** First line of a recorded chat. */
export const chatHeader = z.looseObject({
  sessionId: z.string(),
  projectHash: z.string(),
  startTime: z.string(),
});

/** An element of the history that goes to the model: a checkpoint (`/chat save`) is a list of them. */
export const content = z.looseObject({
  role: z.enum(['user', 'model', 'gemini', 'function']),
  parts: z.array(z.unknown()),
});

/** An event of `--output-format stream-json`. Claude Code's stream has types of the same names and other fields. */
export const streamEvent = z.union([
  z.looseObject({ type: z.literal('init'), session_id: z.string(), model: z.string() }),
  z.looseObject({ type: z.literal('message'), role: z.enum(['user', 'assistant']), content: z.string() }),
  z.looseObject({ type: z.literal('tool_use'), tool_name: z.string(), tool_id: z.string() }),
  z.looseObject({ type: z.literal('tool_result'), tool_id: z.string(), status: z.string() }),
  z.looseObject({ type: z.literal('result'), status: z.string(), stats: z.unknown() }),
  z.looseObject({ type: z.literal('error'), severity: z.string(), message: z.string() }),
]);
