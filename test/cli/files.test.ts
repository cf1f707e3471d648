import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesDocumentSchema } from '../../src/query/files/files-schemas.ts';
import { captureCli } from '../support/run-cli.ts';

const FAILED = join(import.meta.dirname, '../../examples/failed-fix');

describe('files', () => {
  it('lists every file that the run touched', async () => {
    const { code, stdout } = await captureCli('files', FAILED);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^\/testbed\/timesheet\/report\.py {2}2 versions, edit by step 7, 560 characters/m,
    );
  });

  it('prints the versions of one, its content at a step, a difference, and what was seen of it', async () => {
    const versions = await captureCli('files', FAILED, 'report.py');
    expect(versions.stdout).toContain('2  edit by step 7, 560 characters');
    const before = await captureCli('files', FAILED, 'report.py', '--at', '6');
    const after = await captureCli('files', FAILED, 'report.py', '--at', '7');
    expect(before.stdout).toContain('sign = ');
    expect(after.stdout).not.toContain('sign = ');
    const state = await captureCli('state', FAILED, '7', '--file', '/testbed/timesheet/report.py');
    expect(after.stdout).toBe(state.stdout);
    const diff = await captureCli('files', FAILED, 'report.py', '--diff', '@6..@7');
    expect(diff.stdout).toMatch(/^--- \/testbed\/timesheet\/report\.py\tversion 1\n\+\+\+ /);
    const seen = await captureCli('files', FAILED, 'report.py', '--seen');
    expect(seen.stdout).toContain('version 1: saw all at step 2');
  });

  it.each([[[]], [['report.py']], [['report.py', '--at', '5', '--diff', '..', '--seen']]])(
    'prints one document that fits its schema: %j',
    async (more) => {
      const { code, stdout } = await captureCli('files', FAILED, ...more, '--json');
      expect(code).toBe(0);
      expect(filesDocumentSchema.parse(JSON.parse(stdout)).run).toMatch(/\S/);
    },
  );

  it.each<[string[], string]>([
    [['nowhere.py'], 'not known to have touched it'],
    [['report.py', '--diff', '1'], 'is no range of versions'],
    [['report.py', '--at', '99'], 'there is no step'],
    [['--seen'], 'need a path'],
  ])('ends with 2 and says why: %j', async (more, message) => {
    const { code, stderr, stdout } = await captureCli('files', FAILED, ...more);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
