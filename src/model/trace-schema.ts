import { z } from 'zod';
import { DIAGNOSTIC_CODES } from './diagnostic.ts';
import { OUTCOMES } from './outcome.ts';

/** Shape of a run in our own file. Strict: a field that is not listed is a mistake of the writer. */

const ref = z.strictObject({
  artifact: z.string(),
  pointer: z.string().optional(),
  line: z.int().optional(),
  castEvents: z.tuple([z.int(), z.int()]).optional(),
  bytes: z.tuple([z.int(), z.int()]).optional(),
});

const usage = z.strictObject({
  inputTokens: z.number().optional(),
  cachedInputTokens: z.number().optional(),
  cacheWriteTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
  costUsd: z.number().optional(),
});

const fileFact = z.strictObject({
  path: z.string().describe('As recorded.'),
  before: z
    .string()
    .nullable()
    .optional()
    .describe('The whole content before the step; null where there was no file.'),
  after: z
    .string()
    .nullable()
    .optional()
    .describe('The whole content after it; null where there was no file.'),
  amended: z
    .literal(true)
    .optional()
    .describe('What the call asked for was changed before it was carried out.'),
  place: ref.optional(),
});

export const stepSchema = z.strictObject({
  id: z.string(),
  ordinal: z.int().positive(),
  turn: z.int().positive(),
  parallelGroup: z.int().optional(),
  thought: z.string().optional(),
  tool: z.string(),
  action: z.string(),
  args: z.record(z.string(), z.unknown()).optional(),
  observation: z.string().optional(),
  rawOutput: z.string().optional(),
  images: z.array(z.string()).optional(),
  fileFacts: z
    .array(fileFact)
    .optional()
    .describe(
      'What the result records of whole contents of files, beside the text that the agent was shown.',
    ),
  exitCode: z.number().optional(),
  status: z.enum(['ok', 'error', 'timeout', 'rejected', 'interrupted', 'pending', 'unknown']),
  recordedCwd: z.string().optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  usage: usage.optional(),
  actionRef: ref,
  thoughtRef: ref.optional(),
  observationRef: ref.optional(),
});

const message = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'environment']),
  kind: z.enum(['prompt', 'reply', 'format-error', 'compaction', 'interruption', 'notice']),
  text: z.string(),
  before: z.string().optional(),
  place: ref,
});

const textWithPlace = z.strictObject({ text: z.string(), place: ref });

export const runSchema = z.strictObject({
  id: z.string(),
  stepCount: z.int().positive().optional(),
  path: z.string(),
  format: z.string(),
  formatVersion: z.string().optional(),
  agent: z.strictObject({ name: z.string(), version: z.string().optional() }).optional(),
  model: z.string().optional(),
  task: z
    .strictObject({ id: z.string().optional(), text: z.string().optional(), place: ref.optional() })
    .optional(),
  outcome: z.strictObject({
    kind: z.enum(OUTCOMES),
    score: z.number().optional(),
    signals: z.array(
      z.strictObject({
        source: z.string(),
        says: z.enum(OUTCOMES),
        score: z.number().optional(),
        detail: z.string(),
        quote: z.string().optional(),
        place: ref,
        authority: z.enum(['checker', 'harness', 'agent']),
      }),
    ),
    conflicting: z.boolean(),
    checks: z.array(
      z.strictObject({
        test: z.string(),
        status: z.enum(['passed', 'failed', 'error', 'skipped']),
        message: z.string().optional(),
        place: ref.optional(),
      }),
    ),
  }),
  branches: z.array(
    z.strictObject({
      parent: z.string().optional(),
      name: z.string().optional(),
      prompt: z.string().optional(),
      steps: z.array(stepSchema),
      stepCount: z.int().positive().optional(),
      messages: z.array(message).optional(),
      finalMessage: z.string().optional(),
    }),
  ),
  messages: z.array(message),
  finalMessage: textWithPlace.extend({ parts: z.array(textWithPlace).optional() }).optional(),
  submission: textWithPlace.optional(),
  exitStatus: z.string().optional(),
  exceptions: z.array(
    z.strictObject({
      kind: z.enum(['timeout', 'limit', 'api', 'harness', 'crash']),
      message: z.string(),
      quote: z.string().optional(),
      place: ref,
    }),
  ),
  initialCwd: z.string().optional(),
  usage: usage.optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  artifacts: z.array(
    z.strictObject({
      path: z.string(),
      size: z.number().optional(),
      use: z.enum(['steps', 'enrichment', 'unread']),
    }),
  ),
  diagnostics: z.array(
    z.strictObject({
      code: z.enum(Object.keys(DIAGNOSTIC_CODES) as [keyof typeof DIAGNOSTIC_CODES]),
      severity: z.enum(['info', 'warning', 'error']),
      message: z.string(),
      place: ref.optional(),
      count: z.int().optional(),
    }),
  ),
});
