import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOneRun } from '../../src/app/load-analysis.ts';
import type { Run } from '../../src/model/run.ts';
import { CORPUS, LABELLED } from '../../test/support/corpus.ts';

/** One reading of a run by a labeller; step numbers as in the artifact. */
export interface Annotation {
  readonly onset: number | null;
  readonly incorrect: readonly number[];
  readonly unuseful: readonly number[];
  readonly cause: string;
}

export interface LabelledRun {
  readonly artifact: string;
  readonly task: string;
  readonly solved: boolean;
  readonly steps: number;
  readonly annotations: readonly Annotation[];
}

/** Labels of the development runs; empty when they are not on this machine. */
export function readLabels(): LabelledRun[] {
  const path = join(LABELLED, 'runs', 'labels.jsonl');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): LabelledRun => JSON.parse(line));
}

/** The run of a label row. It knows nothing of the labels: only the artifact's path is handed on. */
export function readLabelledRun(row: LabelledRun): Promise<Run> {
  return readOneRun(join(CORPUS, row.artifact));
}
