import type { BenchManifest } from '../../app/bench/bench-manifest.ts';
import { benchSystems } from '../../app/bench/bench-systems.ts';
import { chooseSystems } from '../../app/bench/choose-systems.ts';
import { loadDataset } from '../../app/bench/load-dataset.ts';
import { runBenchmark } from '../../app/bench/run-benchmark.ts';
import { count } from '../../base/count.ts';
import { EXIT } from '../exit-codes.ts';
import { BenchProgress } from '../output/bench-progress.ts';
import { printBenchRun } from '../output/print-bench-run.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { BENCH_FOLDER, parseCount } from './bench-options.ts';

export interface BenchRunCommandOptions {
  readonly json?: boolean;
  readonly out?: string;
  readonly corpus?: string;
  /** Names with commas between. */
  readonly systems?: string;
  readonly ablate?: boolean;
  /** False with `--no-outcome`. */
  readonly outcome?: boolean;
  readonly limit?: string;
  readonly sample?: string;
}

export async function benchRunCommand(
  paths: readonly string[],
  options: BenchRunCommandOptions,
): Promise<number> {
  const withholdOutcome = options.outcome === false;
  const names = options.systems?.split(',').map((name) => name.trim());
  const systems = chooseSystems(benchSystems(), {
    ...(names && { names }),
    ablate: options.ablate ?? false,
    withholdOutcome,
  });
  const folder = options.out ?? BENCH_FOLDER;
  const choice = {
    ...(options.limit !== undefined && { limit: parseCount('--limit', options.limit, 1) }),
    ...(options.sample !== undefined && { sample: parseCount('--sample', options.sample, 0) }),
  };
  const artifacts = options.corpus === undefined ? {} : { corpus: options.corpus };
  const dataset = await loadDataset(paths, artifacts);
  let interrupted = false;
  const interrupt = (): void => void (interrupted = true);
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const progress = new BenchProgress();
  let manifest: BenchManifest;
  try {
    manifest = await runBenchmark(dataset, {
      folder,
      systems,
      paths,
      withholdOutcome,
      ...choice,
      ...artifacts,
      isInterrupted: () => interrupted,
      onCase: (row, done, total) => progress.update(row, done, total),
    });
  } finally {
    progress.finish();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
  const { computed, reused } = manifest.counts;
  process.stderr.write(`${count(computed, 'answer')} worked out, ${reused} there already\n`);
  await (options.json ? writeJson(manifest) : writeOut(printBenchRun(manifest, folder)));
  return exitCode(manifest);
}

function exitCode({ state, counts, refusals }: BenchManifest): number {
  if (state === 'interrupted') return EXIT.interrupted;
  if (counts.done + counts.failed === 0) return EXIT.unreadable;
  return counts.failed + counts.refused + refusals.length > 0 ? EXIT.someFailed : EXIT.done;
}
