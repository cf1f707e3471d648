import { z } from 'zod';

/** The log of one model call, as the client library writes it. Most of it repeats the prompt and is not read. */
export const debugLog = z.looseObject({
  model: z.string().optional().catch(undefined),
  /** The provider's answer, as JSON text or as an object. */
  original_response: z.unknown().optional(),
});
