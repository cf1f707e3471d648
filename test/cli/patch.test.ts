import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { patchDocumentSchema } from '../../src/query/patch/patch-schemas.ts';
import { captureCli } from '../support/run-cli.ts';

const FAILED = join(import.meta.dirname, '../../examples/failed-fix');

describe('patch', { timeout: 60_000 }, () => {
  it('prints what the steps changed as a diff', async () => {
    const { code, stdout } = await captureCli('patch', FAILED);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^(?:# |diff --git a\/)/);
    expect(stdout).toMatch(/\n\+\+\+ b\/\S+\n@@ /);
  });

  it('prints a document that its schema describes', async () => {
    const { code, stdout } = await captureCli('patch', FAILED, '--json');
    expect(code).toBe(0);
    const parsed = patchDocumentSchema.strict().safeParse(JSON.parse(stdout));
    expect(parsed.error?.message).toBeUndefined();
    expect(parsed.data?.files.length).toBeGreaterThan(0);
    const first = await captureCli('patch', FAILED, '--json', '--at', '1');
    expect(JSON.parse(first.stdout)).toMatchObject({ step: 1, files: [] });
  });

  it('compares with the patch that was handed in', async () => {
    const { code, stdout } = await captureCli('patch', FAILED, '--check', '--json');
    expect(code).toBe(0);
    const { check } = patchDocumentSchema.parse(JSON.parse(stdout));
    expect(check).toMatchObject({ verdict: 'equal', allInRecord: false });
    expect(check?.files.map(({ path, reason }) => [path, reason])).toEqual([
      ['timesheet/report.py', undefined],
      ['/testbed/patch.txt', 'not-selected'],
      ['/testbed/tests/test_report.py', 'not-selected'],
    ]);
  });

  it('names files that changed in a way that nobody knows', async () => {
    const { stdout } = await captureCli('patch', FAILED);
    expect(stdout).toContain('# patch.txt: edited by step 12, its content is not known\n');
  });

  it('refuses a step that is not there', async () => {
    const { code, stderr } = await captureCli('patch', FAILED, '--at', '999');
    expect(code).toBe(2);
    expect(stderr).toContain('there is no step "999"');
  });
});
