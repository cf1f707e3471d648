import { z } from 'zod';
import { CodetracerError } from '../../base/error.ts';
import type { Prediction } from '../../bench/bench-case.ts';

const stepNumber = z.int().positive();

/** One line of `predictions/<system>.jsonl`. */
export const predictionLineSchema = z.strictObject({
  id: z.string().describe('The case; its name stands in the manifest.'),
  key: z
    .string()
    .describe('Digest of what the answer follows from: the run, the settings of the system, the code.'),
  steps: z.int().nonnegative().describe('Steps of the run as the system saw it.'),
  onset: z
    .array(z.strictObject({ step: stepNumber, share: z.number().nonnegative() }))
    .describe('Candidates for the onset, best first.'),
  incorrect: z.array(stepNumber),
  unuseful: z.array(stepNumber),
  verdict: z
    .strictObject({ kind: z.string(), failure: z.number().min(0).max(1) })
    .optional()
    .describe('Absent for systems that judge nothing.'),
  drawn: z
    .literal(true)
    .optional()
    .describe('Each list stands for one step drawn from it, all equally likely.'),
  tokens: z.number().nonnegative(),
  dollars: z.number().nonnegative(),
  milliseconds: z.number().nonnegative().describe('Analysis after extraction and the answer itself.'),
});

export type PredictionLine = z.infer<typeof predictionLineSchema>;

/** The fields in one fixed order, so that equal answers are equal text. */
export function formatPrediction(prediction: Prediction, key: string): string {
  const { id, steps, onset, incorrect, unuseful, verdict, drawn, tokens, dollars, milliseconds } = prediction;
  const line: PredictionLine = {
    id,
    key,
    steps,
    onset: onset.map(({ step, share }) => ({ step, share })),
    incorrect: [...incorrect],
    unuseful: [...unuseful],
    ...(verdict && { verdict: { kind: verdict.kind, failure: verdict.failure } }),
    ...(drawn && { drawn }),
    tokens,
    dollars,
    milliseconds,
  };
  return `${JSON.stringify(line)}\n`;
}

/** Undefined for a line that is no prediction. */
export function parsePrediction(text: string): PredictionLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = predictionLineSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/**
 * The whole lines of a file's text.
 * @throws CodetracerError `unreadable` with the place of a damaged line
 */
export function parsePredictionLines(text: string, path: string): PredictionLine[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      const parsed = parsePrediction(line);
      if (parsed) return parsed;
      throw new CodetracerError('unreadable', `${path}:${index + 1}: not a prediction`, {
        hint: 'the file was changed after it was written; remove it and run `codetracer bench run` again',
      });
    });
}

/** The prediction of a line, without what only the runner needs. */
export function toPrediction(line: PredictionLine): Prediction {
  const { id, steps, onset, incorrect, unuseful, verdict, drawn, tokens, dollars, milliseconds } = line;
  return {
    id,
    steps,
    onset,
    incorrect,
    unuseful,
    ...(verdict && { verdict }),
    ...(drawn && { drawn }),
    tokens,
    dollars,
    milliseconds,
  };
}
