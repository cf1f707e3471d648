import { z } from 'zod';
import { CAUSES, VERDICTS } from '../model/diagnosis.ts';
import { DIAGNOSTIC_CODES } from '../model/diagnostic.ts';
import { OUTCOMES } from '../model/outcome.ts';
import { STAGE_KINDS } from '../model/stage.ts';
import { conformanceSummarySchema } from './conformance-schemas.ts';
import { formatIdSchema } from './format-id.ts';
import { sourceRefSchema } from './source-ref-schema.ts';

/** Shapes of what we print and write. Fields may be added in a version, never changed or taken away. */

export const stepRefSchema = z
  .union([z.int().positive(), z.string().regex(/^(\d+|orphan)(\.\d+)+$/)])
  .describe('A step: the number of a main-agent step, or text such as "7.2" for a sub-agent\'s step.');

export { sourceRefSchema };

export const diagnosticSchema = z.object({
  code: z.enum(Object.keys(DIAGNOSTIC_CODES) as [keyof typeof DIAGNOSTIC_CODES]),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  place: sourceRefSchema.optional(),
  count: z.int().positive().optional(),
});

export const stageSchema = z.object({
  kind: z.enum(STAGE_KINDS),
  start: z.int().positive(),
  end: z.int().positive(),
});

export const evidenceSchema = z.object({
  step: stepRefSchema.nullable().describe('null for evidence outside the steps.'),
  field: z.enum(['thought', 'action', 'observation', 'artifact']),
  quote: z.string().describe('Verbatim in the decoded field of its step, or in the artifact.'),
  artifact: z.string(),
  place: sourceRefSchema,
});

export const signalSchema = z.object({
  name: z.string(),
  value: z.number(),
  quote: z.string().optional().describe('The first piece of evidence for it.'),
});

export const runReportSchema = z.object({
  id: z.string(),
  path: z.string(),
  format: formatIdSchema,
  agent: z.string().nullable(),
  model: z.string().nullable(),
  task: z.string().nullable().describe("The task's id, else the first line of its text."),
  outcome: z.enum(OUTCOMES),
  steps: z.int().nonnegative().describe("The main agent's steps."),
  keptSteps: z
    .int()
    .nonnegative()
    .optional()
    .describe('So many of them, from the first, were kept and analysed; missing when all were.'),
  stages: z.array(stageSchema),
  verdict: z.object({
    kind: z.enum(VERDICTS),
    confidence: z.number().min(0).max(1),
    band: z.enum(['high', 'medium', 'low']),
    why: z.string(),
    evidence: z
      .array(evidenceSchema)
      .describe('The words that it rests on: of its reasons, or of what says how the run ended.'),
    failure: z.number().min(0).max(1).describe('Belief that the task was not solved, whoever is to blame.'),
    reasons: z
      .array(
        z.object({
          name: z.string(),
          says: z.string(),
          weight: z.number().describe('What it adds to the log-odds of a failure.'),
          evidence: z.array(evidenceSchema),
        }),
      )
      .describe('What the belief rests on, most telling first; empty where a known outcome decides.'),
  }),
  onset: stepRefSchema.nullable(),
  onsetStage: z.enum(STAGE_KINDS).nullable(),
  incorrect: z.array(stepRefSchema),
  unuseful: z.array(stepRefSchema),
  chain: z.array(stepRefSchema),
  chainDetail: z.array(z.object({ step: stepRefSchema, how: z.string(), evidence: z.array(evidenceSchema) })),
  labels: z
    .array(
      z.object({
        step: stepRefSchema,
        kind: z.enum(['incorrect', 'unuseful']),
        belief: z.number().min(0).max(1).describe('Belief that a reader of the run would label it so.'),
        signals: z.array(signalSchema).describe('What raises the belief, most telling first.'),
        evidence: z.array(evidenceSchema),
      }),
    )
    .describe('Why each step of `incorrect` and `unuseful` is there.'),
  cause: z.enum(CAUSES),
  causeEvidence: z.array(evidenceSchema),
  evidence: z.array(evidenceSchema),
  why: z.string(),
  better: z.string(),
  alternatives: z.array(z.object({ step: stepRefSchema, score: z.number(), signals: z.array(signalSchema) })),
  anchors: z.array(
    z.object({
      kind: z.string(),
      message: z.string(),
      step: stepRefSchema.nullable(),
      evidence: z.array(evidenceSchema),
    }),
  ),
  failingChecks: z.array(z.object({ test: z.string(), message: z.string().optional() })),
  outcomeWithheld: z.boolean(),
  usage: z.object({
    tokens: z.number().optional(),
    inputTokens: z.number().optional(),
    cachedInputTokens: z.number().optional(),
    cacheWriteTokens: z.number().optional(),
    outputTokens: z.number().optional(),
    reasoningTokens: z.number().optional(),
    cost: z.number().optional().describe('US dollars.'),
  }),
  time: z
    .object({ start: z.string().optional(), end: z.string().optional(), seconds: z.number().optional() })
    .optional(),
  subagentSteps: z.int().positive().optional(),
  exitStatus: z.string().optional(),
  exceptions: z.array(z.object({ kind: z.string(), message: z.string() })),
  diagnostics: z.array(diagnosticSchema),
  conformance: conformanceSummarySchema
    .optional()
    .describe('Absent when it was not measured, as for an artifact with a huge number of runs.'),
  files: z.record(z.string(), z.string()).describe('Written files by name; empty with --no-files.'),
});

export const analyzeDocumentSchema = z.object({
  schema: z.literal('codetracer.analyze/1'),
  runs: z.array(runReportSchema),
  skipped: z.int().nonnegative().describe('Files that are no run.'),
  failed: z.array(
    z.object({
      path: z.string(),
      code: z.string(),
      message: z.string(),
      tried: z.array(z.object({ format: z.string(), score: z.number(), reason: z.string() })).optional(),
    }),
  ),
});

export type RunReport = z.infer<typeof runReportSchema>;
export type AnalyzeDocument = z.infer<typeof analyzeDocumentSchema>;
export type EvidenceReport = z.infer<typeof evidenceSchema>;
