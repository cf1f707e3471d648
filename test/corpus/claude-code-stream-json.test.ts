import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCodeStreamJsonFormat as format } from '../../src/formats/claude-code-stream-json/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { collectRawTexts, findLost, readRawRecords } from '../support/claude-raw.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const folder = join(CORPUS, 'harbor-claude-code');
const trials = hasCorpus ? readdirSync(folder).filter((name) => name.includes('__')) : [];
const truth = new Map(
  readTruth()
    .filter(({ path }) => path.startsWith('harbor-claude-code/'))
    .map((row) => [row.path.split('/')[1], row.steps]),
);

describe.runIf(hasCorpus)('streams of Claude Code in Harbor trials', () => {
  it('are all there', () => {
    expect(trials).toHaveLength(21);
  });

  it.each(trials)('%s: the count of its ATIF export, no text lost', async (trial) => {
    const path = `${trial}/agent/claude-code.txt`;
    const reader = await openDiskReader(folder);
    const [run] = await extractRuns(format, reader, path);
    if (!run) throw new Error('no run');
    if (truth.has(trial)) expect(run.steps).toHaveLength(truth.get(trial) ?? -1);
    const lost = findLost(collectRawTexts(readRawRecords(join(folder, path))), run);
    expect(lost.texts).toEqual([]);
    const abandoned = run.diagnostics.find(({ code }) => code === 'abandoned-call');
    expect(lost.inputs).toBeLessThanOrEqual(abandoned?.count ?? (abandoned ? 1 : 0));
    const scores = await scoreFormats((await reader.head(path)) ?? '', 'stream');
    expect(scores[0]).toEqual({ id: format.id, score: 0.97 });
    expect(scores[1]?.score ?? 0).toBeLessThan(0.5);
  });
});

describe.runIf(hasCorpus)('logs of another program', () => {
  it('are refused', async () => {
    const other = 'claude-code-stream-json/edobry+minsky/docs/research/fixtures';
    const reader = await openDiskReader(join(CORPUS, other));
    const files = await reader.list('');
    expect(files).toHaveLength(2);
    for (const { path } of files) {
      const scores = await scoreFormats((await reader.head(path)) ?? '', 'x.jsonl');
      expect(scores[0]?.score ?? 0).toBeLessThan(0.5);
    }
  });
});
