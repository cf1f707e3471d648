import { z } from 'zod';

/** Shape of what `diff --json` prints. Fields may be added in a version, never changed or taken away. */

const count = z.int().nonnegative();
const step = z.union([z.number(), z.string()]).describe('Number of a step; of a sub-agent its id.');

const side = z.object({
  id: z.string(),
  path: z.string(),
  format: z.string(),
  agent: z.string().nullable(),
  model: z.string().nullable(),
  steps: count,
  failedSteps: count,
  backtracks: count.describe('Steps that brought back an earlier state of the files.'),
  outcome: z.string(),
  verdict: z.string(),
  onset: step.nullable(),
});

const shared = z
  .object({ a: step.nullable(), b: step.nullable() })
  .describe('The steps after which both runs had the same state; null before the first step.');

const change = z.object({
  step,
  action: z.string().describe('First line of the action.'),
  changed: z.array(z.string()).describe('Paths as the run knows them.'),
});

const divergence = z
  .object({
    from: shared.describe('The last state that both had.'),
    a: z.array(change).describe('What changed the state in the first run from there on.'),
    b: z.array(change),
    meets: shared.nullable().describe('The state in which they met again; null when they never did.'),
    files: z.array(z.string()).describe('Common paths that were changed in between.'),
    provenance: z
      .enum(['recorded', 'derived', 'assumed'])
      .describe('assumed: a content that decides is not known.'),
  })
  .describe('A stretch in which the runs had different states of the files.');

const one = z.object({ what: z.string(), step });

const only = z
  .object({
    read: z.array(one).describe('Files and folders that only this run looked at.'),
    readBeforeDivergence: z.array(one).describe('Of these, before its first change that the other had not.'),
    packages: z.array(one),
    services: z.array(one),
    openErrors: z.array(one).describe('Errors that stood open at the end.'),
    actions: z.array(one).describe('Kinds of action that only this run took at all.'),
  })
  .describe('What one run did and the other did not, besides changing files.');

const result = z.object({ status: z.string(), step }).nullable();

export const diffDocumentSchema = z.object({
  schema: z.literal('codetracer.diff/1'),
  a: side,
  b: side,
  task: z.enum(['same', 'different', 'unknown']).describe('Whether both runs had the same task.'),
  roots: z
    .object({ a: z.string(), b: z.string() })
    .describe('Folders of the two runs that stand for each other; empty when the paths are the same.'),
  states: z
    .object({ a: count, b: count, shared: count })
    .describe('Distinct states of the files, the one before the run included.'),
  firstDivergence: divergence.nullable().describe('null when the runs had the same states throughout.'),
  lastingDivergence: divergence.nullable().describe('The one after which they never met again.'),
  divergences: z.array(divergence),
  files: z.array(
    z.object({
      path: z.string().describe('Common path.'),
      relation: z
        .enum(['equal', 'different', 'different-edits', 'only-a', 'only-b', 'unknown'])
        .describe(
          'At the ends of the runs. different-edits: the texts are not known, the edits differ; only-a: only the first run left it changed.',
        ),
      a: z.array(step).describe('Steps that changed it.'),
      b: z.array(step),
      patch: z.string().optional().describe('Unified diff from the first run’s text to the second’s.'),
    }),
  ),
  onlyA: only,
  onlyB: only,
  tests: z
    .array(z.object({ test: z.string(), a: result, b: result }))
    .describe('Tests whose last known results differ.'),
  checks: z
    .array(z.object({ test: z.string(), a: z.string().nullable(), b: z.string().nullable() }))
    .describe('The graders’ checks whose results differ.'),
});

export type DiffDocument = z.infer<typeof diffDocumentSchema>;
