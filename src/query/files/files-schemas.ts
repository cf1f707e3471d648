import { z } from 'zod';
import { stepRefSchema } from '../schemas.ts';

const provenance = z
  .enum(['recorded', 'derived', 'assumed'])
  .describe(
    'recorded: stands in an artifact; derived: follows from what is recorded; assumed: may be otherwise.',
  );
const how = z.enum(['write', 'edit', 'append', 'delete', 'move', 'copy', 'read', 'restore', 'unknown']);
const by = stepRefSchema
  .nullable()
  .describe('The step that made it; null for what was there before the run.');
const doubtedBy = stepRefSchema
  .nullable()
  .describe('The first step after it that may have changed the file unseen; null when there is none.');
const size = z
  .int()
  .nonnegative()
  .nullable()
  .describe('Characters of the content; null where it is not known, or the file does not exist.');
const line = z.int().positive();

export const lineSpanSchema = z.object({ from: line, to: line });

export const fileEntrySchema = z.object({
  path: z.string(),
  versions: z.int().positive(),
  exists: z.boolean().describe('As the last version says.'),
  how: how.describe('How the last version came to be.'),
  by,
  provenance,
  size,
  doubtedBy,
});

export const versionEntrySchema = z.object({
  version: z.int().positive(),
  how,
  by,
  firstSeenAt: stepRefSchema.describe('The step at which it came to be, or was first seen.'),
  exists: z.boolean(),
  provenance,
  size,
  doubtedBy: doubtedBy.describe(
    'The first step that may have changed it unseen while it was the newest; null when there is none.',
  ),
  source: z
    .object({ path: z.string(), version: z.int().positive().nullable() })
    .optional()
    .describe('What was moved, copied or brought back; version null for the original that was never seen.'),
});

export const seenVersionSchema = z.object({
  version: z.int().nonnegative().describe('0 for one that the history does not hold.'),
  lines: z
    .array(lineSpanSchema)
    .describe('Lines that the agent was shown, in order; empty when all or unclear.'),
  whole: z.boolean().describe('All of it was shown.'),
  unclear: z.boolean().describe('Something of it was shown, and it is not known which lines.'),
  steps: z.array(stepRefSchema).describe('The steps that showed it.'),
});

export const blindChangeSchema = z.object({
  step: stepRefSchema,
  version: z.int().positive().describe('The version that it changed.'),
  lines: z.array(lineSpanSchema).describe('Lines that it changed or took away without having seen them.'),
});

export const filesDocumentSchema = z.object({
  schema: z.literal('codetracer.files/1'),
  run: z.string(),
  step: stepRefSchema.nullable().describe('The state after this step; null for a run without steps.'),
  files: z.array(fileEntrySchema).optional().describe('Without a path: every file that the run touched.'),
  file: z
    .object({
      path: z.string(),
      versions: z.array(versionEntrySchema),
      content: z
        .string()
        .nullable()
        .optional()
        .describe('With --at: the content after that step; null where it is not known.'),
      diff: z
        .object({
          from: z.int().positive(),
          to: z.int().positive(),
          text: z.string().describe('A unified diff; empty when the two are equal.'),
        })
        .optional()
        .describe('With --diff.'),
      seen: z
        .object({
          shown: z.array(seenVersionSchema),
          never: z
            .array(lineSpanSchema)
            .nullable()
            .describe(
              'Lines of the newest version that it neither saw nor wrote; null where they are not known.',
            ),
          blind: z.array(blindChangeSchema),
        })
        .optional()
        .describe('With --seen.'),
    })
    .optional(),
});

export type FileEntry = z.infer<typeof fileEntrySchema>;
export type VersionEntry = z.infer<typeof versionEntrySchema>;
export type SeenVersion = z.infer<typeof seenVersionSchema>;
export type BlindChange = z.infer<typeof blindChangeSchema>;
export type LineSpan = z.infer<typeof lineSpanSchema>;
export type FilesDocument = z.infer<typeof filesDocumentSchema>;
