import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { llmProxyFormat } from '../../src/formats/llm-proxy/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const FOLDER = join(CORPUS, 'llm-proxy/SWE-agent+SWE-agent-llm_interactions');
const FILES = hasCorpus ? readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl')) : [];

interface RawMessage {
  readonly role: string;
  readonly content: unknown;
}

interface RawRecord {
  readonly type: string;
  readonly messages?: readonly RawMessage[];
  readonly request_params?: { readonly messages: readonly RawMessage[] };
  readonly outputs?: readonly { readonly message: string; readonly tool_calls?: readonly unknown[] }[];
}

function readRaw(name: string): RawRecord[] {
  const lines = readFileSync(join(FOLDER, name), 'utf8').split('\n').filter(Boolean);
  return lines.map((line): RawRecord => JSON.parse(line));
}

const messagesOf = (record: RawRecord): readonly RawMessage[] =>
  record.messages ?? record.request_params?.messages ?? [];

/** Without the extractor's code: what the last request shows of results, and the calls of a last answer behind it. */
function countRaw(records: readonly RawRecord[]): number {
  const last = records.findLastIndex(({ type }) => type === 'request');
  const record = records[last];
  const shown = record ? messagesOf(record).filter(({ role }) => role === 'tool').length : 0;
  return shown + (records[last + 1]?.outputs?.[0]?.tool_calls?.length ?? 0);
}

describe.runIf(hasCorpus).each(FILES)('proxy log %s', (name) => {
  it('has the steps that its last request and answer show, and loses no text', async () => {
    const records = readRaw(name);
    const runs = await extractRuns(llmProxyFormat, await openDiskReader(FOLDER), name);
    for (const run of runs) expect(checkIntegrity(run)).toEqual([]);
    const steps = runs.reduce((sum, run) => sum + run.steps.length, 0);
    expect(steps).toBe(countRaw(records));
    const openings = new Set(
      records.filter(({ type }) => type === 'request').map((record) => JSON.stringify(messagesOf(record)[0])),
    );
    expect(runs).toHaveLength(openings.size);
    const all = allTexts(runs);
    const said = records.flatMap((record) => [
      ...messagesOf(record).flatMap(({ content }) => stringsIn(content, ['type'])),
      ...(record.outputs ?? []).map(({ message }) => message),
    ]);
    expect(said.filter((text) => !all.includes(text))).toEqual([]);
  });
});
