import { z } from 'zod';

/** An event of a session: what happened, with its data. Newer versions name the sub-agent beside the data. */
export const copilotEvent = z.looseObject({
  type: z.string().regex(/^(?:[a-z_]{2,30}\.[a-z_.]{2,60}|abort)$/),
  data: z.looseObject({}),
  id: z.string(),
  timestamp: z.string(),
});

/** Kinds of events that a session of any length has. */
export const COMMON =
  /^(?:session\.(?:start|resume|shutdown)|user\.message|assistant\.(?:message|turn_start|turn_end)|tool\.execution_(?:start|complete))$/;
