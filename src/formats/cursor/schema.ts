import { z } from 'zod';

/** A line of a transcript: a message in the shape of the model's API, without ids and times. */
export const transcriptLine = z.looseObject({
  role: z.enum(['user', 'assistant']),
  message: z.looseObject({ content: z.union([z.string(), z.array(z.unknown())]) }),
});
