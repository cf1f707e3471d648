import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copilotFormat } from '../../src/formats/copilot/format.ts';
import { cursorFormat } from '../../src/formats/cursor/format.ts';
import type { Format } from '../../src/formats/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const SOURCE = 'jazzyalex+agent-sessions-fixtures';
const FILES: readonly (readonly [Format, string])[] = [
  [copilotFormat, 'small.jsonl'],
  [copilotFormat, 'large.jsonl'],
  [copilotFormat, 'schema_drift.jsonl'],
  [copilotFormat, 'subdir_v1/aaaabbbb-1111-2222-3333-ccccddddeeee/events.jsonl'],
  [cursorFormat, 'small.jsonl'],
  [cursorFormat, 'large.jsonl'],
  [cursorFormat, 'schema_drift.jsonl'],
  [cursorFormat, 'tests/test-session.jsonl'],
  [cursorFormat, 'tests/subagent-session.jsonl'],
  [cursorFormat, 'subagent/parent.jsonl'],
];
const CASES = FILES.map(([format, path]): [string, Format, string] => [
  `${format.id} ${path}`,
  format,
  join(format.id, SOURCE, path),
]);

type Fields = Record<string, unknown>;

function read(path: string): Fields[] {
  return readFileSync(join(CORPUS, path), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): Fields => JSON.parse(line));
}

/** Calls by the names of the fields alone: requests, and starts whose id no request names; blocks of calls. */
function countCalls(path: string): number {
  const requested: unknown[] = [];
  const started: unknown[] = [];
  let blocks = 0;
  for (const { type, data, message } of read(path)) {
    const { toolRequests, toolCallId } = (data ?? {}) as Fields;
    if (Array.isArray(toolRequests))
      requested.push(...toolRequests.map((request: Fields) => request.toolCallId));
    if (type === 'tool.execution_start') started.push(toolCallId);
    const { content } = (message ?? {}) as Fields;
    if (Array.isArray(content))
      blocks += content.filter((block: Fields) => /^tool_(use|call)$/.test(String(block.type))).length;
  }
  return requested.length + started.filter((id) => !requested.includes(id)).length + blocks;
}

function textsOf(path: string): string[] {
  return read(path).flatMap(({ data, message }) => {
    const { content, reasoningText, result, summaryContent } = (data ?? {}) as Fields;
    return stringsIn(
      [content, reasoningText, (result as Fields | undefined)?.content, summaryContent, message],
      ['type', 'name', 'tool_use_id', 'metadata'],
    );
  });
}

/** The tags around the user's words are left out. */
const words = (text: string): string => text.replace(/<\/?user_query>/g, '').trim();

describe.runIf(hasCorpus)('sessions of Copilot and Cursor in the corpus', () => {
  it.each(CASES)('%s has a step per call', async (_name, format, path) => {
    const [run] = await extractRuns(format, await openDiskReader(CORPUS), path);
    const all = [...(run?.steps ?? []), ...(run?.branches.flatMap(({ steps }) => steps) ?? [])];
    expect(all).toHaveLength(countCalls(path));
  });

  it.each(CASES)('%s loses no text', async (_name, format, path) => {
    const kept = allTexts(await extractRuns(format, await openDiskReader(CORPUS), path));
    expect(textsOf(path).filter((text) => !kept.includes(words(text)))).toEqual([]);
  });

  it('has calls in most of them', () => {
    expect(CASES.filter(([, , path]) => countCalls(path) > 0).length).toBeGreaterThanOrEqual(8);
  });
});
