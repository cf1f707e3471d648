import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conformRuns } from '../../src/app/conform.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';

/** Folders of real artifacts with so many that have drift, all of it looked at: see the cases. */
const FOLDERS: readonly (readonly [string, number])[] = [
  ['mini-swe-agent-v1', 0],
  // A history without a trajectory, written by hand as a demonstration.
  ['swe-agent', 1],
  ['openhands-v0', 0],
  ['harbor-atif', 0],
  ['harbor-claude-code', 0],
  // Files that were invented to have odd lines, and one with a summary in the wrong field.
  ['claude-code-jsonl', 6],
];

describe.runIf(hasCorpus)('real artifacts', () => {
  it.each(FOLDERS)(
    'of %s: %i have drift, and little text is lost',
    { timeout: 120_000 },
    async (folder, drifting) => {
      const drifted: string[] = [];
      const text = { bytes: 0, unexplained: 0 };
      for await (const item of conformRuns([join(CORPUS, folder)])) {
        if (item.kind !== 'artifact') continue;
        const { conformance } = item;
        if (conformance.drift.length > 0) drifted.push(item.path);
        text.bytes += conformance.text.bytes;
        text.unexplained += conformance.text.unexplained;
      }
      expect(drifted).toHaveLength(drifting);
      expect(text.unexplained).toBeLessThan(text.bytes * 0.01);
    },
  );
});
