import { join } from 'node:path';
import { analyze } from '../../src/app/analyze.ts';
import { loadDataset } from '../../src/app/bench/load-dataset.ts';
import { CONSTANT_RULES } from '../../src/bench/rules/constant-rules.ts';
import { type Answer, prepareInput } from '../../src/bench/system.ts';
import { LABELLED } from '../../test/support/corpus.ts';
import type { Features } from './fit-linear.ts';
import { loadExamples, toFeatures } from './label-examples.ts';
import { kindOfStep } from './step-kind.ts';

/** A failed run with a labelled onset; steps count from 1. */
export interface OnsetExample {
  /** `runs`, or one of the point-of-no-return sets. */
  readonly set: string;
  readonly task: string;
  readonly onset: number;
  readonly secondOnset?: number;
  /** Steps that the first reading calls incorrect. */
  readonly incorrect: readonly number[];
  /** As labelled; undefined where the set names none. */
  readonly cause?: string;
  /** What the labelled step does, in words. */
  readonly kind: string;
  /** Signals of each step, by name. */
  readonly steps: readonly Features[];
  /** What the constant rules say, by their names. */
  readonly rules: ReadonlyMap<string, Answer>;
}

/** The failed runs of `labelled/runs` and of the point-of-no-return sets that have an onset, analysed. */
export async function loadOnsetExamples(): Promise<OnsetExample[]> {
  const examples: OnsetExample[] = [];
  for (const { task, readings, steps, kinds, rules } of await loadExamples()) {
    const [{ onset, incorrect, cause }, second] = readings;
    if (onset === null) continue;
    examples.push({
      set: 'runs',
      task,
      onset,
      ...(second?.onset && { secondOnset: second.onset }),
      incorrect,
      cause,
      kind: kinds[onset - 1] ?? '',
      steps: steps.map(toFeatures),
      rules,
    });
  }
  const { cases, labels } = await loadDataset([join(LABELLED, 'point-of-no-return')]);
  for (const source of cases) {
    const label = labels.get(source.id);
    const onset = label?.readings[0]?.onset;
    const opened = await source.open();
    if (!label || !onset || opened.kind !== 'case') continue;
    const { set, task } = label.traits;
    const analysis = analyze(opened.subject.run);
    const input = prepareInput(analysis);
    const { signals } = analysis.diagnosis;
    const labelled = input.context.steps[onset - 1];
    examples.push({
      set,
      task,
      onset,
      incorrect: [],
      kind: labelled ? kindOfStep(labelled, input.context) : '',
      steps: analysis.run.steps.map((step) => toFeatures(signals.get(step.id) ?? [])),
      rules: new Map(CONSTANT_RULES.map((rule) => [rule.name, rule.predict(input)])),
    });
  }
  return examples;
}
