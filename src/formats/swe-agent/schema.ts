import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);

/** The document without trajectory and history. Loose: every version adds keys; wrong types read as absent. */
const header = z.looseObject({
  environment: text,
  info: z
    .looseObject({
      exit_status: text,
      submission: text,
      swe_agent_version: text,
      model_stats: z
        .looseObject({
          instance_cost: number,
          tokens_sent: number,
          tokens_received: number,
          api_calls: number,
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  /** The configuration of the run: an object, or that object as JSON text. */
  replay_config: z.unknown().optional(),
  /** Written by the retrying agent: every attempt as a document of its own. */
  attempts: z.array(z.unknown()).optional().catch(undefined),
});

export type SweHeader = z.infer<typeof header>;

/** What can be read of a document's header; empty when it is no object. */
export function readSweHeader(document: unknown): SweHeader {
  const parsed = header.safeParse(document);
  return parsed.success ? parsed.data : {};
}
