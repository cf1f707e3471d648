import { diagnose } from '../diagnosis/diagnose.ts';
import { DEFAULT_WEIGHTS, type DiagnosisWeights } from '../diagnosis/weights/default.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { StepId } from '../model/ids.ts';
import type { Answer, System } from './system.ts';

/**
 * A diagnosis as an answer. Candidates for the onset count whatever the verdict is: where a run went wrong and whether it
 * did are measured apart. Labels are of the main agent's steps, so ids of sub-agents' steps stay out.
 */
export function answerOf(diagnosis: Diagnosis, steps: number): Answer {
  return {
    steps,
    onset: diagnosis.alternatives.flatMap(({ step, score }) =>
      numberOf(step).map((n) => ({ step: n, share: score })),
    ),
    incorrect: diagnosis.incorrect.flatMap(numberOf),
    unuseful: diagnosis.unuseful.flatMap(numberOf),
    verdict: { kind: diagnosis.verdict.kind, failure: diagnosis.verdict.failure },
    tokens: 0,
    dollars: 0,
  };
}

function numberOf(id: StepId): number[] {
  return id.includes('.') ? [] : [Number(id)];
}

/** The diagnosis as users get it: with the outcome where it is known, and as if nobody had graded the run. */
export const CODETRACER_SYSTEMS: readonly System[] = [
  {
    name: 'codetracer',
    kind: 'codetracer',
    about: 'The diagnosis with the outcome of the run known, where it was recorded.',
    outcome: 'known',
    settings: { weights: DEFAULT_WEIGHTS },
    predict: ({ analysis: { diagnosis, run } }) => answerOf(diagnosis, run.steps.length),
  },
  {
    name: 'codetracer-no-outcome',
    kind: 'codetracer',
    about: 'The diagnosis with outcome and checkers’ artifacts withheld.',
    outcome: 'withheld',
    settings: { weights: DEFAULT_WEIGHTS },
    predict: ({ analysis: { diagnosis, run } }) => answerOf(diagnosis, run.steps.length),
  },
];

/** The diagnosis with other weights, on the history and tree that are there already. */
export function withWeights(
  name: string,
  about: string,
  weights: DiagnosisWeights,
  outcome: System['outcome'] = 'known',
): System {
  return {
    name,
    kind: 'ablation',
    about,
    outcome,
    settings: { weights },
    predict: ({ analysis: { run, history, tree } }) =>
      answerOf(
        diagnose(run, history, tree, { outcomeWithheld: outcome === 'withheld', weights }),
        run.steps.length,
      ),
  };
}
