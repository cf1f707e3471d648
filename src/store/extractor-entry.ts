import { z } from 'zod';
import { specSchema } from '../evolve/spec/spec.ts';

const file = z.strictObject({
  /** Name without its folder: where it lay is nobody else's business. */
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  /** SHA-256 of its ends, as run ids use it. */
  digest: z.string(),
});

/** One version of a learnt extractor, as it is kept on disk and exchanged between people. */
export const extractorEntrySchema = z.strictObject({
  schema: z.literal('codetracer.extractor/1'),
  version: z.number().int().positive().describe('Counts from 1 within a name; a version never changes.'),
  spec: specSchema,
  fingerprint: z.string().describe('Digest of the spec’s fingerprint: equal ones look at equal records.'),
  validation: z.strictObject({
    accepted: z.boolean(),
    reasons: z.array(z.string()).describe('Why it was accepted or rejected.'),
    score: z.number().min(0).max(1),
    measures: z.record(z.string(), z.number()).describe('Shares and counts on files that were held out.'),
  }),
  provenance: z.strictObject({
    origin: z.enum(['inferred', 'model', 'file']).describe('Who proposed the spec.'),
    evidence: z
      .enum(['names', 'measures'])
      .optional()
      .describe('What an inferred spec rests on: telling names and measures, or measures alone.'),
    learntAt: z.iso.datetime(),
    tool: z.string().describe('Version of the program that validated it.'),
    parent: z.number().int().positive().optional().describe('The version that it was learnt anew for.'),
    learntFrom: z.array(file),
    heldOut: z.array(file),
  }),
});

export type ExtractorEntry = z.infer<typeof extractorEntrySchema>;
export type LearntFile = z.infer<typeof file>;
