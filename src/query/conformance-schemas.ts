import { z } from 'zod';
import { sourceRefSchema } from './source-ref-schema.ts';

/** Shapes of what says how much of an artifact was understood. Fields may be added in a version, never changed or taken away. */

const count = z.int().nonnegative();

export const driftSchema = z
  .object({
    what: z.enum([
      'unread-kind',
      'lost-text',
      'missing-field',
      'unknown-record',
      'unexpected-shape',
      'unpaired-result',
    ]),
    message: z.string(),
    kind: z.string().optional().describe('Kind of record, and after a slash of the block inside it.'),
    field: z.string().optional().describe('Dotted path from the record; * stands for an index.'),
    place: sourceRefSchema.optional().describe('The first place.'),
    records: count.optional(),
    bytes: count.optional().describe('UTF-8 bytes of text that are concerned.'),
  })
  .describe('What of the artifact is not as its format is known.');

const part = z.number().min(0).max(1).nullable();

export const conformanceSummarySchema = z
  .object({
    runs: count.describe('Runs that were read from the artifact; they share these figures.'),
    records: part.describe(
      'Share of records of which at least half of the text is explained; null without records.',
    ),
    text: part.describe(
      'Share of the bytes of prose, code and output that stand in the run or are left out knowingly.',
    ),
    facts: part.describe('The same for ids, times, numbers and names.'),
    paired: part.describe('Share of calls that have a result; null without calls.'),
    thoughts: part.describe(
      'Share of the bytes of recorded reasoning that stand in the run; null when none is recorded.',
    ),
    unread: count.describe('Files in the run’s folder that nobody read.'),
    drift: z.array(driftSchema),
  })
  .describe('How much of the artifact stands in the run, measured apart from the extractor.');

const shareSchema = z
  .object({
    bytes: count.describe('UTF-8 bytes of the values.'),
    kept: count.describe('Bytes that stand in the run.'),
    known: count.describe('Bytes that the format declares to leave out.'),
    unexplained: count.describe('Bytes that are neither.'),
  })
  .describe('What became of values.');

const lostFieldSchema = z.object({
  field: z.string().describe('Dotted path from the record; * stands for an index.'),
  bytes: count,
  unexplained: count,
  place: sourceRefSchema,
  example: z.string().describe('The first line that was not found, shortened.'),
});

export const conformanceSchema = z.object({
  runs: count,
  steps: count.describe('Steps of the main agents.'),
  artifacts: z
    .array(
      z.object({
        path: z.string(),
        how: z
          .enum(['json-lines', 'document', 'recording', 'text', 'binary', 'absent'])
          .describe('How its records were found.'),
        records: count,
      }),
    )
    .describe('Files that the format read.'),
  unread: z.array(z.string()).describe('Files in the run’s folder that nobody read.'),
  records: z.object({
    seen: count,
    explained: count.describe('Records of which at least half of the text is explained.'),
  }),
  text: shareSchema.describe('Prose, code and output.'),
  facts: shareSchema.describe('Ids, times, numbers and names.'),
  kinds: z
    .array(
      z.object({
        kind: z.string().describe('Kind of record, and after a slash of the block inside it.'),
        records: count,
        text: shareSchema,
        facts: shareSchema,
        lost: z.array(lostFieldSchema).describe('Fields of text with unexplained bytes, most bytes first.'),
        lostFacts: z.array(lostFieldSchema).describe('The same for facts; at most 20.'),
      }),
    )
    .describe('Kinds of records, the largest first.'),
  calls: z.object({
    total: count,
    paired: count.describe('Calls with a result of any sort.'),
    observed: count.describe('Calls whose result the agent was shown is recorded.'),
  }),
  thoughts: z.object({
    steps: count.describe('Steps with a thought.'),
    bytes: count.describe('Recorded reasoning.'),
    kept: count.describe('Of it what stands in the runs.'),
  }),
  time: z.object({ timedSteps: count, outOfOrder: count }),
  ids: z.object({
    reused: count,
    unpairedResults: count,
    abandoned: count,
    duplicates: count,
    orphans: count,
  }),
  usage: z.object({ steps: count.describe('Steps with usage of their own.'), totals: count }),
  answers: z.array(
    z.object({
      question: z.string(),
      format: z.enum(['always', 'sometimes', 'beside', 'never']).describe('What the format promises.'),
      runs: count.describe('How many of the runs answer it.'),
    }),
  ),
  drift: z.array(driftSchema),
  sampled: z
    .object({
      fullBytes: count,
      every: count,
      partialRun: z.boolean(),
    })
    .optional()
    .describe(
      'Set when not everything was judged: past fullBytes of values one record of `every`, past four times as much none; or when the runs are too large to be held whole.',
    ),
});

export const conformDocumentSchema = z.object({
  schema: z.literal('codetracer.conform/1'),
  drift: z
    .array(driftSchema.extend({ path: z.string(), format: z.string() }))
    .describe('Every drift of every artifact.'),
  artifacts: z.array(
    z.object({
      path: z.string(),
      format: z.string(),
      ids: z.array(z.string()).describe('Runs that were read from it; the first thousand.'),
      conformance: conformanceSchema,
    }),
  ),
  formats: z
    .array(
      z.object({
        format: z.string(),
        artifacts: count,
        runs: count,
        records: z.object({ seen: count, explained: count }),
        text: shareSchema,
        facts: shareSchema,
        calls: z.object({ total: count, paired: count, observed: count }),
        drifting: count.describe('Artifacts with drift.'),
      }),
    )
    .describe('The artifacts added up by format.'),
  skipped: count.describe('Files that are no run.'),
  failed: z.array(
    z.object({
      path: z.string(),
      code: z.string(),
      message: z.string(),
      tried: z.array(z.object({ format: z.string(), score: z.number(), reason: z.string() })).optional(),
    }),
  ),
});

export type ConformanceSummary = z.infer<typeof conformanceSummarySchema>;
export type ConformDocument = z.infer<typeof conformDocumentSchema>;
