import { z } from 'zod';
import { SYSTEM_KINDS } from './system.ts';

export const intervalSchema = z.strictObject({
  low: z.number(),
  high: z.number(),
});

export const figureValueSchema = z.strictObject({
  value: z.number().optional().describe('Absent when no case counts.'),
  n: z.int().nonnegative().describe('Cases that count.'),
  leftOut: z.int().nonnegative().describe('Cases whose labels say nothing for this figure.'),
  interval: intervalSchema
    .optional()
    .describe('Bootstrap interval, clustered by task; absent with fewer than two tasks.'),
});

export const FIGURE_GROUPS = ['steps', 'stages', 'onset', 'reading', 'verdict'] as const;

const figureInfoSchema = z.strictObject({
  id: z.string(),
  group: z.enum(FIGURE_GROUPS),
  title: z.string(),
  about: z.string().describe('What it measures, and over which cases.'),
  better: z.enum(['higher', 'lower']),
  headline: z.boolean().describe('Headline figures stand in every slice, the others in `all` and by set.'),
});

const spreadSchema = z.strictObject({
  median: z.number().optional().describe('Absent when nothing was answered.'),
  p95: z.number().optional(),
  sum: z.number(),
});

const systemInfoSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(SYSTEM_KINDS),
  about: z.string(),
  outcome: z
    .enum(['known', 'withheld'])
    .optional()
    .describe(
      'Whether it got the runs with their outcome, so that its verdicts tell nothing but what it was told; absent when nobody knows.',
    ),
  answered: z.int().nonnegative(),
  missing: z.int().nonnegative().describe('Cases without a prediction; they score as wrong.'),
  misaligned: z
    .int()
    .nonnegative()
    .describe('Predictions whose number of steps is not the one that the labels count.'),
  unasked: z
    .int()
    .nonnegative()
    .describe('Predictions for cases that have no labels here; they count nowhere.'),
  judges: z.boolean().describe('Whether it gives verdicts at all.'),
  cost: z.strictObject({ tokens: spreadSchema, dollars: spreadSchema, milliseconds: spreadSchema }),
});

export const SLICE_KINDS = [
  'all',
  'set',
  'agent',
  'model',
  'difficulty',
  'category',
  'length',
  'outcome',
  'readings',
] as const;

const sliceSchema = z.strictObject({
  by: z.enum(SLICE_KINDS),
  value: z.string().describe('`all` for the slice of all cases; `unknown` where a case does not say.'),
  cases: z.int().nonnegative(),
  tasks: z.int().nonnegative(),
  rows: z.array(z.strictObject({ system: z.string(), figures: z.record(z.string(), figureValueSchema) })),
  bestRules: z
    .record(z.string(), z.string())
    .describe('By figure the constant rule with the best value, the first of several.'),
});

const verdictCountsSchema = z
  .record(z.string(), z.int().nonnegative())
  .describe('Cases by kind of verdict; `missing` where there is none.');

const verdictReportSchema = z.strictObject({
  system: z.string(),
  failed: z.int().nonnegative(),
  solved: z.int().nonnegative(),
  kinds: z.strictObject({ failed: verdictCountsSchema, solved: verdictCountsSchema }),
  point: z
    .strictObject({ found: z.number(), accused: z.number() })
    .optional()
    .describe('Where the verdicts as given lie; absent when there are no failed or no solved cases.'),
  curve: z
    .array(z.strictObject({ threshold: z.number(), found: z.number(), accused: z.number() }))
    .describe(
      'Share of failed runs found against share of solved ones accused when every belief in a failure at or above the threshold accuses; from the highest threshold down.',
    ),
  area: z
    .number()
    .optional()
    .describe('Area under the curve: 0.5 is chance, 1 tells all failed runs from all solved ones.'),
  brier: z.number().optional().describe('Mean squared error of the belief in a failure; 0 is perfect.'),
  brierReference: z
    .number()
    .optional()
    .describe('The Brier score of always answering with the share of failed runs.'),
  calibrationError: z
    .number()
    .optional()
    .describe('Mean distance of belief and observed share over the bins, weighed by their cases.'),
  reliability: z.array(
    z.strictObject({
      low: z.number(),
      high: z.number(),
      n: z.int().nonnegative(),
      belief: z.number().optional().describe('Mean belief in a failure of the bin’s cases.'),
      failed: z.number().optional().describe('Share of them that failed.'),
    }),
  ),
});

const agreementRateSchema = z.strictObject({ n: z.int().nonnegative(), share: z.number().optional() });

const labelAgreementSchema = z.strictObject({
  runs: z.int().nonnegative().describe('Runs on which both readings label steps of the kind.'),
  kappaPooled: z.number().optional().describe('Cohen’s kappa over the steps of all runs together.'),
  kappaPerRun: z.number().optional().describe('Mean of the kappas of the runs that have one.'),
  runsWithKappa: z.int().nonnegative(),
  macroF1: z
    .number()
    .optional()
    .describe('The second reading against the first, over runs that the first labels.'),
});

export const agreementSchema = z.strictObject({
  cases: z.int().nonnegative().describe('Cases that were read twice.'),
  onset: z.strictObject({
    exact: agreementRateSchema.describe(
      'Over cases with a step in either reading: none against a step is a miss.',
    ),
    within1: agreementRateSchema,
    within2: agreementRateSchema,
    within5: agreementRateSchema,
    exactWhereBothName: agreementRateSchema.describe('Over cases with a step in both readings.'),
  }),
  incorrect: labelAgreementSchema,
  unuseful: labelAgreementSchema,
  union: labelAgreementSchema,
});

const readingSchema = z.strictObject({
  system: z.string(),
  points: z
    .array(z.strictObject({ read: z.number(), found: z.number() }))
    .describe(
      'Mean share of a run’s wrong steps found after reading a share of the run in the order of the system.',
    ),
});

/** The document of `bench score --json`: how systems did on labelled cases. */
export const scoreReportSchema = z.strictObject({
  schema: z.literal('codetracer.bench-score/1'),
  settings: z.strictObject({
    seed: z.int(),
    resamples: z.int().positive(),
    level: z.number(),
    clusteredBy: z.literal('task'),
    reliabilityBins: z.int().positive(),
  }),
  cases: z.strictObject({
    total: z.int().nonnegative(),
    tasks: z.int().nonnegative(),
    solved: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    outcomeUnknown: z.int().nonnegative(),
    withOnset: z.int().nonnegative(),
    withIncorrect: z.int().nonnegative(),
    withUnuseful: z.int().nonnegative(),
    withStages: z.int().nonnegative(),
    readTwice: z.int().nonnegative(),
  }),
  figures: z.array(figureInfoSchema),
  systems: z.array(systemInfoSchema),
  slices: z.array(sliceSchema),
  verdicts: z.array(verdictReportSchema).describe('Of the systems that judge.'),
  reading: z.array(readingSchema),
  agreement: agreementSchema.optional().describe('Absent when no case was read twice.'),
});

export type ScoreReport = z.infer<typeof scoreReportSchema>;
export type Interval = z.infer<typeof intervalSchema>;
export type FigureValue = z.infer<typeof figureValueSchema>;
export type FigureInfo = z.infer<typeof figureInfoSchema>;
export type SystemInfo = z.infer<typeof systemInfoSchema>;
export type ScoreSlice = z.infer<typeof sliceSchema>;
export type SliceKind = (typeof SLICE_KINDS)[number];
export type VerdictReport = z.infer<typeof verdictReportSchema>;
export type Agreement = z.infer<typeof agreementSchema>;
export type ReadingCurve = z.infer<typeof readingSchema>;
export type Spread = z.infer<typeof spreadSchema>;
