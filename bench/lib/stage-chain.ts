import { hashText } from '../../src/base/hash.ts';
import { observeStages, type StageFeatures } from '../../src/tree/stage-features.ts';
import type { StageModel } from '../../src/tree/stage-model.ts';
import { type ChainOptions, fitChain } from './fit-chain.ts';
import { readStageRuns, type StageRun } from './stage-runs.ts';

const FOLDS = 5;
/** Chosen once in cross-validation among 0.001 to 0.004, and 0 to 1.3 for the bonus; neither is sharp. */
const OPTIONS: ChainOptions = { l2: 0.003, minTasks: 6, iterations: 40, changeBonus: 0.8 };

export interface StageExample extends StageRun {
  readonly features: readonly StageFeatures[];
}

export async function loadStageExamples(): Promise<StageExample[]> {
  return (await readStageRuns()).map((run) => ({ ...run, features: [...observeStages(run.main)] }));
}

export function fitStageChain(examples: readonly StageExample[]): StageModel {
  const rows = examples.flatMap(({ task, features, readings }) =>
    readings.map((kinds) => ({ task, steps: features, kinds, weight: 1 / readings.length })),
  );
  return fitChain(
    rows.filter(({ kinds }) => !kinds.includes(-1)),
    OPTIONS,
  );
}

/**
 * For each task a chain that was fitted without that task's runs. The chain in use has seen the labelled runs, and what rests
 * on its stages would look better on them than on others.
 */
export async function fitHeldOutChains(): Promise<(task: string) => StageModel> {
  const examples = await loadStageExamples();
  const foldOf = (task: string): number => hashText(task) % FOLDS;
  const chains = Array.from({ length: FOLDS }, (_, fold) =>
    fitStageChain(examples.filter(({ task }) => foldOf(task) !== fold)),
  );
  return (task) => {
    const chain = chains[foldOf(task)];
    if (!chain) throw new Error(`assertion failed: no chain for ${task}`);
    return chain;
  };
}
