import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { opencodeFormat as format } from '../../src/formats/opencode/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const folder = join(CORPUS, 'opencode/jazzyalex+agent-sessions-fixtures');

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly state?: { readonly input: unknown; readonly output: unknown };
}

function readParts(storage: string): Part[] {
  const files = readdirSync(join(folder, storage, 'part'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.json'))
    .map((name): Part => JSON.parse(readFileSync(join(folder, storage, 'part', name), 'utf8')));
}

describe.runIf(hasCorpus)('storages of OpenCode', () => {
  it.each([
    ['storage_v2', ['s_stage0_large', 's_stage0_small']],
    ['storage_legacy', ['s_stage0_drift']],
  ])('%s: a run per session, a step per call, every text kept', async (storage, sessions) => {
    const runs = await extractRuns(format, await openDiskReader(folder), storage);
    expect(runs.map(({ path }) => path)).toEqual(sessions.map((id) => `${storage}#${id}`));
    const parts = readParts(storage);
    const steps = runs.reduce((sum, run) => sum + run.steps.length, 0);
    expect(steps).toBe(parts.filter(({ type }) => type === 'tool').length);
    expect(steps).toBeGreaterThan(0);
    expect(runs.flatMap((run) => checkIntegrity(run))).toEqual([]);
    const kept = allTexts(runs);
    const texts = parts.flatMap(({ text, state }) => stringsIn([text, state?.input, state?.output]));
    expect(texts.filter((text) => !kept.includes(text))).toEqual([]);
  });

  it('gives the same run of a session that is named by its file', async () => {
    const reader = await openDiskReader(folder);
    const [whole] = await extractRuns(format, reader, 'storage_v2');
    const [one] = await extractRuns(format, reader, 'storage_v2/session/proj_test/ses_s_stage0_large.json');
    expect(one?.steps).toEqual(whole?.steps);
    expect(one?.messages).toEqual(whole?.messages);
  });
});
