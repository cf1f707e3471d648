import { z } from 'zod';
import { CAUSE_KINDS } from '../state/causes/cause.ts';
import { sourceRefSchema, stepRefSchema } from './schemas.ts';

const quoteSchema = z.object({
  step: stepRefSchema.nullable().describe('null for a text outside the steps.'),
  field: z.enum(['thought', 'action', 'observation', 'artifact']),
  quote: z.string().describe('Word for word in that field of the step, or in the artifact.'),
  place: sourceRefSchema,
});

const linkSchema = z.object({
  kind: z.enum(CAUSE_KINDS),
  step: stepRefSchema
    .nullable()
    .describe('null for what was there before the run, or was observed outside of its steps.'),
  what: z.string().describe('One sentence.'),
  provenance: z
    .enum(['recorded', 'derived', 'assumed'])
    .describe(
      'How it is known that this belongs here: the quote says so, it follows from records, or only the order speaks for it.',
    ),
  quote: z.string().optional().describe('The most telling quote, the first of `evidence`.'),
  place: sourceRefSchema.optional(),
  evidence: z.array(quoteSchema),
  depth: z
    .int()
    .nonnegative()
    .describe('0 for what answers the question itself, 1 for what that rests on, and so on.'),
  because: z.array(z.int().nonnegative()).describe('What it rests on: indexes into the same list.'),
});

/** The document of `why --json`. */
export const whyDocumentSchema = z.object({
  schema: z.literal('codetracer.why/1'),
  run: z.string(),
  target: z.string().describe('As it was asked.'),
  answer: z.string().describe('The answer in one sentence.'),
  links: z.array(linkSchema).describe('The causes, newest first.'),
  later: z.array(linkSchema).describe('What came of it, oldest first.'),
  more: z.int().nonnegative().describe('So many further causes are known that were not followed.'),
});

export type WhyDocument = z.infer<typeof whyDocumentSchema>;
