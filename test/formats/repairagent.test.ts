import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import { repairAgentFormat as format } from '../../src/formats/repairagent/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { allTexts } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractCuts, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/repairagent');
const HISTORY = 'history/prompt_history_Ink_4';
const reader = await openDiskReader(FIXTURES);

async function one(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

const outline = ({ steps }: Run) =>
  steps.map(({ tool, status, turn, thought }) => [tool, status, turn, thought]);

describe('a history of prompts', () => {
  it('has a step per command, though every prompt shows the last one again', async () => {
    const run = await one(HISTORY);
    expect(outline(run)).toEqual([
      ['read_range', 'ok', 1, 'Read the method.'],
      // The same command again, with the same result: another cycle.
      ['read_range', 'ok', 2, 'Read the method.'],
      ['write_fix', 'ok', 3, 'I think first.\n\nIt must be one.'],
    ]);
    expect(run.steps[2]?.observation).toBe('Command write_fix returned: 1 failing test cases: InkTest::dip');
  });

  it('tells a prompt that was sent again, and a reply without a command', async () => {
    const run = await one(HISTORY);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['duplicate-record', 'malformed-json']);
    expect(run.finalMessage?.text).toBe('I give up.');
    expect(run.messages.map(({ role, kind }) => `${role} ${kind}`)).toEqual([
      'system prompt',
      'user prompt',
      'environment notice',
      'environment notice',
      'environment notice',
      'environment notice',
      'environment format-error',
    ]);
  });

  it('names the bug and points at lines', async () => {
    const run = await one(HISTORY);
    expect(run.task).toMatchObject({
      id: 'Ink_4',
      text: '## Goals\n1. Locate the Bug within the project Ink and bug index 4.\n2. Fix it.',
    });
    const lines = readFileSync(join(FIXTURES, HISTORY), 'utf8').split('\n');
    expect(lines[(run.steps[0]?.actionRef.line ?? 0) - 1]).toBe('{');
    expect(lines[(run.steps[0]?.observationRef?.line ?? 0) - 1]).toMatch(/^Command read_range returned/);
  });
});

describe('the folder of an agent', () => {
  it('is a run: what each cycle sent, and what it replied', async () => {
    const run = await one('cycles/20240517_142614_Ink_4');
    expect(outline(run)).toEqual([
      ['read_range', 'ok', 1, 'Read the method.'],
      ['write_fix', 'pending', 2, 'text: Mend it.\nplan: ["fix"]'],
    ]);
    expect(run.startedAt).toBe(Date.UTC(2024, 4, 17, 14, 26, 14));
    expect(run.steps[0]?.observationRef).toEqual({
      artifact: 'cycles/20240517_142614_Ink_4/001/0_full_message_history.json',
      pointer: '/1/content',
    });
  });

  it('without a reply is a run without steps', async () => {
    const run = await one('empty/20240517_142614_RepairAgentV0.6');
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['no-steps']);
  });

  it('may be read by one of its files', async () => {
    const run = await one('cycles/20240517_142614_Ink_4/001/1_current_context.json');
    expect(outline(run)).toEqual([['read_range', 'ok', 1, 'Read the method.']]);
  });
});

it('is known by its content', async () => {
  for (const path of [HISTORY, 'cycles/20240517_142614_Ink_4/001/1_current_context.json']) {
    const [best] = await scoreFormats(readFileSync(join(FIXTURES, path), 'utf8'), 'unknown');
    expect([best?.id, (best?.score ?? 0) > 0.5]).toEqual(['repairagent', true]);
  }
  const [best] = await scoreFormats('[]', 'unknown.json');
  expect(best?.score).toBeLessThan(0.5);
});

it('is read as far as it goes when it is cut', async () => {
  const runs = await extractCuts(format, `repairagent/${HISTORY}`);
  for (const run of runs) expect(checkIntegrity(run)).toEqual([]);
  expect(runs.at(-1)?.steps).toHaveLength(3);
});

describe.runIf(hasCorpus)('real runs', () => {
  it('were broken off before a command: their prompts are kept', async () => {
    const root = join(CORPUS, 'repairagent/sola-st+RepairAgent');
    const found: string[] = [];
    const texts: string[] = [];
    for await (const item of readRuns([root])) {
      if (item.kind !== 'run') continue;
      expect(item.run.steps).toEqual([]);
      found.push(`${item.run.format} ${item.run.messages.length}`);
      texts.push(allTexts([item.run]));
    }
    expect(found.filter((line) => line === 'repairagent 2')).toHaveLength(14);
    expect(found.filter((line) => line === 'repairagent 0')).toHaveLength(1);
    const kept = squeeze(texts.join('\n'));
    const folder = join(root, 'experimental_setups/experiment_2/logs');
    for (const name of readdirSync(folder)) {
      const lines = readFileSync(join(folder, name), 'utf8').split('\n');
      const lost = lines.filter((line) => !/^[=-]{5,}|^Length: /.test(line) && !kept.includes(squeeze(line)));
      expect(lost).toEqual([]);
    }
  });
});

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
