import { z } from 'zod';

/** The root of a trajectory without its steps. Loose: every exporter adds fields of its own; wrong types read as absent. */
export const trajectoryRoot = z.looseObject({
  schema_version: z.string().optional().catch(undefined),
  session_id: z.string().optional().catch(undefined),
  /** Since v1.7: names this document, where `session_id` names the run. */
  trajectory_id: z.string().optional().catch(undefined),
  agent: z
    .looseObject({
      name: z.string().optional().catch(undefined),
      version: z.string().optional().catch(undefined),
      model_name: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  notes: z.string().optional().catch(undefined),
  continued_trajectory_ref: z.string().optional().catch(undefined),
  /** Since v1.7: sub-agents' trajectories inside their parent's document. */
  subagent_trajectories: z.array(z.unknown()).optional().catch(undefined),
  final_metrics: z.looseObject({}).optional().catch(undefined),
});

export type TrajectoryRoot = z.infer<typeof trajectoryRoot>;

/** What can be read of a root; undefined when it is no object at all. */
export function readRoot(value: unknown): TrajectoryRoot | undefined {
  const parsed = trajectoryRoot.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** A pointer from an observation to a sub-agent's trajectory: inside this document, or in a file. */
export interface SubagentRef {
  readonly trajectoryId?: string;
  readonly sessionId?: string;
  readonly path?: string;
  readonly summary?: string;
}

/** One entry of `steps`, with the fields that we read taken apart. Everything is optional in the wild. */
export interface AtifStep {
  readonly source: string | undefined;
  readonly timestamp: unknown;
  readonly message: unknown;
  readonly reasoning: string | undefined;
  readonly modelName: string | undefined;
  readonly toolCalls: readonly unknown[];
  readonly results: readonly unknown[];
  readonly metrics: unknown;
  readonly extra: unknown;
  /** The step repeats one of another document, for the model's context only. */
  readonly copied: boolean;
}
