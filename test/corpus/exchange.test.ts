import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import { EXCHANGE_TARGETS } from '../../src/exchange/exported.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { exportText, heldBy, importText } from '../support/round-trip.ts';

const FOLDERS = hasCorpus
  ? readdirSync(CORPUS).filter((name) => statSync(join(CORPUS, name)).isDirectory())
  : [];

describe.runIf(hasCorpus).each(FOLDERS)('real runs of %s', (folder) => {
  it('come back from every target in all that it holds', { timeout: 600_000 }, async () => {
    const broken: string[] = [];
    for await (const item of readRuns([join(CORPUS, folder)])) {
      if (item.kind !== 'run') continue;
      for (const target of EXCHANGE_TARGETS) {
        const text = exportText(item.run, target);
        const back = await importText(text, target);
        const isHeld = isDeepStrictEqual(heldBy(back, target), heldBy(item.run, target));
        const isSame = exportText(back, target) === text;
        if (!isHeld || !isSame || checkIntegrity(back).length > 0)
          broken.push(`${target} ${item.run.path} held ${isHeld} same ${isSame}`);
      }
    }
    expect(broken).toEqual([]);
  });
});
