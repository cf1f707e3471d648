import { join } from 'node:path';
import { analyze } from '../../src/app/analyze.ts';
import { readRuns } from '../../src/app/read-runs.ts';
import { buildContext } from '../../src/diagnosis/context.ts';
import type { SignalTable } from '../../src/diagnosis/signals/signal-rule.ts';
import { collectFacts } from '../../src/diagnosis/verdict/collect-facts.ts';
import type { Verdict } from '../../src/model/diagnosis.ts';
import { CORPUS, readTruth } from '../../test/support/corpus.ts';
import type { Features } from './fit-linear.ts';

/** A run whose outcome is known to the scorer, as the verdict sees it with the outcome withheld. */
export interface VerdictExample {
  readonly path: string;
  readonly failed: boolean;
  /** Folds keep a task's runs together. */
  readonly task: string;
  /** For figures by group and for the weights of the fit; never a feature. */
  readonly format: string;
  readonly agent: string;
  readonly facts: Features;
  /** What the weights in use say. */
  readonly verdict: Verdict;
}

/** Every run of the corpus with steps and a known outcome. */
export async function loadVerdictExamples(): Promise<VerdictExample[]> {
  const examples: VerdictExample[] = [];
  for (const row of readTruth()) {
    if (typeof row.solved !== 'boolean' || row.steps === 0) continue;
    for await (const item of readRuns([join(CORPUS, row.path)])) {
      if (item.kind !== 'run') continue;
      const { run, history, tree, diagnosis } = analyze(item.run, { withholdOutcome: true });
      const context = buildContext(run, history, tree);
      const table: SignalTable = new Map(
        [...diagnosis.signals].map(([id, signals]) => [Number(id), signals] as const),
      );
      const facts = collectFacts({ context, table, anchors: diagnosis.anchors });
      examples.push({
        path: row.path,
        failed: !row.solved,
        task: run.task?.id ?? row.path,
        format: run.format,
        agent: `${run.agent?.name ?? run.format} ${run.model ?? ''}`.trim(),
        facts: Object.fromEntries(facts.map(({ name, value }) => [name, value])),
        verdict: diagnosis.verdict,
      });
    }
  }
  return examples;
}
