import { z } from 'zod';

/** A place in the artifact that the steps were made of, as we write it. */
const sourceRef = z.strictObject({
  artifact: z.string(),
  pointer: z.string().optional(),
  line: z.int().optional(),
  castEvents: z.tuple([z.int(), z.int()]).optional(),
  bytes: z.tuple([z.int(), z.int()]).optional(),
});

export type RecordedRef = z.infer<typeof sourceRef>;

/** One record of `steps.json`, ours or the benchmark's: wrong types read as absent. */
export const stepRecord = z.looseObject({
  step_id: z.union([z.number(), z.string()]).optional().catch(undefined),
  action: z.string().nullish().catch(undefined),
  observation: z.unknown().optional(),
  thinking: z.string().nullish().catch(undefined),
  parallel_group: z.union([z.number(), z.string()]).nullish().catch(undefined),
  tool_type: z.string().nullish().catch(undefined),
  arguments: z.record(z.string(), z.unknown()).optional().catch(undefined),
  raw_output: z.string().optional().catch(undefined),
  images: z.array(z.string()).optional().catch(undefined),
  status: z
    .enum(['ok', 'error', 'timeout', 'rejected', 'interrupted', 'pending', 'unknown'])
    .optional()
    .catch(undefined),
  exit_code: z.number().optional().catch(undefined),
  action_ref: sourceRef.optional().catch(undefined),
  observation_ref: sourceRef.optional().catch(undefined),
  subagent_steps: z.array(z.unknown()).optional().catch(undefined),
});

export type StepRecord = z.infer<typeof stepRecord>;

/** A record with an action, an observation or an id; undefined for anything else. */
export function readStepRecord(value: unknown): StepRecord | undefined {
  const { data } = stepRecord.safeParse(value);
  if (!data) return undefined;
  const isStep = data.action !== undefined || data.observation !== undefined || data.step_id !== undefined;
  return isStep ? data : undefined;
}
