import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claudeCodeCastFormat } from '../../src/formats/claude-code-stream-json-in-asciinema/format.ts';
import { detectFormat } from '../../src/formats/detect-format.ts';
import type { Entry } from '../../src/formats/port.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { terminalBenchFormat } from '../../src/formats/terminal-bench/format.ts';
import { terminalBenchLayout as layout } from '../../src/formats/terminal-bench/layout.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { Bytes, RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { countSubagentSteps } from '../../src/model/timeline.ts';
import { collectRawTexts, findLost, readRawRecords } from '../support/claude-raw.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { extractBuilders } from '../support/extract-one.ts';

const rows = readTruth().filter(({ path }) => path.startsWith('terminal-bench-1-claude-code/'));
const folder: Entry = { path: '', name: 'trial', kind: 'directory', size: 0 as Bytes };

/** A trial as its folder is opened: recognized, its steps from the best artifact that a format claims, enriched. */
async function openTrial(trial: string): Promise<Run> {
  const reader = await openDiskReader(join(CORPUS, trial));
  expect((await layout.recognize(folder, await reader.list(''), reader)).score).toBe(0.95);
  let format = terminalBenchFormat;
  let path = '';
  for (const candidate of await layout.stepArtifacts(folder, reader)) {
    const entry = await reader.stat(candidate);
    const choice = entry && (await detectFormat(entry, reader, FORMATS));
    if (choice?.kind !== 'chosen') continue;
    format = choice.format;
    path = candidate;
    break;
  }
  const [run] = await extractBuilders(format, reader, path);
  if (!run) throw new Error(`${trial}: no run`);
  await layout.enrich(run, folder, reader);
  return run.build('test' as RunId);
}

describe.runIf(hasCorpus)('Terminal-Bench trials of Claude Code', () => {
  it('are all there', () => {
    expect(rows).toHaveLength(155);
  });

  it('give the known counts and outcomes, and lose no text', async () => {
    const wrong: string[] = [];
    let failedChecks = 0;
    let explained = 0;
    for (const row of rows) {
      const trial = row.path.replace(/\/sessions\/agent\.cast$/, '');
      const run = await openTrial(trial);
      const count = `${run.steps.length}/${countSubagentSteps(run)}`;
      if (count !== `${row.steps}/${row.subagentSteps ?? 0}`) wrong.push(`${row.path}: ${count} steps`);
      if (run.format !== row.format) wrong.push(`${row.path}: ${run.format}`);
      if ((run.outcome.kind === 'solved') !== row.solved) wrong.push(`${row.path}: ${run.outcome.kind}`);
      if (!run.task?.text || !run.task.id) wrong.push(`${row.path}: no task`);
      for (const check of run.outcome.checks) {
        if (check.status === 'passed') continue;
        failedChecks++;
        if (check.message !== undefined) explained++;
      }
      if (row.format !== claudeCodeCastFormat.id) continue;
      const lost = findLost(collectRawTexts(readRawRecords(join(CORPUS, row.path))), run);
      if (lost.texts.length > 0 || lost.inputs > 0) {
        wrong.push(
          `${row.path}: lost ${lost.texts.length} texts, ${lost.inputs} inputs: ${lost.texts[0]?.slice(0, 80)}`,
        );
      }
    }
    expect(wrong).toEqual([]);
    expect(failedChecks).toBe(295);
    expect(explained).toBeGreaterThan(280);
  }, 120_000);
});
