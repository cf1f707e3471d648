import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codexRolloutFormat as format } from '../../src/formats/codex-rollout/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { allTexts } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const ROOT = join(CORPUS, 'codex-rollout');
const A = 'jazzyalex+agent-sessions-fixtures';
const B = 'kvsankar+agent-history/tests/fixtures';
const C = 'lanegrid+agtrace';
const FILES = [
  `${A}/large.jsonl`,
  `${A}/small.jsonl`,
  `${A}/schema_drift.jsonl`,
  `${A}/legacy/codex_053_rate_limit.jsonl`,
  `${A}/legacy/session_branch.jsonl`,
  `${A}/legacy/session_toolcall.jsonl`,
  `${B}/compaction/codex/session_with_compaction.jsonl`,
  `${B}/rejections/codex_with_escalation.jsonl`,
  `${B}/v1/codex_golden.jsonl`,
  `${C}/crates/agtrace-providers/tests/samples/codex_session.jsonl`,
  `${C}/crates/agtrace-providers/tests/samples/codex_parent_with_spawns.jsonl`,
  `${C}/crates/agtrace-providers/tests/samples/rollout-subagent-019b88e5.jsonl`,
  `${C}/tests/fixtures/codex/simple_session.jsonl`,
  `${C}/tests/fixtures/codex/2025/11/20/rollout-2025-11-20-basic.jsonl`,
  `${C}/tests/fixtures/codex/2025/11/20/rollout-2025-11-20-edge-cases.jsonl`,
];

type Fields = Record<string, unknown>;

function items(path: string): Fields[] {
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n').filter(Boolean);
  return lines.map((line): Fields => {
    const record: Fields = JSON.parse(line);
    return (record.payload ?? record) as Fields;
  });
}

/** Counted by the names of the fields alone: what names a tool and is no answer. */
function countCalls(path: string): number {
  return items(path).filter((item) => {
    const type = String(item.type ?? '');
    // `view_image_tool_call` is an event about a call that has an item of its own.
    if (type.endsWith('_call') && type !== 'view_image_tool_call') return true;
    return type === '' && typeof item.arguments === 'string';
  }).length;
}

/** What the user, the agent and the tools said, by the names of the fields alone. */
function texts(path: string): string[] {
  return items(path).flatMap((item) => {
    const blocks = [item.content, item.summary]
      .flat()
      .filter((block) => typeof block === 'object' && block !== null);
    const said = blocks.map((block) => (block as Fields).text);
    return [...said, item.message, item.text, item.output, item.result].filter(
      (text) => typeof text === 'string',
    );
  });
}

/** JSON text of an output is kept as what it holds. */
function inner(text: string): string {
  return text.startsWith('{"output"') ? String(JSON.parse(text).output) : text;
}

describe.runIf(hasCorpus)('rollouts of the corpus', () => {
  it.each(FILES)('%s has a step per call', async (path) => {
    const [run] = await extractRuns(format, await openDiskReader(ROOT), path);
    expect(run?.steps).toHaveLength(countCalls(path));
  });

  it.each(FILES)('%s loses no text', async (path) => {
    const kept = allTexts(await extractRuns(format, await openDiskReader(ROOT), path));
    const missing = texts(path).filter((text) => text !== '' && !kept.includes(inner(text).trim()));
    expect(missing).toEqual([]);
  });

  it('has files with calls and files without', () => {
    const counts = FILES.map(countCalls);
    expect(counts).toContain(0);
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(5);
  });
});
