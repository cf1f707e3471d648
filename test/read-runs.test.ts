import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ReadItem, readRuns } from '../src/app/read-runs.ts';
import { makeTemporaryFolder } from './support/temporary-folder.ts';
import { zipFiles } from './support/zip-files.ts';

const ROOT = join(import.meta.dirname, '..');
const EXAMPLES = join(ROOT, 'examples');
const TRAJECTORY = join(EXAMPLES, 'good-fix/trajs/timesheet__timesheet-17/timesheet__timesheet-17.traj.json');

async function readAll(path: string): Promise<ReadItem[]> {
  const items: ReadItem[] = [];
  for await (const item of readRuns([path])) items.push(item);
  return items;
}

function runsOf(items: readonly ReadItem[]) {
  return items.flatMap((item) => (item.kind === 'run' ? [item.run] : []));
}

describe('readRuns', () => {
  it('takes an .eval log for one artifact, named or found, and inside an archive', async () => {
    const log = join(ROOT, 'test/fixtures/inspect-ai/archive/log.eval');
    const names = ['#parser_epoch_1', '#parser_epoch_2'];
    const paths = async (path: string): Promise<string[]> =>
      runsOf(await readAll(path)).map((run) => run.path);
    expect(await paths(log)).toEqual(names.map((name) => log + name));
    const folder = await makeTemporaryFolder();
    writeFileSync(join(folder, 'logs.zip'), zipFiles({ 'log.eval': readFileSync(log) }));
    expect(await paths(folder)).toEqual(names.map((name) => `${folder}/logs.zip/log.eval${name}`));
    expect(await paths(join(folder, 'logs.zip'))).toEqual(
      names.map((name) => `${folder}/logs.zip/log.eval${name}`),
    );
  });

  it('reads archives that lie in a folder in place, and says which are broken', async () => {
    const folder = await makeTemporaryFolder();
    const archive = zipFiles({ 'a/one.traj.json': readFileSync(TRAJECTORY) });
    writeFileSync(join(folder, 'runs.zip'), archive);
    writeFileSync(join(folder, 'more.zip'), zipFiles({ 'runs.zip': archive, 'README.md': 'no run' }));
    writeFileSync(join(folder, 'cut.zip'), archive.subarray(0, 100));
    const items = await readAll(folder);
    expect(runsOf(items).map(({ path }) => path.slice(folder.length))).toEqual([
      '/more.zip/runs.zip/a/one.traj.json',
      '/runs.zip/a/one.traj.json',
    ]);
    expect(items.filter(({ kind }) => kind !== 'run')).toMatchObject([
      { kind: 'failed', path: join(folder, 'cut.zip'), code: 'unreadable' },
      { kind: 'skipped', path: join(folder, 'more.zip/README.md') },
    ]);
  });

  it('finds nested runs of several formats, skips what is none, and ends at a link back up', async () => {
    const folder = await makeTemporaryFolder();
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    copyFileSync(TRAJECTORY, join(folder, 'deep/er/one.traj.json'));
    cpSync(join(ROOT, 'test/fixtures/claude-code-stream-json/gave-up'), join(folder, 'other'), {
      recursive: true,
    });
    writeFileSync(join(folder, 'README.md'), '# Runs\n');
    symlinkSync(folder, join(folder, 'deep/up'));
    const items = await readAll(folder);
    expect(
      runsOf(items)
        .map(({ format }) => format)
        .toSorted(),
    ).toEqual(['claude-code-stream-json', 'mini-swe-agent']);
    expect(items.flatMap((item) => (item.kind === 'skipped' ? [item.path] : []))).toContain(
      join(folder, 'README.md'),
    );
    expect(runsOf(await readAll(folder)).map(({ id }) => id)).toEqual(runsOf(items).map(({ id }) => id));
  });

  it('tells the attempts of one artifact apart by a fragment', async () => {
    const runs = runsOf(await readAll(join(ROOT, 'test/fixtures/openhands-completions/two-attempts')));
    expect(runs.map(({ path }) => path.includes('#'))).toEqual([true, true]);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
  });

  it.each([
    ['runs.tar', ['-cf']],
    ['runs.tar.gz', ['-czf']],
  ])('reads the same runs out of %s', async (name, flags) => {
    const archive = join(await makeTemporaryFolder(), name);
    execFileSync('tar', [...flags, archive, '-C', EXAMPLES, 'failed-fix', 'good-fix']);
    const shape = (items: readonly ReadItem[]) =>
      runsOf(items).map(({ id, outcome, steps }) => [id, outcome.kind, steps.length]);
    const packed = shape(await readAll(archive));
    expect(packed).toHaveLength(2);
    expect(packed).toEqual(shape(await readAll(EXAMPLES)));
  });
});
