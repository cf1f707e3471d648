import { z } from 'zod';

const text = z.string().nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);

/** `results.json` of one trial. Every field but the task may be null: trials end in many ways. */
export const trialResults = z.looseObject({
  task_id: z.string(),
  trial_name: text,
  instruction: text,
  is_resolved: z.boolean().nullish().catch(undefined),
  failure_mode: text,
  parser_results: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  total_input_tokens: count,
  total_output_tokens: count,
  trial_started_at: text,
  trial_ended_at: text,
  agent_started_at: text,
  agent_ended_at: text,
});

export type TrialResults = z.infer<typeof trialResults>;
