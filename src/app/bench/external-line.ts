import { z } from 'zod';
import type { Prediction } from '../../bench/bench-case.ts';

const step = z.int().positive();

/** One line of predictions that another tool made: only the name of the case is needed, more is better. */
export const externalLineSchema = z.looseObject({
  id: z.string().describe('The case: its id, its trajectory’s id, or the path of its artifact.'),
  steps: z
    .int()
    .nonnegative()
    .optional()
    .describe('Steps that the tool counts; unless given, as the labels count.'),
  onset: z
    .union([step, z.array(step), z.array(z.looseObject({ step, share: z.number().min(0).max(1) }))])
    .nullish()
    .describe('The onset, or candidates for it, best first.'),
  incorrect: z.array(step).optional(),
  unuseful: z.array(step).optional(),
  verdict: z
    .looseObject({ kind: z.string(), failure: z.number().min(0).max(1) })
    .nullish()
    .describe('`failure`: belief that the run failed, whoever is to blame, 0 to 1.'),
  tokens: z.number().nonnegative().optional(),
  dollars: z.number().nonnegative().optional(),
  milliseconds: z.number().nonnegative().optional(),
});

export type ExternalLine = z.infer<typeof externalLineSchema>;

/** `steps` is the number of steps that the labels count. */
export function readExternalLine(line: ExternalLine, id: string, steps: number): Prediction {
  const { verdict } = line;
  return {
    id,
    steps: line.steps ?? steps,
    onset: rank(line.onset),
    incorrect: line.incorrect ?? [],
    unuseful: line.unuseful ?? [],
    ...(verdict && { verdict: { kind: verdict.kind, failure: verdict.failure } }),
    tokens: line.tokens ?? 0,
    dollars: line.dollars ?? 0,
    milliseconds: line.milliseconds ?? 0,
  };
}

/** Candidates without shares get shrinking ones: only their order is known. */
function rank(onset: ExternalLine['onset']): Prediction['onset'] {
  if (onset === undefined || onset === null) return [];
  if (typeof onset === 'number') return [{ step: onset, share: 1 }];
  return onset.map((item, index) =>
    typeof item === 'number'
      ? { step: item, share: 2 ** -(index + 1) }
      : { step: item.step, share: item.share },
  );
}
