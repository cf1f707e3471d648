import { analyze } from '../../src/app/analyze.ts';
import { CONSTANT_RULES } from '../../src/bench/rules/constant-rules.ts';
import { type Answer, prepareInput } from '../../src/bench/system.ts';
import type { Signal } from '../../src/model/diagnosis.ts';
import type { Features } from './fit-linear.ts';
import { type Annotation, readLabelledRun, readLabels } from './labelled-runs.ts';
import { fitHeldOutChains } from './stage-chain.ts';
import { kindOfStep } from './step-kind.ts';

/** A labelled run as the fitting scripts see it. */
export interface Example {
  readonly task: string;
  readonly format: string;
  readonly solved: boolean;
  /** The first reading, which is scored against, and the second where there is one. */
  readonly readings: readonly [Annotation, ...Annotation[]];
  /** Signals by ordinal - 1. */
  readonly steps: readonly (readonly Signal[])[];
  /** What each step does, in words (step-kind.ts), by ordinal - 1. */
  readonly kinds: readonly string[];
  /** What the constant rules say, by their names. */
  readonly rules: ReadonlyMap<string, Answer>;
}

/**
 * Runs one after the other through the analysis, with stages as on runs that nobody labelled; labels are put beside its
 * results afterwards.
 */
export async function loadExamples(): Promise<Example[]> {
  const examples: Example[] = [];
  const stageModelFor = await fitHeldOutChains();
  for (const row of readLabels()) {
    const [first, ...others] = row.annotations;
    if (!first) continue;
    const analysis = analyze(await readLabelledRun(row), { stageModel: stageModelFor(row.task) });
    const { run, diagnosis } = analysis;
    const input = prepareInput(analysis);
    examples.push({
      task: row.task,
      format: run.format,
      solved: row.solved,
      readings: [first, ...others],
      steps: run.steps.map((step) => diagnosis.signals.get(step.id) ?? []),
      kinds: input.context.steps.map((step) => kindOfStep(step, input.context)),
      rules: new Map(CONSTANT_RULES.map((rule) => [rule.name, rule.predict(input)])),
    });
  }
  return examples;
}

export function toFeatures(signals: readonly Signal[]): Features {
  return Object.fromEntries(signals.map(({ name, value }) => [name, value]));
}
