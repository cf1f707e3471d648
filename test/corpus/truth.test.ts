import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import type { Run } from '../../src/model/run.ts';
import { countSubagentSteps } from '../../src/model/timeline.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';

async function readAll(path: string): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const item of readRuns([path])) {
    if (item.kind === 'run') runs.push(item.run);
    else if (item.kind === 'failed') throw new Error(`${item.code}: ${item.message}`);
  }
  return runs;
}

describe.runIf(hasCorpus)('step counts of TRUTH.jsonl', () => {
  for (const row of readTruth()) {
    it(row.path, async () => {
      const runs = await readAll(join(CORPUS, row.path));
      const counts = runs.map((run) => run.steps.length);
      if (row.attempts) expect(counts).toEqual(row.attempts);
      else expect(counts).toEqual([row.steps]);
      if (row.subagentSteps !== undefined) expect(runs.map(countSubagentSteps)).toEqual([row.subagentSteps]);
    });
  }
});
