import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AnalyzeDocument, analyzeDocumentSchema } from '../../src/query/schemas.ts';
import { FILE_SCHEMAS } from '../../src/report/files/file-schemas.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const FAILED = join(ROOT, 'examples/failed-fix');
const GOOD = join(ROOT, 'examples/good-fix');
const TRAJECTORY = 'trajs/timesheet__timesheet-17/timesheet__timesheet-17.traj.json';

function parse(stdout: string): AnalyzeDocument {
  return analyzeDocumentSchema.parse(JSON.parse(stdout));
}

function spawnCli(args: string[], options: { cwd: string; input?: string; state?: string }) {
  return spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), join(ROOT, 'src/cli/main.ts'), ...args],
    {
      cwd: options.cwd,
      encoding: 'utf8',
      ...(options.input !== undefined && { input: options.input }),
      env: { ...process.env, XDG_STATE_HOME: options.state ?? options.cwd },
    },
  );
}

describe('analyze', () => {
  it('prints one valid document with --json and finds the failing example', async () => {
    const { code, stdout } = await captureCli('analyze', FAILED, '--json', '--no-files');
    expect(code).toBe(0);
    const { runs, failed } = parse(stdout);
    expect(failed).toEqual([]);
    expect(runs.map(({ format, outcome, verdict }) => [format, outcome, verdict.kind])).toEqual([
      ['mini-swe-agent', 'failed', 'decisive-failure'],
    ]);
    expect(runs[0]?.files).toEqual({});
    expect(runs[0]?.onset).not.toBeNull();
  });

  it('prints the verdict for people, whole runs of folders, and the totals on stderr', async () => {
    const { code, stdout, stderr } = await captureCli('analyze', join(ROOT, 'examples'), '--no-files');
    expect(code).toBe(0);
    expect(stdout).toContain('decisive');
    expect(stderr).toMatch(/2 runs, 0 failed, \d+ other files/);
  });

  it('withholds the outcome with --no-outcome', async () => {
    const { stdout } = await captureCli('analyze', FAILED, '--json', '--no-files', '--no-outcome');
    const [run] = parse(stdout).runs;
    expect([run?.outcome, run?.outcomeWithheld, run?.failingChecks]).toEqual(['unknown', true, []]);
  });

  it('writes files that fit their schemas below --out, and only there', async () => {
    const out = await makeTemporaryFolder();
    const { stdout } = await captureCli('analyze', FAILED, '--json', '--out', out);
    const [run] = parse(stdout).runs;
    const home = join(out, run?.id ?? '');
    expect(readdirSync(out).toSorted()).toEqual(['last', run?.id ?? ''].toSorted());
    expect(Object.values(run?.files ?? {}).toSorted()).toEqual(
      readdirSync(home)
        .map((name) => join(home, name))
        .toSorted(),
    );
    for (const [name, schema] of Object.entries(FILE_SCHEMAS)) {
      const parsed = schema.safeParse(JSON.parse(readFileSync(join(home, name), 'utf8')));
      expect([name, parsed.error?.issues ?? []]).toEqual([name, []]);
    }
    expect(readFileSync(join(home, 'report.html'), 'utf8')).not.toContain('<script');
  });

  it('writes nothing with --no-files', async () => {
    const out = await makeTemporaryFolder();
    await captureCli('analyze', FAILED, '--no-files', '--out', out);
    expect(readdirSync(out)).toEqual([]);
  });

  it('gives a copy in the same batch an id of its own', async () => {
    const folder = await makeTemporaryFolder();
    for (const name of ['a', 'b']) cpSync(join(GOOD, TRAJECTORY), join(folder, name, 'x.traj.json'), {});
    const { stdout } = await captureCli('analyze', folder, '--json', '--no-files');
    const ids = parse(stdout).runs.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ids[1]?.startsWith(`${ids[0]}-`)).toBe(true);
  });

  it('reads standard input', () => {
    const input = readFileSync(join(FAILED, TRAJECTORY), 'utf8');
    const { status, stdout } = spawnCli(['analyze', '-', '--json', '--no-files'], { cwd: ROOT, input });
    expect(status).toBe(0);
    expect(parse(stdout).runs.map(({ path, format }) => [path, format])).toEqual([['-', 'mini-swe-agent']]);
  });

  it('never writes into a run: inside one it takes the state directory and says so', async () => {
    const [run, state] = [await makeTemporaryFolder(), await makeTemporaryFolder()];
    cpSync(join(ROOT, 'test/fixtures/harbor/conflicting'), run, { recursive: true });
    const before = readdirSync(run);
    const { status, stderr } = spawnCli(['analyze', '.'], { cwd: run, state });
    expect(status).toBe(0);
    expect(stderr).toContain(`files go to ${join(state, 'codetracer')}`);
    expect(readdirSync(run)).toEqual(before);
    expect(readdirSync(join(state, 'codetracer'))).toHaveLength(2);
  });
});

describe('exit codes', () => {
  it.each<[number, string, string[]]>([
    [0, 'a verdict', ['analyze', FAILED, '--no-files']],
    [1, 'findings', ['analyze', FAILED, '--no-files', '--fail-on', 'decisive-failure']],
    [0, 'nothing so bad', ['analyze', GOOD, '--no-files', '--fail-on', 'decisive-failure']],
    [2, 'no such verdict', ['analyze', FAILED, '--no-files', '--fail-on', 'bad']],
    [2, 'no such option', ['analyze', FAILED, '--nonsense']],
    [2, 'no such format', ['analyze', FAILED, '--no-files', '--format', 'nonsense']],
    [3, 'an unreadable path', ['analyze', '/no/such/path', '--no-files']],
    [4, 'no format', ['analyze', join(ROOT, 'LICENSE'), '--no-files']],
    [5, 'one of two', ['analyze', FAILED, '/no/such/path', '--no-files', '--fail-on', 'decisive-failure']],
  ])('%i for %s', async (expected, _name, argv) => {
    expect((await captureCli(...argv)).code).toBe(expected);
  });

  it('6 for a run that stays undecided when a verdict is required', async () => {
    const folder = await makeTemporaryFolder();
    const file = join(folder, 'empty.traj.json');
    const document: { messages: unknown[]; info: object } = JSON.parse(
      readFileSync(join(FAILED, TRAJECTORY), 'utf8'),
    );
    writeFileSync(file, JSON.stringify({ ...document, messages: document.messages.slice(0, 2), info: {} }));
    const { code, stdout } = await captureCli('analyze', file, '--json', '--no-files', '--require-verdict');
    expect(parse(stdout).runs.map(({ steps, verdict }) => [steps, verdict.kind])).toEqual([[0, 'undecided']]);
    expect(code).toBe(6);
  });

  it('names path and reason, and what was tried', async () => {
    const missing = await captureCli('analyze', '/no/such/path', '--json', '--no-files');
    expect(parse(missing.stdout).failed).toMatchObject([{ path: '/no/such/path', code: 'unreadable' }]);
    const unknown = await captureCli('analyze', join(ROOT, 'LICENSE'), '--json', '--no-files');
    const [failure] = parse(unknown.stdout).failed;
    expect(failure?.code).toBe('unknown-format');
    expect(failure?.tried?.every(({ reason }) => reason !== '')).toBe(true);
    expect(failure?.tried?.length).toBeGreaterThan(5);
  });
});
