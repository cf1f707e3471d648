import { z } from 'zod';
import { stepRefSchema } from './schemas.ts';

const provenanceSchema = z
  .enum(['recorded', 'derived', 'assumed'])
  .describe(
    'recorded: stands in an artifact; derived: follows from what is recorded; assumed: a rule of thumb.',
  );
const by = stepRefSchema.describe('The step that made it so, or showed it.');
const staleSchema = stepRefSchema
  .nullable()
  .describe("The first step that changed the project's files after it; null while they are as they were.");
const count = z.int().nonnegative();

const placeSchema = z.object({ path: z.string(), line: z.int().nullable() });

export const fileStateSchema = z.object({
  path: z.string(),
  version: z.int().nonnegative(),
  how: z.enum(['write', 'edit', 'append', 'delete', 'move', 'copy', 'read', 'restore', 'unknown']),
  exists: z.boolean(),
  provenance: provenanceSchema,
  by: stepRefSchema.nullable(),
  length: count.nullable().describe('Characters of its content; null where the content is not known.'),
  doubtedBy: stepRefSchema
    .nullable()
    .describe('The first step after it that may have changed the file unseen; null when there is none.'),
});

export const stateReportSchema = z.object({
  step: stepRefSchema,
  cwd: z.object({ path: z.string(), provenance: provenanceSchema, by: stepRefSchema.nullable() }).nullable(),
  files: z.array(fileStateSchema).describe('Files that steps changed.'),
  env: z.array(
    z.object({
      name: z.string(),
      value: z.string().nullable().describe('null where the text does not say it.'),
      by,
      provenance: provenanceSchema,
    }),
  ),
  packages: z.array(
    z.object({
      name: z.string(),
      action: z.enum(['install', 'remove', 'update', 'seen']),
      manager: z.string(),
      version: z.string().nullable(),
      environment: z
        .string()
        .nullable()
        .describe(
          'The folder of a virtual environment, conda:<name>, or global; null where it is not known.',
        ),
      by,
      provenance: provenanceSchema,
    }),
  ),
  services: z.array(z.object({ name: z.string(), running: z.boolean(), by, provenance: provenanceSchema })),
  ports: z.array(
    z.object({
      port: z.int().positive(),
      open: z.boolean(),
      owner: z.string().nullable(),
      by,
      provenance: provenanceSchema,
    }),
  ),
  processes: z
    .array(
      z.object({
        what: z.string(),
        command: z.string().nullable(),
        pid: z.int().nullable(),
        by,
        provenance: provenanceSchema,
        seenBy: stepRefSchema.nullable().describe('A step whose output showed it running.'),
      }),
    )
    .describe('Processes that steps left running and that nothing shows ended.'),
  branch: z.object({ name: z.string(), by }).nullable(),
  git: z.object({
    head: z
      .object({
        hash: z.string().nullable(),
        message: z.string().nullable(),
        by: stepRefSchema.nullable(),
        provenance: provenanceSchema,
      })
      .nullable(),
    dirty: z.array(z.string()),
    staged: z.array(z.string()),
    untracked: z.array(z.string()),
    unsure: z
      .array(z.string())
      .describe('Files whose place in (or outside of) these lists is taken for likely, not known.'),
    covers: z
      .enum(['nothing', 'touched', 'all'])
      .describe(
        '`nothing` speaks of a repository; files that the run `touched` are listed; git listed `all` changes.',
      ),
    stashes: z.array(z.object({ message: z.string().nullable(), paths: z.array(z.string()), by })),
  }),
  tests: z.array(
    z.object({
      test: z.string(),
      status: z.enum(['passed', 'failed', 'error', 'skipped']),
      by,
      stale: staleSchema,
      cleared: stepRefSchema
        .nullable()
        .describe('A later run of the same command without a failure that does not name this test.'),
    }),
  ),
  testRuns: z
    .array(
      z.object({
        command: z.string(),
        runner: z.string(),
        passed: count.nullable(),
        failed: count.nullable(),
        errors: count.nullable(),
        skipped: count.nullable(),
        summary: z.string().nullable().describe('The verbatim line that states the outcome.'),
        named: count.describe('How many single tests its output names.'),
        by,
        stale: staleSchema,
      }),
    )
    .describe('The last run of every test command, oldest first.'),
  openErrors: z.array(
    z.object({
      number: z.int().positive(),
      line: z.string(),
      by,
      files: z.array(placeSchema).describe('The places that it names; of a trace the last is the deepest.'),
      place: placeSchema
        .nullable()
        .describe("The deepest place in the project's own files, else the deepest of all."),
    }),
  ),
  commitments: z
    .array(
      z.object({
        number: z.int().positive(),
        quote: z.string().describe('Verbatim.'),
        deed: z.string(),
        object: z.string().nullable(),
        source: z.enum(['thought', 'todo', 'final-message']),
        by,
        marked: stepRefSchema.nullable().describe('The step at which the agent marked it as done.'),
      }),
    )
    .describe('What the agent said that it would do and nothing up to here shows done.'),
  budget: z.object({
    steps: count,
    seconds: z.number().nullable(),
    tokens: z.number().nullable(),
    costUsd: z.number().nullable(),
  }),
});

export const stateChangeSchema = z.object({
  part: z.string(),
  name: z.string(),
  before: z.string().nullable().describe('What held at the earlier step, in words; null for nothing.'),
  after: z.string().nullable(),
  by: stepRefSchema.nullable().describe('The step that what holds now is due to.'),
});

export const stateDocumentSchema = stateReportSchema.extend({
  schema: z.literal('codetracer.state/1'),
  run: z.string(),
  since: z
    .object({ step: stepRefSchema, changes: z.array(stateChangeSchema) })
    .optional()
    .describe('What differs from the state after an earlier step, with --since.'),
});

/** The state after one step, as `state --json` prints it. Values say how they are known. */
export type StateReport = z.infer<typeof stateReportSchema>;
export type FileReport = z.infer<typeof fileStateSchema>;
export type StateChange = z.infer<typeof stateChangeSchema>;
