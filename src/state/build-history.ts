import { createStepAnalyzer } from '../effects/create-step-analyzer.ts';
import type { StepEffects } from '../model/effect.ts';
import type { Run } from '../model/run.ts';
import type { StateHistory } from '../model/state.ts';
import { buildTimeline } from '../model/timeline.ts';
import { parseTestOutput } from '../testreports/parse-test-output.ts';
import { HistoryBuilder, type StepAnalyzer, type TestReader } from './history-builder.ts';
import { makeHistory } from './history-view.ts';

/**
 * The states of a run after each of its steps. `effects` gives the effects of every step: a list by position in the
 * timeline, or a function that is asked for each step in turn with the directory that it runs in.
 */
export function buildHistory(
  run: Run,
  effects: readonly StepEffects[] | StepAnalyzer = createStepAnalyzer(),
  readTests: TestReader = parseTestOutput,
): StateHistory {
  const builder = new HistoryBuilder(run, readTests);
  for (const [position, step] of buildTimeline(run).entries()) {
    const given = typeof effects === 'function' ? effects(step, builder.contextOf(step)) : effects[position];
    builder.add(step, given ?? noEffects(step.id));
  }
  builder.promises.finish(run, builder.records.at(-1)?.step.id, builder.records.length - 1);
  return makeHistory(builder);
}

/** A step of which nothing is known to have happened. */
function noEffects(step: StepEffects['step']): StepEffects {
  const none = { class: 'explore', certainty: 'possible', effects: [] } as const;
  return { step, requested: none, happened: none, programs: [] };
}
