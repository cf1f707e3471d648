import { z } from 'zod';
import { CAUSES } from '../../model/diagnosis.ts';
import { STAGE_KINDS } from '../../model/stage.ts';
import { runSchema, stepSchema } from '../../model/trace-schema.ts';
import { runReportSchema, sourceRefSchema, stepRefSchema } from '../../query/schemas.ts';

/** Shapes of the files that are written for each run, by file name: source of the schemas in docs/schemas. */

const stepId = z.int().positive();
const stage = z.enum(STAGE_KINDS);

const stepFile = z.object({
  step_id: stepRefSchema,
  action: z.string().describe('The action as executed, whole.'),
  observation: z
    .string()
    .nullable()
    .describe('What the agent was shown, whole; null when it was not recorded.'),
  thinking: z.string().optional().describe("The agent's text and reasoning since the step before, whole."),
  parallel_group: z.int().optional().describe('Equal for steps that one turn issued together.'),
  tool_type: z.string(),
  arguments: z.record(z.string(), z.unknown()).optional().describe('Structured arguments as recorded.'),
  raw_output: z.string().optional().describe('A longer raw output that the artifact also holds.'),
  images: z.array(z.string()).optional(),
  status: z.string(),
  exit_code: z.number().optional(),
  action_ref: sourceRefSchema,
  observation_ref: sourceRefSchema.optional(),
  get subagent_steps() {
    return z.array(stepFile).optional();
  },
});

const label = z.object({
  stage_id: z.int().positive().describe('Position of the stage in stage_ranges.json, from 1.'),
  stage,
  incorrect_step_ids: z.array(stepId),
  unuseful_step_ids: z.array(stepId),
  reasoning: z.string(),
});

export const FILE_SCHEMAS = {
  'trace.json': z.object({
    schema: z.literal('codetracer.trace/1'),
    run: runSchema.describe('The run, its main-agent steps apart.'),
    steps: z.array(stepSchema),
    tree: z.array(
      z.object({
        index: z.int(),
        parent: z.int().optional(),
        depth: z.int(),
        madeBy: z.string().optional(),
        alsoBy: z.array(z.string()),
        explore: z.array(z.string()),
        returnsTo: z.int().optional(),
        abandoned: z.boolean(),
        agent: z.string().optional(),
      }),
    ),
    report: runReportSchema,
  }),
  'steps.json': z.array(stepFile),
  'stage_ranges.json': z.array(z.object({ stage, start_step_id: stepId, end_step_id: stepId })),
  'codetracer_labels.json': z.array(label),
  'codetracer_analysis.json': z.object({
    root_cause_chain: z.array(stepRefSchema),
    critical_decision_points: z.array(
      z.object({ step_id: stepRefSchema, decision: z.string(), should_have: z.string() }),
    ),
    correct_strategy: z.string(),
    stage_labels: z.array(label),
    summary: z.string(),
    evidence: z
      .array(
        z.object({
          claim: z
            .string()
            .describe('What rests on it: `verdict`, `onset`, `cause`, `chain 7`, `incorrect 7` …'),
          step_id: stepRefSchema.nullable(),
          field: z.enum(['thought', 'action', 'observation', 'artifact']),
          quote: z.string(),
          place: sourceRefSchema,
        }),
      )
      .describe('What each statement rests on, word for word, with its place.'),
  }),
  'codetracer_rl_feedback.json': z.array(
    z.object({
      step_id: stepRefSchema,
      verdict: z.enum(['ok', 'incorrect', 'unuseful']),
      deviation_type: z.enum([...CAUSES, 'incorrect', 'unuseful', 'none']),
      impact_severity: z.enum(['critical', 'major', 'minor', 'none']),
      reasoning: z.string(),
      correct_alternative: z.string().optional(),
      reward_signal: z.number().min(-1).max(1),
    }),
  ),
} as const;
