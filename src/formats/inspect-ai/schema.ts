import { z } from 'zod';
import { asNumber, asObject, isObject, type JsonObject } from '../../base/json.ts';

const text = z.string().optional().catch(undefined);

/** What a log says of all its samples: `header.json`, the journal's `start.json`, or a `.json` log without samples. */
export const logHeader = z.looseObject({
  version: z.number().optional().catch(undefined),
  status: text,
  eval: z
    .looseObject({
      task: text,
      model: text,
      solver: text,
      packages: z.looseObject({ inspect_ai: text }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  plan: z
    .looseObject({
      steps: z
        .array(z.looseObject({ solver: text }))
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  error: z.looseObject({ message: text }).optional().catch(undefined),
});

export type LogHeader = z.infer<typeof logHeader>;

export function readHeader(value: unknown): LogHeader {
  const parsed = logHeader.safeParse(value);
  return parsed.success ? parsed.data : {};
}

/** Whether a value is a sample: it has an id, an epoch, and what was said. */
export function isSample(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    (typeof value.id === 'string' || typeof value.id === 'number') &&
    asNumber(value.epoch) !== undefined &&
    (Array.isArray(value.messages) || Array.isArray(value.events) || asObject(value.output) !== undefined)
  );
}
