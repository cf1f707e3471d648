import { z } from 'zod';
import type { SourceRef } from '../../model/source-ref.ts';
import { stepRefSchema } from '../schemas.ts';
import { sourceRefSchema } from '../source-ref-schema.ts';
import { PATCH_REASONS, type PatchReason } from './reasons.ts';

const reasonSchema = z.enum(Object.keys(PATCH_REASONS) as [PatchReason, ...PatchReason[]]);

export const patchPartSchema = z.object({
  path: z.string().describe("From the repository's root where that is known."),
  kind: z.enum(['created', 'deleted', 'edited']),
  known: z
    .enum(['whole', 'part', 'unknown'])
    .describe('whole: a patch program can take it; part: places or removed lines are not known.'),
  diff: z.string().optional().describe('Its part of a unified diff; absent where nothing can be said.'),
  step: stepRefSchema.optional().describe('The last step that changed it.'),
  doubtedBy: stepRefSchema.optional().describe('The first step after which it may have changed unseen.'),
});

export const fileCheckSchema = z.object({
  path: z.string(),
  inPatch: z.boolean(),
  inRecord: z.boolean(),
  reason: reasonSchema.optional().describe('Why the two are not the same; absent when they are.'),
  step: stepRefSchema.optional(),
  detail: z.string().optional(),
});

export const patchDocumentSchema = z.object({
  schema: z.literal('codetracer.patch/1'),
  run: z.string(),
  step: stepRefSchema
    .nullable()
    .describe('The changes are those after this step; null for a run without steps.'),
  root: z.string().nullable().describe("The repository's folder on the machine of the run."),
  files: z.array(patchPartSchema),
  check: z
    .object({
      verdict: z.enum(['equal', 'explained', 'unexplained']),
      allInRecord: z
        .boolean()
        .describe("Whether every change of the repository's files can be told from the record."),
      files: z.array(fileCheckSchema),
      place: sourceRefSchema.describe('Where the patch stands that was handed in.'),
    })
    .optional()
    .describe('With --check: the comparison with the patch that was handed in.'),
});
type Parsed = z.infer<typeof patchDocumentSchema>;
export type PatchDocument = Omit<Parsed, 'check'> & {
  readonly check?: Omit<NonNullable<Parsed['check']>, 'place'> & { readonly place: SourceRef };
};
