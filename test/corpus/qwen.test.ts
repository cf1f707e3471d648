import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { qwenFormat as format } from '../../src/formats/qwen/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';
import { readRawObjects } from '../support/raw-records.ts';

const folder = join(CORPUS, 'qwen/jazzyalex+agent-sessions-fixtures');
const files = hasCorpus ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : [];

describe.runIf(hasCorpus)('chats of Qwen Code', () => {
  it('are all there', () => {
    expect(files).toHaveLength(6);
  });

  it.each(files)('%s: a step per call, every text kept', async (path) => {
    const runs = await extractRuns(format, await openDiskReader(folder), path);
    const [run] = runs;
    if (!run) throw new Error('no run');
    const raw = readRawObjects(join(folder, path));
    const parts = raw.flatMap(({ message }) => (message as { parts?: object[] } | undefined)?.parts ?? []);
    expect(run.steps).toHaveLength(parts.filter((part) => 'functionCall' in part).length);
    expect(checkIntegrity(run)).toEqual([]);
    const kept = allTexts(runs);
    expect(stringsIn(parts, ['id', 'name']).filter((text) => !kept.includes(text))).toEqual([]);
  });
});
