import { z } from 'zod';
import { formatIdSchema as formatId } from './format-id.ts';

/** Shape of what `discover --json` prints. Fields may be added in a version, never changed or taken away. */

const count = z.int().nonnegative();

export const discoveredArtifactSchema = z
  .object({
    path: z.string(),
    format: formatId,
    layout: z.string().optional().describe('Layout of the folder that the artifact stands in.'),
    bytes: count.optional().describe('Size of the file; missing for a folder.'),
    score: z.number().min(0).max(1).describe('How sure the format is; from 0.5 on it claims.'),
    reason: z.string().describe('What of the content the format knew it by.'),
  })
  .describe('An artifact that holds one run or more.');

export const discoverDocumentSchema = z.object({
  schema: z.literal('codetracer.discover/1'),
  artifacts: z.array(discoveredArtifactSchema).describe('In the order of discovery.'),
  formats: z
    .array(
      z.object({
        format: formatId,
        layout: z.string().optional(),
        artifacts: count.positive(),
        bytes: count,
        lowestScore: z.number(),
        highestScore: z.number(),
        reasons: z.array(z.object({ reason: z.string(), artifacts: count.positive(), example: z.string() })),
      }),
    )
    .describe('The artifacts by format, most first.'),
  left: z
    .array(
      z.object({
        kind: z.string().describe('Extension of the files, with its dot; empty for files without one.'),
        reason: z.string(),
        files: count.positive(),
        examples: z.array(z.string()),
      }),
    )
    .describe('Files that are no run, by extension and reason, most first.'),
  failed: z
    .array(
      z.object({
        code: z.string(),
        reason: z.string(),
        entries: count.positive(),
        examples: z.array(z.string()),
      }),
    )
    .describe('What could not be looked into, or is claimed by several formats.'),
});

export type DiscoveredArtifact = z.infer<typeof discoveredArtifactSchema>;
export type DiscoverDocument = z.infer<typeof discoverDocumentSchema>;
