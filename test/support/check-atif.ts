import { z } from 'zod';

/**
 * The rules of ATIF 1.7 as its own validator enforces them: the fields that may stand where, their types, step ids that
 * count from 1, fields that only an agent's step has, results that answer a call of their step, references to
 * sub-agents that are embedded in the trajectory that names them.
 */

const extra = z.record(z.string(), z.unknown()).optional();
const count = z.int().nonnegative();

const result = z.strictObject({
  source_call_id: z.string().optional(),
  content: z.string().optional(),
  subagent_trajectory_ref: z
    .array(z.strictObject({ trajectory_id: z.string() }))
    .min(1)
    .optional(),
  extra,
});

const step = z.strictObject({
  step_id: z.int(),
  timestamp: z.iso.datetime().optional(),
  source: z.enum(['system', 'user', 'agent']),
  message: z.string(),
  tool_calls: z
    .array(
      z.strictObject({
        tool_call_id: z.string().min(1),
        function_name: z.string(),
        arguments: z.record(z.string(), z.unknown()),
        extra,
      }),
    )
    .optional(),
  observation: z.strictObject({ results: z.array(result) }).optional(),
  metrics: z
    .strictObject({
      prompt_tokens: count.optional(),
      completion_tokens: count.optional(),
      cached_tokens: count.optional(),
      cost_usd: z.number().optional(),
      extra,
    })
    .optional(),
  extra,
});

const trajectory = z.strictObject({
  schema_version: z.literal('ATIF-v1.7'),
  session_id: z.string().optional(),
  trajectory_id: z.string().optional(),
  agent: z.strictObject({ name: z.string(), version: z.string(), model_name: z.string().optional(), extra }),
  steps: z.array(step).min(1),
  final_metrics: z
    .strictObject({
      total_prompt_tokens: count.optional(),
      total_completion_tokens: count.optional(),
      total_cached_tokens: count.optional(),
      total_cost_usd: z.number().optional(),
      extra,
    })
    .optional(),
  subagent_trajectories: z.array(z.unknown()).optional(),
  extra,
});

/** What is wrong with a document by the rules of ATIF; empty when nothing is. */
export function checkAtif(document: unknown): string[] {
  const wrong: string[] = [];
  const work = [{ value: document, where: 'root' }];
  for (const { value, where } of work) {
    const parsed = trajectory.safeParse(value);
    if (!parsed.success) {
      wrong.push(...parsed.error.issues.map(({ path, message }) => `${where}/${path.join('/')}: ${message}`));
      continue;
    }
    const { steps, subagent_trajectories: embedded = [] } = parsed.data;
    const names = embedded.map((child) => z.object({ trajectory_id: z.string() }).parse(child).trajectory_id);
    if (new Set(names).size < names.length) wrong.push(`${where}: embedded trajectories share a name`);
    for (const [index, item] of steps.entries()) {
      const at = `${where}/steps/${index}`;
      const calls = (item.tool_calls ?? []).map(({ tool_call_id }) => tool_call_id);
      if (item.step_id !== index + 1) wrong.push(`${at}: its id is ${item.step_id}`);
      if (item.source !== 'agent' && (item.tool_calls ?? item.metrics)) wrong.push(`${at}: only agents act`);
      if (new Set(calls).size < calls.length) wrong.push(`${at}: calls share an id`);
      for (const { source_call_id: id, subagent_trajectory_ref: refs = [] } of item.observation?.results ??
        []) {
        if (id !== undefined && !calls.includes(id)) wrong.push(`${at}: a result answers ${id}`);
        for (const { trajectory_id } of refs) {
          if (!names.includes(trajectory_id)) wrong.push(`${at}: ${trajectory_id} is not embedded`);
        }
      }
    }
    work.push(...embedded.map((child, index) => ({ value: child, where: `${where}/${names[index]}` })));
  }
  return wrong;
}
