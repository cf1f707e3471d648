import { z } from 'zod';
import { intervalSchema } from './score-report.ts';

const comparedFigureSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  better: z.enum(['higher', 'lower']),
  n: z.int().nonnegative().describe('Cases that count, for both systems.'),
  a: z.number().optional(),
  b: z.number().optional(),
  difference: z.number().optional().describe('The first system’s value minus the second’s.'),
  interval: intervalSchema
    .optional()
    .describe(
      'Paired bootstrap interval of the difference, clustered by task; absent with fewer than two tasks.',
    ),
  p: z.number().optional().describe('Two-sided bootstrap p-value of no difference, clustered by task.'),
  wins: z.int().nonnegative().describe('Cases on which the first system does better.'),
  ties: z.int().nonnegative(),
  losses: z.int().nonnegative(),
});

const mcnemarSchema = z.strictObject({
  figure: z.string(),
  both: z.int().nonnegative(),
  onlyA: z.int().nonnegative(),
  onlyB: z.int().nonnegative(),
  neither: z.int().nonnegative(),
  p: z.number(),
  method: z
    .enum(['exact', 'chi-squared'])
    .describe(
      '`exact`: binomial test on the pairs that differ; else chi-squared with continuity correction.',
    ),
});

/** Two systems on some cases. */
const comparedSchema = z.strictObject({
  cases: z.int().nonnegative(),
  tasks: z.int().nonnegative(),
  figures: z
    .array(comparedFigureSchema)
    .describe(
      'Every headline figure; those of verdicts not where only one of the two was told the outcomes.',
    ),
  mcnemar: z
    .array(mcnemarSchema)
    .describe(
      'Hits and misses case by case; takes cases for independent. Left out where a system answers by chance, for it has no single answer.',
    ),
});

/** The document of `bench compare --json`: two systems on the same cases. */
export const compareReportSchema = z.strictObject({
  ...comparedSchema.shape,
  schema: z.literal('codetracer.bench-compare/1'),
  settings: z.strictObject({
    seed: z.int(),
    resamples: z.int().positive(),
    level: z.number(),
    clusteredBy: z.literal('task'),
  }),
  a: z.strictObject({ name: z.string(), missing: z.int().nonnegative() }),
  b: z.strictObject({ name: z.string(), missing: z.int().nonnegative() }),
  sets: z
    .array(z.strictObject({ set: z.string(), ...comparedSchema.shape }))
    .describe('The same for the cases of each label set; empty where there is only one.'),
  changed: z
    .array(
      z.strictObject({
        id: z.string(),
        set: z.string(),
        task: z.string(),
        changes: z.array(
          z.strictObject({ figure: z.string(), a: z.number(), b: z.number(), better: z.enum(['a', 'b']) }),
        ),
      }),
    )
    .describe('Cases on which a headline figure differs.'),
});

export type CompareReport = z.infer<typeof compareReportSchema>;
export type ComparedFigure = z.infer<typeof comparedFigureSchema>;
export type McNemarRow = z.infer<typeof mcnemarSchema>;
