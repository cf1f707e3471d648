import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCodeSessionFormat as format } from '../../src/formats/claude-code-session/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { countSubagentSteps } from '../../src/model/timeline.ts';
import { collectRawTexts, findLost, readRawRecords } from '../support/claude-raw.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const folder = join(CORPUS, 'claude-code-jsonl');
const files = hasCorpus
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.jsonl'))
  : [];
const sessions = 'marot+spotter/test/fixtures/transcripts';

/** A history of prompts, and messages in a made-up shape. */
const OTHERS = /telemetry\/claude_history\.jsonl$|fixtures\/claude\/simple_session\.jsonl$/;

/** Main-agent and sub-agent steps, counted as `tool_use` blocks in the raw files. */
const COUNTS: readonly (readonly [string, number, number])[] = [
  [`${sessions}/4d5611e5-241a-462a-8d15-5122611a9569.jsonl`, 150, 33],
  [`${sessions}/8463c716-a2ea-4c14-9efa-87158ebd9f20.jsonl`, 177, 19],
  [`${sessions}/ae4a77f8-aedd-4bc1-888f-c94edc91af04.jsonl`, 242, 12],
  [`${sessions}/fa812bfe-b295-4cca-9c2f-fdf01028cb46.jsonl`, 197, 46],
  [`${sessions}/subagent.jsonl`, 16, 9],
  [`${sessions}/6c2214d7-b87e-4432-8e41-22ba294ea584/subagents/agent-afc096d.jsonl`, 48, 0],
];

describe.runIf(hasCorpus)('session files of Claude Code', () => {
  it('are all there', () => {
    expect(files.length).toBeGreaterThan(35);
  });

  it.each(files)('%s: claimed, no text lost', async (path) => {
    const reader = await openDiskReader(folder);
    const entry = await reader.stat(path);
    if (!entry) throw new Error('not there');
    const { score } = await format.detect({
      entry,
      reader,
      head: (await reader.head(path)) ?? '',
      entries: [],
    });
    expect(score > 0.5).toBe(!OTHERS.test(path));
    const [run] = await extractRuns(format, reader, path);
    if (!run) throw new Error('no run');
    if (OTHERS.test(path)) {
      expect(run.diagnostics.map(({ code }) => code)).toContain('no-steps');
      return;
    }
    const raw = collectRawTexts(readRawRecords(join(folder, path)));
    expect(findLost(raw, run)).toEqual({ texts: [], inputs: 0 });
  });

  it.each(COUNTS)('%s has %i steps and %i of sub-agents', async (path, steps, subagentSteps) => {
    const [run] = await extractRuns(format, await openDiskReader(folder), path);
    expect(run?.steps).toHaveLength(steps);
    expect(run && countSubagentSteps(run)).toBe(subagentSteps);
  });
});
