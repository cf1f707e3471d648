import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertRun } from '../../src/app/convert-run.ts';
import { EXCHANGE_TARGETS } from '../../src/exchange/exported.ts';
import { convertDocumentSchema } from '../../src/query/conversion-schemas.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const ONE = join(FIXTURES, 'otlp-genai/attributes/trace.json');
const TWO = join(FIXTURES, 'otlp-genai/batches/spans.jsonl');

/** Made up, of the form of a real one. */
const KEY = `sk-${'a1b2c3d4'.repeat(4)}`;

describe('codetracer convert', () => {
  it('writes one run to standard output, and what is lost to standard error', async () => {
    const { code, stdout, stderr } = await captureCli('convert', ONE, '--to', 'atif');
    expect(code).toBe(0);
    const document: { schema_version: string; steps: unknown[] } = JSON.parse(stdout);
    expect(document.schema_version).toBe('ATIF-v1.7');
    expect(document.steps).toHaveLength(6);
    expect(stderr).toContain('lost places (18)');
  });

  it('gives back what it wrote, through any target', async () => {
    const folder = await makeTemporaryFolder();
    for (const target of ['atif', 'otlp', 'openinference', 'trace', 'steps']) {
      const file = join(folder, `${target}.json`);
      expect((await captureCli('convert', ONE, '--to', target, '--out', file)).code).toBe(0);
      const again = join(folder, `again-${target}.json`);
      expect((await captureCli('convert', file, '--to', target, '--out', again)).code).toBe(0);
      expect(readFileSync(again, 'utf8')).toBe(readFileSync(file, 'utf8'));
    }
  });

  it('writes several runs into a folder and reports them as one document', async () => {
    const folder = join(await makeTemporaryFolder(), 'out');
    const argv = ['convert', TWO, '--to', 'steps', '--out', folder, '--json'];
    const { code, stdout, stderr } = await captureCli(...argv);
    expect(code).toBe(0);
    const report = convertDocumentSchema.parse(JSON.parse(stdout));
    expect(report.converted.map(({ steps }) => steps)).toEqual([2, 2]);
    expect(report.converted[0]?.losses.map(({ field }) => field)).toContain('messages');
    expect(report.converted.every(({ file }) => existsSync(file))).toBe(true);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(stderr).toContain(`2 runs written as steps to ${folder}\n`);
    const messages = report.converted.flatMap(({ losses }) =>
      losses.filter(({ field }) => field === 'messages'),
    );
    const sum = messages.reduce((total, { count }) => total + count, 0);
    expect(stderr).toContain(`lost messages (${sum} in ${messages.length} runs): only steps are listed`);
  });

  it('knows every target in the schema of its report', () => {
    expect(convertDocumentSchema.shape.target.options).toEqual([...EXCHANGE_TARGETS]);
  });

  it('asks for a folder when there are several runs', async () => {
    expect((await captureCli('convert', TWO, '--to', 'atif')).code).toBe(2);
    const file = join(await makeTemporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    expect((await captureCli('convert', TWO, '--to', 'atif', '--out', file)).code).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it.each([
    ['an unknown target', ['convert', ONE, '--to', 'csv'], 2],
    ['no target', ['convert', ONE], 2],
    ['--json without a place for the document', ['convert', ONE, '--to', 'atif', '--json'], 2],
    ['a path that is not there', ['convert', './nowhere.json', '--to', 'atif'], 3],
    ['a file that is no run', ['convert', join(FIXTURES, '../gauntlet.test.ts'), '--to', 'atif'], 4],
  ])('refuses %s', async (_what, argv, code) => {
    expect((await captureCli(...argv)).code).toBe(code);
  });

  it('never writes over its input or into a run that is a folder', async () => {
    const folder = await makeTemporaryFolder();
    const copy = join(folder, 'trace.json');
    cpSync(ONE, copy);
    expect((await captureCli('convert', copy, '--to', 'trace', '--out', copy)).code).toBe(2);
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(ONE, 'utf8'));
    const [trial = ''] = readdirSync(join(FIXTURES, 'harbor'));
    const run = join(folder, 'trial');
    cpSync(join(FIXTURES, 'harbor', trial), run, { recursive: true });
    const { code } = await captureCli('convert', run, '--to', 'atif', '--out', join(run, 'new', 'out.json'));
    expect(code).toBe(2);
    expect(existsSync(join(run, 'new'))).toBe(false);
  });

  it('redacts secrets unless told, and says so', async () => {
    const folder = await makeTemporaryFolder();
    mkdirSync(join(folder, 'in'));
    const input = join(folder, 'in/steps.json');
    const step = {
      step_id: 1,
      action: `curl -H "x: ${KEY}"`,
      observation: KEY,
      tool_type: 'bash',
      arguments: { deep: [KEY] },
    };
    writeFileSync(input, JSON.stringify([step]));
    const redacted = await captureCli('convert', input, '--to', 'atif');
    expect(redacted.stdout).not.toContain(KEY);
    expect(redacted.stdout).toContain('[redacted API key]');
    expect(redacted.stderr).toContain('redacted 3 × API key');
    const whole = await captureCli('convert', input, '--to', 'atif', '--no-redact');
    expect(whole.stdout.split(KEY)).toHaveLength(4);
  });
});

describe('convertRun', () => {
  it('answers the document, its losses and the run in it', async () => {
    const { parts, losses, run, redacted } = await convertRun(ONE, 'trace');
    const document: { steps: unknown[] } = JSON.parse([...parts].join(''));
    expect(document.steps).toHaveLength(run.steps.length);
    expect(losses).toEqual([]);
    expect(redacted).toEqual([]);
  });
});
