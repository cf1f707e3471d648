import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DiscoverDocument, discoverDocumentSchema } from '../../src/query/discovery-schemas.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');

/** Two runs of different frameworks' folders, other files, a cycle of links, and a link that leads out. */
async function layMess(): Promise<string> {
  const folder = await makeTemporaryFolder();
  const home = join(folder, 'mess');
  cpSync(join(EXAMPLES, 'failed-fix'), join(home, 'a/first'), { recursive: true });
  cpSync(join(EXAMPLES, 'good-fix'), join(home, 'b/deep/second'), { recursive: true });
  mkdirSync(join(home, 'other'));
  for (const name of ['one.py', 'two.py', 'LICENCE']) writeFileSync(join(home, 'other', name), 'x = 1\n');
  symlinkSync('..', join(home, 'other/up'));
  symlinkSync('../a', join(home, 'other/again'));
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  symlinkSync('../../outside.txt', join(home, 'other/out'));
  return home;
}

function parse(stdout: string): DiscoverDocument {
  return discoverDocumentSchema.parse(JSON.parse(stdout));
}

describe('discover', () => {
  it('lists what would be read by what it is known, each artifact once, and what is left and why', async () => {
    const home = await layMess();
    const { code, stdout } = await captureCli('discover', home, '--json', '--no-extractors');
    expect(code).toBe(0);
    const { artifacts, formats, left, failed } = parse(stdout);
    expect(artifacts.map(({ path, format }) => [path.slice(home.length + 1).split('/')[0], format])).toEqual([
      ['a', 'mini-swe-agent'],
      ['b', 'mini-swe-agent'],
    ]);
    for (const { score, reason } of artifacts) {
      expect(score).toBeGreaterThanOrEqual(0.5);
      expect(reason).not.toBe('');
    }
    expect(formats.map(({ format, artifacts }) => [format, artifacts])).toEqual([['mini-swe-agent', 2]]);
    expect(left.find(({ kind }) => kind === '.py')).toMatchObject({ files: 2, reason: 'no format knows it' });
    expect(failed).toEqual([
      {
        code: 'unreadable',
        reason: expect.stringContaining('link that leaves'),
        entries: 1,
        examples: [join(home, 'other/out')],
      },
    ]);
  });

  it('prints groups for people', async () => {
    const home = await layMess();
    const { stdout } = await captureCli('discover', home, '--no-extractors');
    expect(stdout).toContain('2 artifacts in 1 format');
    expect(stdout).toMatch(/mini-swe-agent\s+2\s+score/);
    expect(stdout).toMatch(/2 {2}\.py, no format knows it/);
  });

  it('tells by its exit code that nothing was found', async () => {
    const folder = await makeTemporaryFolder();
    writeFileSync(join(folder, 'notes.md'), '# Notes\n');
    const { code, stdout } = await captureCli('discover', folder, '--json', '--no-extractors');
    expect([code, parse(stdout).artifacts]).toEqual([4, []]);
    expect((await captureCli('discover', join(folder, 'none'), '--json')).code).toBe(3);
  });
});
