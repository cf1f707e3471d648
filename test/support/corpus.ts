import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;

/** Folder of real artifacts; tests over it say loudly that they are skipped where it is absent. */
export const CORPUS = process.env.CODETRACER_CORPUS ?? join(here, '../../../shared/corpus');
export const LABELLED = process.env.CODETRACER_LABELLED ?? join(here, '../../../shared/labelled');

export const hasCorpus = existsSync(join(CORPUS, 'TRUTH.jsonl'));

if (!hasCorpus) {
  process.stderr.write(
    `\n*** CORPUS TESTS ARE SKIPPED: no corpus at ${CORPUS} (set CODETRACER_CORPUS) ***\n\n`,
  );
}

/** One line of TRUTH.jsonl: number of steps of one artifact under the numbering contract. */
export interface TruthRow {
  readonly path: string;
  readonly format: string;
  readonly steps: number;
  readonly solved?: boolean | null;
  readonly subagentSteps?: number;
  readonly attempts?: readonly number[];
  readonly note?: string;
}

export function readTruth(): TruthRow[] {
  if (!hasCorpus) return [];
  const lines = readFileSync(join(CORPUS, 'TRUTH.jsonl'), 'utf8').split('\n').filter(Boolean);
  return lines.map((line): TruthRow => JSON.parse(line));
}
