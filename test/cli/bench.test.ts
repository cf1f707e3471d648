import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchReportDocumentSchema, benchReportFileSchema } from '../../src/app/bench/bench-documents.ts';
import { benchManifestSchema } from '../../src/app/bench/bench-manifest.ts';
import { compareReportSchema } from '../../src/bench/compare-report.ts';
import { scoreReportSchema } from '../../src/bench/score-report.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const LABELS = join(EXAMPLES, 'labelled');
const SYSTEMS = 'codetracer,codetracer-no-outcome,last-step,largest-write';

/** A folder with the predictions of a few systems on the example runs. */
async function runExamples(...options: string[]): Promise<string> {
  const folder = await makeTemporaryFolder();
  const argv = ['--corpus', EXAMPLES, '--systems', SYSTEMS, '--out', folder, ...options];
  expect((await captureCli('bench', 'run', LABELS, ...argv)).code).toBe(0);
  return folder;
}

function writeLines(path: string, rows: readonly unknown[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

describe('bench run', () => {
  it('writes predictions and a manifest that is its document', async () => {
    const folder = await makeTemporaryFolder();
    const argv = ['--corpus', EXAMPLES, '--systems', SYSTEMS, '--out', folder, '--json'];
    const { code, stdout } = await captureCli('bench', 'run', LABELS, ...argv);
    expect(code).toBe(0);
    const document = benchManifestSchema.parse(JSON.parse(stdout));
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual(document);
    expect(document.cases.map(({ name, stepCount }) => [name, stepCount])).toEqual([
      ['failed-fix', 13],
      ['good-fix', 10],
    ]);
    expect(document.code.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(document.data.files.map(({ path }) => path)).toEqual(['labels.jsonl']);
    expect(readdirSync(join(folder, 'predictions')).sort()).toEqual(
      SYSTEMS.split(',')
        .map((name) => `${name}.jsonl`)
        .sort(),
    );
  });

  it('does nothing twice', async () => {
    const folder = await runExamples();
    const argv = ['--corpus', EXAMPLES, '--systems', SYSTEMS, '--out', folder, '--json'];
    const { stdout } = await captureCli('bench', 'run', LABELS, ...argv);
    expect(benchManifestSchema.parse(JSON.parse(stdout)).counts).toMatchObject({ computed: 0, reused: 8 });
  });

  it('gives the outcome to nobody when it is told so', async () => {
    const folder = await makeTemporaryFolder();
    const argv = ['--corpus', EXAMPLES, '--out', folder, '--no-outcome', '--json'];
    const { stdout } = await captureCli('bench', 'run', LABELS, ...argv);
    const { systems } = benchManifestSchema.parse(JSON.parse(stdout));
    expect(systems.map(({ name }) => name)).not.toContain('codetracer');
    expect(new Set(systems.map(({ outcome }) => outcome))).toEqual(new Set(['withheld']));
  });

  it.each([
    ['an unknown system', ['--systems', 'oracle'], /systems: codetracer, /],
    ['a sample without a size', ['--sample', '3'], /--limit/],
    ['a limit that is none', ['--limit', 'few'], /--limit few/],
    ['no system left', ['--systems', 'codetracer', '--no-outcome'], /codetracer-no-outcome/],
  ])('refuses %s', async (_, options, said) => {
    const folder = await makeTemporaryFolder();
    const result = await captureCli(
      'bench',
      'run',
      LABELS,
      '--corpus',
      EXAMPLES,
      '--out',
      folder,
      ...options,
    );
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(said);
  });

  it('has the exit codes of every command for data that are not there, none, or only partly there', async () => {
    const folder = await makeTemporaryFolder();
    const run = (path: string) =>
      captureCli('bench', 'run', path, '--corpus', EXAMPLES, '--out', join(folder, 'out'));
    expect((await run(join(folder, 'absent'))).code).toBe(3);
    writeFileSync(join(folder, 'notes.txt'), 'nothing');
    const none = await run(folder);
    expect(none.code).toBe(4);
    expect(none.stderr).toContain('manifest');
    const [first, second] = readFileSync(join(LABELS, 'labels.jsonl'), 'utf8').trim().split('\n');
    writeFileSync(
      join(folder, 'labels.jsonl'),
      `${first}\n${second?.replace('"steps":10', '"steps":11').replace('"end":10', '"end":11')}\n`,
    );
    const partly = await run(join(folder, 'labels.jsonl'));
    expect(partly.code).toBe(5);
    expect(partly.stderr).toMatch(/refused: good-fix: .*1[01]/);
  });

  it('refuses a folder with predictions for other labels', async () => {
    const folder = await runExamples();
    const other = join(await makeTemporaryFolder(), 'labels.jsonl');
    writeFileSync(
      other,
      readFileSync(join(LABELS, 'labels.jsonl'), 'utf8').replace('"onset":7', '"onset":8'),
    );
    const { code, stderr } = await captureCli('bench', 'run', other, '--corpus', EXAMPLES, '--out', folder);
    expect(code).toBe(2);
    expect(stderr).toContain('--out');
  });
});

describe('bench score', () => {
  it('prints tables, and writes scores.json after its schema', async () => {
    const folder = await runExamples();
    const { code, stdout } = await captureCli('bench', 'score', folder, '--resamples', '50');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 cases of 1 task/);
    expect(stdout).toMatch(/largest-write +0\.000 /);
    const scores = scoreReportSchema.parse(JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')));
    expect(scores.systems.find(({ name }) => name === 'last-step')).toMatchObject({
      answered: 2,
      missing: 0,
    });
    const json = await captureCli('bench', 'score', folder, '--resamples', '50', '--json');
    expect(JSON.parse(json.stdout)).toEqual(scores);
  });

  it('counts predictions that are missing', async () => {
    const folder = await runExamples();
    const path = join(folder, 'predictions', 'last-step.jsonl');
    writeFileSync(path, `${readFileSync(path, 'utf8').split('\n')[0]}\n`);
    const { stdout } = await captureCli('bench', 'score', folder, '--resamples', '50', '--json');
    const { systems } = scoreReportSchema.parse(JSON.parse(stdout));
    expect(systems.find(({ name }) => name === 'last-step')).toMatchObject({ answered: 1, missing: 1 });
  });

  it('measures another tool beside: lines of JSON, or the answer files of the benchmark', async () => {
    const folder = await runExamples();
    const home = await makeTemporaryFolder();
    const lines = join(home, 'other.jsonl');
    writeLines(lines, [
      { id: 'failed-fix', onset: 9, incorrect: [7], verdict: { kind: 'decisive-failure', failure: 0.8 } },
      { id: 'good-fix' },
      { id: 'elsewhere', onset: 1 },
    ]);
    const answers = join(home, 'answers');
    mkdirSync(join(answers, 'failed-fix'), { recursive: true });
    writeFileSync(
      join(answers, 'failed-fix', 'codetracer_labels.json'),
      JSON.stringify([{ stage_id: 2, incorrect_step_ids: [10, 7], unuseful_step_ids: [9], reasoning: '' }]),
    );
    const argv = [
      '--predictions',
      `lines=${lines}`,
      '--predictions',
      `files=${answers}`,
      '--resamples',
      '50',
    ];
    const { code, stdout } = await captureCli('bench', 'score', folder, ...argv, '--json');
    expect(code).toBe(0);
    const { slices, systems } = scoreReportSchema.parse(JSON.parse(stdout));
    const figure = (system: string, id: string): number | undefined =>
      slices[0]?.rows.find((row) => row.system === system)?.figures[id]?.value;
    expect(figure('lines', 'onset-exact')).toBe(0);
    expect(figure('lines', 'onset-within-2')).toBe(1);
    expect(figure('files', 'onset-exact')).toBe(1);
    // Two of three labelled steps, none wrong: F1 is 2 * 1 * (2 / 3) / (1 + 2 / 3).
    expect(figure('files', 'incorrect-f1')).toBeCloseTo(0.8);
    expect(systems.find(({ name }) => name === 'files')).toMatchObject({ answered: 1, missing: 1 });
    expect(systems.find(({ name }) => name === 'lines')?.about).toContain('1 are about other runs');
  });

  it('scores another tool without a run of ours and without artifacts', async () => {
    const home = await makeTemporaryFolder();
    const lines = join(home, 'other.jsonl');
    writeLines(lines, [{ id: 'failed-fix', onset: [7, 3] }]);
    const labels = join(home, 'labelled', 'labels.jsonl');
    mkdirSync(dirname(labels));
    writeFileSync(labels, readFileSync(join(LABELS, 'labels.jsonl')));
    const argv = ['--data', labels, '--predictions', `mine=${lines}`, '--resamples', '50', '--json'];
    const { code, stdout, stderr } = await captureCli('bench', 'score', ...argv);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { cases, systems } = scoreReportSchema.parse(JSON.parse(stdout));
    expect(cases.total).toBe(2);
    expect(systems[0]).toMatchObject({ name: 'mine', kind: 'external', answered: 1, missing: 1 });
  });

  it('says what is wrong with predictions, and where', async () => {
    const folder = await runExamples();
    const home = await makeTemporaryFolder();
    const score = async (text: string, name = 'other') => {
      const path = join(home, 'other.jsonl');
      writeFileSync(path, text);
      return captureCli('bench', 'score', folder, '--predictions', `${name}=${path}`, '--resamples', '50');
    };
    const torn = await score('{"id": "failed-fix", "onset": 7}\n{"id": "good-f');
    expect([torn.code, torn.stderr]).toEqual([3, expect.stringContaining('other.jsonl:2: not JSON')]);
    const wrong = await score('{"id": "failed-fix", "onset": 0}\n');
    expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining('other.jsonl:1: onset')]);
    expect((await score('\n')).code).toBe(3);
    const strange = await score('{"id": "elsewhere"}\n');
    expect([strange.code, strange.stderr]).toEqual([2, expect.stringContaining('failed-fix')]);
    expect((await score('{"id": "failed-fix"}\n', 'codetracer')).code).toBe(2);
    expect((await captureCli('bench', 'score', folder, '--predictions', 'no-path')).code).toBe(2);
    expect((await captureCli('bench', 'score', folder, '--predictions', `x=${home}/absent`)).code).toBe(3);
    expect((await captureCli('bench', 'score', home)).code).toBe(3);
    expect((await captureCli('bench', 'score', folder, '--set', 'moon')).code).toBe(2);
    writeFileSync(join(folder, 'predictions', 'last-step.jsonl'), 'not a prediction\n');
    const damaged = await captureCli('bench', 'score', folder);
    expect([damaged.code, damaged.stderr]).toEqual([3, expect.stringContaining('last-step.jsonl:1')]);
    writeFileSync(join(folder, 'manifest.json'), '{}');
    expect((await captureCli('bench', 'score', folder)).code).toBe(3);
  });

  it('refuses labels that the run was not measured on', async () => {
    const folder = await runExamples();
    const other = join(await makeTemporaryFolder(), 'labels.jsonl');
    writeFileSync(
      other,
      readFileSync(join(LABELS, 'labels.jsonl'), 'utf8').replace('"onset":7', '"onset":8'),
    );
    const { code, stderr } = await captureCli('bench', 'score', folder, '--data', other);
    expect(code).toBe(2);
    expect(stderr).toContain('other labelled runs');
  });
});

describe('bench compare', () => {
  it('compares two systems of a run, and of two folders', async () => {
    const folder = await runExamples();
    const argv = ['--run', folder, '--resamples', '50'];
    const text = await captureCli('bench', 'compare', 'codetracer', 'last-step', ...argv);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/onset exact +1 +1\.000 +0\.000 +\+1\.000/);
    const json = await captureCli('bench', 'compare', 'codetracer', 'last-step', ...argv, '--json');
    const document = compareReportSchema.parse(JSON.parse(json.stdout));
    expect(document.changed.length).toBeGreaterThan(0);
    const other = await runExamples();
    const both = ['codetracer', 'codetracer'].map((name, index) => `${[folder, other][index]}:${name}`);
    const same = await captureCli('bench', 'compare', ...both, '--resamples', '50', '--json');
    const { a, b, changed } = compareReportSchema.parse(JSON.parse(same.stdout));
    expect([a.name, b.name]).toEqual(both);
    expect(changed).toEqual([]);
  });

  it('names the systems there are', async () => {
    const folder = await runExamples();
    const { code, stderr } = await captureCli('bench', 'compare', 'codetracer', 'oracle', '--run', folder);
    expect(code).toBe(2);
    expect(stderr).toContain('largest-write');
  });
});

describe('bench report', () => {
  it('writes a page, its data, and a figure for each table', async () => {
    const folder = await runExamples();
    const { code, stdout } = await captureCli('bench', 'report', folder, '--resamples', '50', '--json');
    expect(code).toBe(0);
    const { files } = benchReportDocumentSchema.parse(JSON.parse(stdout));
    expect(files).toEqual(expect.arrayContaining(['report.md', 'report.json']));
    const page = readFileSync(join(folder, 'report.md'), 'utf8');
    for (const file of files.filter((name) => name.endsWith('.svg'))) {
      expect(page).toContain(`(${file})`);
      expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^<svg /);
    }
    const data = benchReportFileSchema.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
    expect(data.comparisons.map(({ b }) => b.name)).toContain('largest-write');
    expect(page).toContain(`digest ${data.facts[0]?.[1].slice(-12)}`);
  });
});
