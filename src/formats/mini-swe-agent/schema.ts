import { z } from 'zod';

const text = z.string().optional().catch(undefined);

/** The document without its messages. Loose: forks add keys of their own; wrong types read as absent. */
const header = z.looseObject({
  trajectory_format: text,
  instance_id: text,
  info: z
    .looseObject({
      exit_status: text,
      submission: text,
      mini_version: text,
      exception_str: text,
      model_stats: z
        .looseObject({
          instance_cost: z.number().optional().catch(undefined),
          api_calls: z.number().optional().catch(undefined),
        })
        .optional()
        .catch(undefined),
      config: z.looseObject({}).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

export type MiniHeader = z.infer<typeof header>;

/** What can be read of a document's header; a bare list of messages has none, and reads as empty. */
export function readMiniHeader(document: unknown): MiniHeader {
  const parsed = header.safeParse(document);
  return parsed.success ? parsed.data : {};
}
