import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import { agentlessFormat as format } from '../../src/formats/agentless/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { allTexts } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractCuts, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/agentless');
const LOCATE = 'results/location/localization_logs/acme__paint-7.log';
const REPAIR = 'results/repair/localization_logs/acme__paint-7.log';
const PROCESSED = 'results/repair/output_0_processed.jsonl';
const reader = await openDiskReader(FIXTURES);

async function one(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

const outline = ({ steps }: Run) =>
  steps.map(({ tool, status, turn, observation }) => [tool, status, turn, observation]);

describe('the log of the locating stage', () => {
  it('has a step per answer that was taken, with the places found in it', async () => {
    expect(outline(await one(LOCATE))).toEqual([
      ['localize_files', 'unknown', 1, undefined],
      ['localize_files', 'unknown', 2, undefined],
      ['localize_related', 'unknown', 3, "['function: red']\n['']"],
    ]);
  });

  it('keeps words before the list, and a reflection, as thoughts', async () => {
    const { steps } = await one(LOCATE);
    expect(steps.map(({ thought }) => thought)).toEqual([
      'The likely file is this one:',
      "It's fine, but `pen.py` may matter…",
      undefined,
    ]);
    expect(steps[0]?.action).toBe('```\npaint/colour.py\n```');
  });

  it('takes task, model, usage and times; a failed service is an exception and no step', async () => {
    const run = await one(LOCATE);
    expect(run.task).toMatchObject({ id: 'acme__paint-7', text: 'Colours are wrong\nRed prints as green.' });
    expect(run).toMatchObject({ model: 'acme-coder-2024', usage: { inputTokens: 150, outputTokens: 15 } });
    expect(run.startedAt).toBe(Date.UTC(2024, 8, 1, 10, 0, 0, 300));
    expect(run.exceptions).toMatchObject([{ kind: 'api', message: "Can't run Acme engine" }]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['unexpected-shape']);
  });
});

describe('the log of the repairing stage', () => {
  it('has the samples of a prompt as one turn, each with its patch', async () => {
    const run = await one(REPAIR);
    expect(outline(run)).toEqual([
      ['repair', 'ok', 1, '--- paint/colour.py\n+++ paint/colour.py\n@@ -1 +1 @@\n-RED = 32\n+RED = 31'],
      ['repair', 'error', 1, ''],
    ]);
    expect(run.steps[0]?.parallelGroup).toBe(1);
    expect(run.steps[0]?.rawOutput).toMatch(/^=== file_to_commands: ===/);
  });

  it('reads later processing once, as notices', async () => {
    const run = await one(REPAIR);
    expect(run.messages.filter(({ kind }) => kind === 'notice')).toHaveLength(8);
    expect(run.diagnostics).toMatchObject([{ code: 'duplicate-record', count: 16 }]);
  });

  it('that was only begun is a run without steps', async () => {
    const run = await one('results/repair/localization_logs/acme__paint-8.log');
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['no-steps']);
    expect(run.task?.id).toBe('acme__paint-8');
  });

  it('with several starts is several runs', async () => {
    const log = readFileSync(join(FIXTURES, REPAIR), 'utf8');
    const runs = await extractRuns(format, createMemoryReader({ 'a.log': log + log }), 'a.log');
    expect(runs.map(({ path, steps }) => [path, steps.length])).toEqual([
      ['a.log', 2],
      ['a.log#2', 2],
    ]);
  });
});

describe('output files', () => {
  it('of locations have a run per row', async () => {
    const [run, empty] = await extractRuns(format, reader, 'locations/loc_outputs.jsonl');
    expect(run?.path).toBe('locations/loc_outputs.jsonl#acme__paint-7');
    expect(run && outline(run)).toEqual([
      ['localize_files', 'unknown', 1, 'paint/colour.py'],
      ['localize_related', 'unknown', 2, '["function: red"]\n[""]'],
      ['localize_edits', 'unknown', 3, '["line: 3"]'],
    ]);
    expect(run?.steps[2]?.actionRef).toMatchObject({ line: 1, pointer: '/edit_loc_traj/response/0' });
    expect(run?.usage).toEqual({ inputTokens: 210, outputTokens: 17 });
    expect(empty?.diagnostics.map(({ code }) => code)).toEqual(['unknown-record', 'no-steps']);
  });

  it('of samples count a prompt that was sent once, once', async () => {
    const run = await one('samples/output.jsonl');
    expect(outline(run).map(([tool, , turn]) => [tool, turn])).toEqual([
      ['repair', 1],
      ['repair', 1],
    ]);
    expect(run.usage).toEqual({ inputTokens: 300, outputTokens: 40 });
    expect(run.messages).toHaveLength(1);
  });

  it('of patches say which one passed the checks', async () => {
    const runs = await extractRuns(format, reader, PROCESSED);
    expect(runs.map((run) => [run.task?.id, run.steps[0]?.status, run.submission !== undefined])).toEqual([
      ['acme__paint-7', 'ok', true],
      ['acme__paint-8', 'rejected', false],
      ['acme__paint-9', undefined, false],
    ]);
  });

  it('stand beside the logs that hold them: the folder’s runs are not doubled', async () => {
    const found: string[] = [];
    for await (const item of readRuns([join(FIXTURES, 'results')])) {
      if (item.kind === 'run') found.push(item.run.path.slice(FIXTURES.length + 1));
    }
    expect(found).toEqual([
      LOCATE,
      `${PROCESSED}#acme__paint-7`,
      `${PROCESSED}#acme__paint-8`,
      `${PROCESSED}#acme__paint-9`,
      REPAIR,
      'results/repair/localization_logs/acme__paint-8.log',
    ]);
  });
});

it.each([LOCATE, REPAIR, PROCESSED, 'locations/loc_outputs.jsonl', 'samples/output.jsonl'])(
  '%s is known without its name, and read when it is cut',
  async (path) => {
    const [best] = await scoreFormats(readFileSync(join(FIXTURES, path), 'utf8'), 'unknown');
    expect(best?.id).toBe('agentless');
    expect(best?.score).toBeGreaterThan(0.5);
    for (const run of await extractCuts(format, `agentless/${path}`)) expect(checkIntegrity(run)).toEqual([]);
  },
);

describe.runIf(hasCorpus)('real stages', () => {
  const root = join(CORPUS, 'agentless/OpenAutoCoder+Agentless');
  const logs = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.log'),
  );

  it.each(logs)('%s: as many steps as answers that were recorded', async (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const records = text.split(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - [A-Z]+ - /m).slice(1);
    // An answer follows "==== raw output ====" or stands under "raw output:"; the first questions have it after a rule.
    const answers = records.filter((record, i) => {
      if (record.startsWith('raw output:')) return true;
      const said = record.trim() !== '' && !/^(?:Creating API|API response|Can't run)/.test(record);
      const before = records
        .slice(Math.max(0, i - 3), i)
        .findLast((other) => !/^(?:Creating API|API response)/.test(other));
      const asked = records.slice(Math.max(0, i - 4), i).some((other) => other.startsWith('prompting with'));
      if (before?.startsWith('==== raw output')) return said;
      return (
        said &&
        asked &&
        /^=+\s*$/.test(before ?? '') &&
        !record.startsWith('=') &&
        !record.startsWith('prompting')
      );
    });
    const [run] = await extractRuns(format, await openDiskReader(dirname(join(root, path))), basename(path));
    expect(run?.steps).toHaveLength(answers.length);
    const kept = allTexts(run ? [run] : []).replace(/\s+/g, '');
    for (const answer of answers) {
      const said = answer.replace(/^raw output:/, '').replace(/\s+/g, '');
      // Thought and action stand apart in the run.
      for (const part of [said.slice(0, 40), said.slice(-40)]) expect(kept.includes(part)).toBe(true);
    }
  });

  it('rows and logs of a stage agree', async () => {
    const folder = join(root, 'results_loc_anthropic/location');
    const rows = await extractRuns(format, await openDiskReader(folder), 'loc_outputs.jsonl');
    expect(rows).toHaveLength(6);
    for (const row of rows) {
      const log = `${row.task?.id}.log`;
      const [run] = await extractRuns(format, await openDiskReader(join(folder, 'localization_logs')), log);
      expect(run?.steps.map(({ action }) => action)).toEqual(row.steps.map(({ action }) => action));
      expect(run?.usage).toEqual(row.usage);
    }
  });
});
