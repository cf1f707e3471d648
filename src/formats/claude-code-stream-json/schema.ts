import { z } from 'zod';

/** What makes a record one of this stream: every one of them names its session. */
export const streamRecord = z.looseObject({
  type: z.enum(['system', 'assistant', 'user', 'result', 'stream_event']),
  session_id: z.string(),
});

/** The record that begins a session. */
export const initRecord = z.looseObject({
  type: z.literal('system'),
  subtype: z.literal('init'),
  session_id: z.string(),
  tools: z.array(z.unknown()),
});
