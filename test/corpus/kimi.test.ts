import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kimiFormat as format } from '../../src/formats/kimi/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';
import { readRawObjects } from '../support/raw-records.ts';

const folder = join(CORPUS, 'kimi');
const outputs = 'MoonshotAI+kimi-cli/outputs/scikit-learn__scikit-learn-26323';
const first = `${outputs}/20251030-164452/00d5060aaec3fda180930ea52304b87b/531d195b-6436-426e-b010-4bf723a992de`;
const second = `${outputs}/20251030-165708/sessions/00d5060aaec3fda180930ea52304b87b/d8447fa8-9d8e-41af-9fc6-a12e4a196b6c`;
const fixtures = 'jazzyalex+agent-sessions-fixtures';

/** Steps of the main agent, and files of its sub-agents with theirs. */
const COUNTS: readonly (readonly [string, number, Readonly<Record<string, number>>])[] = [
  [`${first}.jsonl`, 27, { [`${first}_read_1.jsonl`]: 14, [`${first}_read_2.jsonl`]: 17 }],
  [`${second}.jsonl`, 46, { [`${second}_read_1.jsonl`]: 19 }],
  [`${fixtures}/assistant_tools.jsonl`, 19, { [`${fixtures}/subagent_agent-0.jsonl`]: 2 }],
  [`${fixtures}/small.jsonl`, 0, {}],
];

function countCalls(path: string): number {
  return readRawObjects(join(folder, path)).reduce((sum, line) => {
    const calls = Array.isArray(line.tool_calls) ? line.tool_calls.length : 0;
    return sum + calls + (JSON.stringify(line.event ?? '').startsWith('{"type":"tool.call"') ? 1 : 0);
  }, 0);
}

/** What was said, called and answered in a file, whichever kind it is. */
function textsOf(path: string): string[] {
  return readRawObjects(join(folder, path)).flatMap((line) => {
    const calls = (line.tool_calls ?? []) as { function: { arguments: string } }[];
    const parsed: unknown[] = calls.map((call) => JSON.parse(call.function.arguments));
    const event = line.event as Record<string, Record<string, unknown>> | undefined;
    const said = [line.content, line.input, parsed, line.summary, line.contextSummary, line.systemPrompt];
    const done = [event?.part, event?.args, event?.result?.output, event?.result?.note];
    const message = line.message as { content?: unknown } | undefined;
    return stringsIn([said, done, message?.content], ['type']);
  });
}

describe.runIf(hasCorpus)('sessions of Kimi CLI', () => {
  it.each(COUNTS)('%s: %i steps and its sub-agents’, every text kept', async (path, steps, subAgents) => {
    const reader = await openDiskReader(folder);
    const runs = await extractRuns(format, reader, path);
    const [run] = runs;
    if (!run) throw new Error('no run');
    expect(countCalls(path)).toBe(steps);
    expect(run.steps).toHaveLength(steps);
    const files = Object.entries(subAgents);
    expect(files.map(([file]) => countCalls(file))).toEqual(files.map(([, count]) => count));
    expect(run.branches.map((branch) => branch.steps.length)).toEqual(files.map(([, count]) => count));
    expect(run.branches.every(({ parent }) => parent !== undefined)).toBe(true);
    expect(checkIntegrity(run)).toEqual([]);
    const kept = allTexts(runs);
    const texts = [path, ...files.map(([file]) => file)].flatMap(textsOf);
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter((text) => !kept.includes(text))).toEqual([]);
    for (const [file] of files) {
      const entry = await reader.stat(file);
      expect(entry && (await format.partOf?.(entry, reader))).toBe(path);
    }
  });
});
