import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import { EXCHANGE_TARGETS } from '../../src/exchange/exported.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { exportText, heldBy, importText } from '../support/round-trip.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');

const CASES = readdirSync(FIXTURES)
  .filter((folder) => folder !== 'trace')
  .flatMap((folder) => readdirSync(join(FIXTURES, folder)).map((name): [string, string] => [folder, name]));

async function readCase(folder: string, name: string): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const item of readRuns([join(FIXTURES, folder, name)]))
    if (item.kind === 'run') runs.push(item.run);
  return runs;
}

describe.each(CASES)('runs of %s/%s', (folder, name) => {
  it.each(EXCHANGE_TARGETS)('come back from %s, and go out again as they did', async (target) => {
    for (const run of await readCase(folder, name)) {
      const text = exportText(run, target);
      const back = await importText(text, target);
      expect(checkIntegrity(back)).toEqual([]);
      expect(heldBy(back, target)).toEqual(heldBy(run, target));
      expect(exportText(back, target)).toBe(text);
    }
  });
});
