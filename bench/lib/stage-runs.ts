import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOneRun } from '../../src/app/load-analysis.ts';
import type { Run } from '../../src/model/run.ts';
import { STAGE_KINDS, type Stage } from '../../src/model/stage.ts';
import type { StepRecord } from '../../src/model/state.ts';
import { buildHistory } from '../../src/state/build-history.ts';
import { CORPUS, LABELLED } from '../../test/support/corpus.ts';

/** A labelled run; kinds are indices into `STAGE_KINDS`, -1 where a reading leaves a step out. */
export interface StageRun {
  readonly task: string;
  readonly format: string;
  readonly run: Run;
  readonly records: readonly StepRecord[];
  /** Those of the main agent. */
  readonly main: readonly StepRecord[];
  /** Kind of each step after the first reading, and the second where there is one. */
  readonly readings: readonly (readonly number[])[];
}

interface Row {
  readonly artifact: string;
  readonly task: string;
  readonly format: string;
  readonly steps: number;
  readonly annotations: readonly { readonly stages: readonly Stage[] }[];
}

/** The labelled runs with the states of their steps; a run whose steps are not those of the labels is left out. */
export async function readStageRuns(): Promise<StageRun[]> {
  const rows = readFileSync(join(LABELLED, 'runs', 'labels.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean);
  const runs: StageRun[] = [];
  for (const line of rows) {
    const row: Row = JSON.parse(line);
    const run = await readOneRun(join(CORPUS, row.artifact));
    const { records } = buildHistory(run);
    if (run.steps.length !== row.steps) {
      console.error(`left out: ${row.artifact} has ${run.steps.length} steps, labels are for ${row.steps}`);
      continue;
    }
    runs.push({
      task: row.task,
      format: row.format,
      run,
      records,
      main: records.filter(({ step }) => !step.id.includes('.')),
      readings: row.annotations.map(({ stages }) => kindsOf(stages, row.steps)),
    });
  }
  return runs;
}

export function kindsOf(stages: readonly Stage[], count: number): number[] {
  const kinds = Array.from({ length: count }, () => -1);
  for (const { kind, start, end } of stages)
    for (let step = start; step <= end; step++) kinds[step - 1] = STAGE_KINDS.indexOf(kind);
  return kinds;
}
