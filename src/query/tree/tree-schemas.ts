import { z } from 'zod';
import { VERDICTS } from '../../model/diagnosis.ts';
import { OUTCOMES } from '../../model/outcome.ts';
import { STAGE_KINDS } from '../../model/stage.ts';
import { stageSchema } from '../schemas.ts';

/** Shapes of what `tree --json` prints. Fields may be added in a version, never changed or taken away. */

const stepId = z.string().describe('A step: "7", or "7.2" for a sub-agent\'s step.');
const count = z.int().nonnegative();
const counts = z.object({ steps: count, changes: count, failed: count, subagent: count });
const tests = z.object({ passed: count, failed: count });
const labels = z.array(z.enum(['onset', 'incorrect', 'unuseful', 'chain', 'anchor']));

const changeSchema = z.object({
  path: z.string(),
  step: stepId,
  how: z.enum(['write', 'edit', 'append', 'delete', 'move', 'copy', 'read', 'restore', 'unknown', 'other']),
  added: count.optional().describe('Lines; absent where neither contents nor the action tell them.'),
  removed: count.optional(),
  provenance: z.enum(['recorded', 'derived', 'assumed']).optional(),
});

const nodeSchema = z.object({
  index: count.describe('0 is the state before the first step.'),
  parent: count.optional().describe('Index of an earlier node; absent for the first.'),
  depth: count,
  madeBy: stepId.optional().describe('The step that made this state.'),
  alsoBy: z.array(stepId).describe('Other steps of its turn that changed something at once.'),
  explore: z.array(stepId).describe('Steps that ran in this state without changing it.'),
  returnsTo: count.optional().describe('The earlier node whose known state of the files holds again here.'),
  abandoned: z.boolean().describe('What was changed here was undone later.'),
  agent: z.string().optional().describe('Name of the sub-agent that made it.'),
  stage: count.optional().describe('Position in `stages`, from 0.'),
  changes: z.array(changeSchema),
});

const lineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('head'),
    run: z.string(),
    task: z.string().optional(),
    outcome: z.enum(OUTCOMES),
    verdict: z.enum(VERDICTS),
    onset: stepId.optional(),
    onsetStage: z.enum(STAGE_KINDS).optional(),
    counts,
    stages: count,
    folded: count.describe('Steps that no other line shows or counts.'),
  }),
  z.object({
    kind: z.literal('fact'),
    name: z.enum(['task', 'agent', 'verdict', 'onset', 'better', 'note']),
    text: z.string(),
  }),
  z.object({
    kind: z.literal('stage'),
    index: count,
    stage: z.enum(STAGE_KINDS),
    start: z.int().positive(),
    end: z.int().positive(),
    counts,
    files: count,
    paths: z.array(z.string()),
    tests: tests.optional(),
    labels,
    open: z.boolean().describe('Whether any of its steps has a line.'),
  }),
  z.object({
    kind: z.literal('step'),
    step: stepId,
    indent: count,
    tool: z.string(),
    action: z.string(),
    failed: z.boolean(),
    labels,
    node: count.optional(),
    parallel: z.boolean(),
    changes: z.array(changeSchema),
    returnsTo: z.object({ node: count, step: stepId.optional() }).optional(),
    abandoned: z.boolean(),
    agent: z.string().optional(),
    tests: tests.optional(),
  }),
  z.object({
    kind: z.literal('similar'),
    steps: z.array(stepId),
    indent: count,
    what: z.string(),
    targets: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('folded'),
    steps: z.int().positive(),
    first: stepId,
    last: stepId,
    kinds: z.array(z.tuple([z.string(), count])),
    together: z.boolean().describe('Whether the steps stand in one place.'),
  }),
]);

export const treeDocumentSchema = z.object({
  schema: z.literal('codetracer.tree/1'),
  run: z.string(),
  stages: z.array(stageSchema),
  nodes: z.array(nodeSchema),
  onset: stepId.nullable(),
  chain: z.array(stepId),
  incorrect: z.array(stepId),
  unuseful: z.array(stepId),
  lines: z
    .array(lineSchema)
    .optional()
    .describe('With a budget, a focus or a choice of stages: the lines shown.'),
});

export type TreeDocument = z.infer<typeof treeDocumentSchema>;
