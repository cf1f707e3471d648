import { z } from 'zod';

/** Shape of what `convert --json` prints. Fields may be added in a version, never changed or taken away. */

const count = z.int().nonnegative();

export const convertDocumentSchema = z.object({
  schema: z.literal('codetracer.convert/1'),
  target: z.enum(['atif', 'otlp', 'openinference', 'trace', 'steps']).describe('Format of the documents.'),
  converted: z
    .array(
      z
        .object({
          run: z.string().describe('Id of the run.'),
          path: z.string().describe('The artifact that the run was read from.'),
          file: z.string().describe('The file that was written.'),
          steps: count.describe('Steps of the main agent.'),
          losses: z
            .array(
              z.object({
                field: z.string().describe('Name of the field in our own model, e.g. `outcome.checks`.'),
                count: count.positive().describe('How many values are lost.'),
                why: z.string(),
              }),
            )
            .describe('What the document does not hold; empty when it holds everything.'),
          redacted: z
            .array(z.string())
            .describe('What was taken out, e.g. `2 × API key`; empty when nothing was.'),
        })
        .describe('A run that was written.'),
    )
    .describe('In the order of discovery.'),
  skipped: count.describe('Files that are no run.'),
  failed: z
    .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
    .describe('What could not be read.'),
});

export type ConvertDocument = z.infer<typeof convertDocumentSchema>;
