import { z } from 'zod';

export const sourceRefSchema = z
  .object({
    artifact: z.string().describe("Path of the artifact, relative to the run's folder."),
    pointer: z.string().optional().describe('JSON pointer (RFC 6901).'),
    line: z.int().positive().optional().describe('Line, from 1.'),
    castEvents: z
      .tuple([z.int(), z.int()])
      .optional()
      .describe('First and last event of a recording, from 0.'),
    bytes: z.tuple([z.int(), z.int()]).optional().describe('Byte range, end exclusive.'),
  })
  .describe('Where a text stands in the artifacts.');
