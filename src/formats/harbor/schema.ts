import { z } from 'zod';

const text = z.string().nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);
const phase = z.looseObject({ started_at: text, finished_at: text }).nullish().catch(undefined);

/** `result.json` of a trial, as far as we read it; every field may be missing, null or of a wrong type. */
export const trialResult = z.looseObject({
  task_name: text,
  trial_name: text,
  started_at: text,
  finished_at: text,
  agent_execution: phase,
  agent_info: z
    .looseObject({
      name: text,
      version: text,
      model_info: z.looseObject({ name: text }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  agent_result: z
    .looseObject({
      n_input_tokens: count,
      n_cache_tokens: count,
      n_output_tokens: count,
      cost_usd: count,
    })
    .nullish()
    .catch(undefined),
  verifier_result: z
    .looseObject({ rewards: z.record(z.string(), z.unknown()).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
  exception_info: z.looseObject({ exception_type: text, exception_message: text }).nullish().catch(undefined),
  config: z.unknown().optional(),
});

export type TrialResult = z.infer<typeof trialResult>;

/** `config.json` of a trial, or `config` in its result. */
export const trialConfig = z.looseObject({
  task: z.looseObject({ path: text, name: text, instruction: text }).nullish().catch(undefined),
  instruction: text,
  trial_name: text,
  agent: z.looseObject({ name: text, model_name: text }).nullish().catch(undefined),
});

export type TrialConfig = z.infer<typeof trialConfig>;
