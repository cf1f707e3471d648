import { z } from 'zod';
import { compareReportSchema } from '../../bench/compare-report.ts';
import { scoreReportSchema } from '../../bench/score-report.ts';

/** `report.json`: everything that `report.md` shows, for programs. */
export const benchReportFileSchema = z.strictObject({
  schema: z.literal('codetracer.bench-report-data/1'),
  facts: z.array(z.tuple([z.string(), z.string()])).describe('Where the figures come from.'),
  score: scoreReportSchema,
  comparisons: z.array(compareReportSchema),
});

/** The document of `bench report --json`. */
export const benchReportDocumentSchema = z.strictObject({
  schema: z.literal('codetracer.bench-report/1'),
  folder: z.string(),
  files: z.array(z.string()).describe('What was written, relative to the folder.'),
  notes: z.array(z.string()),
});

export type BenchReportFile = z.infer<typeof benchReportFileSchema>;
export type BenchReportDocument = z.infer<typeof benchReportDocumentSchema>;
