import { createRandom } from '../../src/bench/statistics/random.ts';

/** Deals tasks out to folds at random, as evenly as can be; runs of one task always share a fold. */
export function dealFolds(tasks: readonly string[], folds: number, seed: number): (task: string) => number {
  const names = [...new Set(tasks)].toSorted();
  const random = createRandom(seed);
  for (let i = names.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [names[i], names[j]] = [names[j] ?? '', names[i] ?? ''];
  }
  const fold = new Map(names.map((name, index) => [name, index % folds]));
  return (task) => fold.get(task) ?? 0;
}
